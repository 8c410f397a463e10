import type { TypeContract } from './type-check';

/** An intended difference between a type and the documents. */
interface TypeException {
  readonly type: string;
  /** The operation; default: all. */
  readonly operation?: string;
  /** The constant part of the compiler's message. */
  readonly says: RegExp;
  readonly reason: string;
}

/** All exceptions. Everything else must be as documented. */
export const TYPE_EXCEPTIONS: readonly TypeException[] = [
  {
    type: 'shapes.Precheck',
    says: /property 'info' are incompatible/,
    reason:
      'schema says object, its description "a list", and the example of the same operation is an array: both are read',
  },
  {
    type: 'people.Person',
    says: /^missingData is not documented/,
    reason: 'made here of the errors in an answer, which the document describes in words only',
  },
  {
    type: 'locations.Location',
    says: /^preferredLanguage is not documented/,
    reason: 'not in the document, but Webex answers with it',
  },
  {
    type: 'locations.LocationUpdate',
    says: /^(latitude|longitude|notes) is not documented/,
    reason: 'not in the document, but Webex was seen to change them',
  },
  {
    type: 'calling.CallingLocation',
    operation: 'GET /telephony/config/locations',
    says: /^(announcementLanguage|connection|externalCallerIdName|pAccessNetworkInfo|chargeNumber) is not documented/,
    reason: 'one type for get and list, and get alone has it',
  },
];

/** Finds the exception of a difference; undefined if there is none. */
export function exceptionOf({ type, operation }: TypeContract, text: string): TypeException | undefined {
  return TYPE_EXCEPTIONS.find(
    (entry) => entry.type === type && (entry.operation ?? operation) === operation && entry.says.test(text),
  );
}
