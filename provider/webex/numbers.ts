import { z } from 'zod';
import { describeErrors, listOfErrors } from './http/answers';
import { type Api, path } from './http/api';
import { type ErrorDetail, WebexApiError } from './http/errors';
import { listByStart } from './http/paging';
import { flag, optionalId, text } from './shapes';

const phoneNumber = z.object({
  /** E.164; missing for an extension without a number. */
  phoneNumber: z.string().optional(),
  extension: text.optional(),
  mainNumber: flag.optional(),
  location: z.object({ id: optionalId, name: z.string().optional() }).optional(),
  owner: z.object({ id: z.string().optional() }).optional(),
});
/** A phone number or extension of an organization. */
export type PhoneNumber = z.infer<typeof phoneNumber>;

/** Body of POST /telephony/config/locations/{locationId}/numbers. */
export interface NumbersAdd {
  /** E.164. */
  phoneNumbers: string[];
  numberType?: 'TOLLFREE' | 'DID' | 'MOBILE';
  numberUsageType?: 'NONE' | 'SERVICE';
  /** Default ACTIVE. */
  state?: 'ACTIVE' | 'INACTIVE';
  subscriptionId?: string;
}

/**
 * Webex refused some numbers of a POST. Its answer has status 2xx or 400, and a list of errors that names each refused
 * number.
 *
 * @example
 * if (error instanceof NumbersRefusedError) record(error.others);
 */
export class NumbersRefusedError extends WebexApiError {
  /** The refused numbers, as they were sent, each with code and reason. */
  readonly refused: ErrorDetail[];
  /** The other numbers of the request. They were added where the status is 2xx; otherwise list them to find out. */
  readonly others: string[];

  constructor(cause: ConstructorParameters<typeof WebexApiError>[0], sent: readonly string[]) {
    super(cause);
    const sentAs = (number: string) => sent.find((each) => digits(each) === digits(number)) ?? number;
    const named = this.errors.flatMap((each) =>
      each.number === undefined ? [] : [{ ...each, number: sentAs(each.number) }],
    );
    this.refused = named;
    this.others = sent.filter((number) => !named.some((each) => each.number === number));
  }
}

function digits(number: string): string {
  return number.replace(/\D/g, '');
}

/** "The maximum limit is 5" (NumbersDelete.phoneNumbers). */
const MOST_REMOVED_AT_ONCE = 5;

const VALIDATE = '/telephony/config/actions/validateNumbers/invoke';
const MOST_VALIDATED_AT_ONCE = 1000;

const numberValidation = z.object({
  number: z.string(),
  /** Available, Unavailable, Duplicate, Invalid */
  state: z.string().optional(),
  detail: z.array(z.string()).optional(),
});
const validation = z.object({ numbers: z.array(numberValidation).default([]) });
/** The answer to a validation. */
export type NumbersValidation = z.infer<typeof validation>;
/** What Webex says of a number that is to be added. */
export type NumberValidation = z.infer<typeof numberValidation>;

/**
 * Operations on the phone numbers of locations. Adding and removing numbers is only for connections that are not
 * integrated (local gateway, non-integrated CCP): Cisco's documents forbid it for the others.
 */
export function numbersApi(api: Api) {
  const ofLocation = (locationId: string) => path`/telephony/config/locations/${locationId}/numbers`;
  return {
    list: (filter: { orgId: string; locationId?: string; phoneNumber?: string }): Promise<PhoneNumber[]> =>
      listByStart(api, {
        path: '/telephony/config/numbers',
        query: { ...filter },
        item: phoneNumber,
        key: 'phoneNumbers',
        max: 1000,
        // An extension is unique only within its location, and may belong to a number.
        identity: (item) => `${item.phoneNumber ?? ''}/${item.extension ?? ''}/${item.location?.id ?? ''}`,
      }),

    /** Asks whether numbers could be added, and changes nothing. Numbers that the organization has are unavailable. */
    async validate(orgId: string, phoneNumbers: string[]): Promise<NumberValidation[]> {
      const found: NumberValidation[] = [];
      for (let start = 0; start < phoneNumbers.length; start += MOST_VALIDATED_AT_ONCE) {
        const body = { phoneNumbers: phoneNumbers.slice(start, start + MOST_VALIDATED_AT_ONCE) };
        found.push(...(await api.post(VALIDATE, body, validation, { orgId }, { safe: true })).numbers);
      }
      return found;
    },

    /** Adds numbers to a location. @throws NumbersRefusedError where Webex refused some or all of them */
    async add(orgId: string, locationId: string, body: NumbersAdd): Promise<void> {
      const call = { method: 'POST', path: ofLocation(locationId), query: { orgId }, body } as const;
      try {
        const { status, headers, body: refused = [] } = await api.maybe(call, listOfErrors);
        if (refused.length === 0) return;
        const report = describeErrors(refused);
        throw new NumbersRefusedError(
          { ...call, ...report, status, trackingId: headers.trackingid },
          body.phoneNumbers,
        );
      } catch (error) {
        const isPartial = error instanceof WebexApiError && error.errors.some(({ number }) => number !== undefined);
        throw isPartial && !(error instanceof NumbersRefusedError)
          ? new NumbersRefusedError(error, body.phoneNumbers)
          : error;
      }
    },

    /** Removes numbers in groups of 5; after a failure, earlier groups stay removed. Main numbers can't be removed. */
    async remove(orgId: string, locationId: string, phoneNumbers: string[]): Promise<void> {
      for (let start = 0; start < phoneNumbers.length; start += MOST_REMOVED_AT_ONCE) {
        const body = { phoneNumbers: phoneNumbers.slice(start, start + MOST_REMOVED_AT_ONCE) };
        await api.run({ method: 'DELETE', path: ofLocation(locationId), query: { orgId }, body });
      }
    },
  };
}
