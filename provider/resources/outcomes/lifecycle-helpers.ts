import { type CheckFailure, PartialFailure, UNKNOWN } from '../../lifecycle';
import { differs } from '../inputs/compare';
import { isTakeoverExpected, mayReplace } from '../run/ownership';
import { forgetSnapshots } from '../run/snapshot';
import { messageOf } from './refusals';

/**
 * Failures for immutable inputs that changed: a change never replaces an object silently, because replacing a
 * customer organization would delete a company's phone system.
 */
export function immutableFailures<I extends object>(
  keys: readonly (keyof I & string)[],
  before: I | undefined,
  now: I & { allowReplacement?: boolean },
): CheckFailure[] {
  if (before === undefined || now.allowReplacement === true) return [];
  return keys
    .filter((key) => now[key] !== undefined && differs(before[key], now[key]))
    .map((property) => ({
      property,
      reason:
        `can't be changed from ${JSON.stringify(before[property]) ?? 'nothing'} to ${JSON.stringify(now[property])}: Webex has no ` +
        'operation for it. Put the old value back, or set allowReplacement: true to delete this object and create another one',
    }));
}

/**
 * Failure for a resource that Pulumi decided to replace without a difference that needs it: replacementTrigger,
 * replaceWith.
 */
export function replacementFailure(isReplacement: boolean, now: { allowReplacement?: boolean }): CheckFailure[] {
  if (!isReplacement || now.allowReplacement === true) return [];
  const reason =
    'must be true, because this run would delete the object and create it anew (replacementTrigger, replaceWith)';
  return [{ property: 'allowReplacement', reason }];
}

/** What preview says of a new resource whose object exists: Pulumi checks one that it is told to replace like a new one. */
export function existsAlready(what: string, now: { allowReplacement?: boolean }): string {
  const forced =
    now.allowReplacement === true
      ? ', or replace it where Pulumi plans that (--replace, taint)'
      : '. A replacement that Pulumi plans (--replace, taint) is refused without allowReplacement: true';
  return `${what} exists already; pulumi up will take it over${forced}`;
}

/**
 * Failure for a customerId that will only be known once the customer is created anew: this object then belongs to
 * another customer, which means another object.
 */
export function identityFailure(
  before: { customerId: string } | undefined,
  now: { customerId: string; allowReplacement?: boolean },
): CheckFailure[] {
  if (before === undefined || now.allowReplacement === true || !isCustomerReplaced(before, now)) return [];
  return [
    {
      property: 'customerId',
      reason:
        'will change, because the customer will be created anew. Set allowReplacement: true to delete this object and create ' +
        'another one there',
    },
  ];
}

/**
 * Whether a diff finds that the customer of an object is replaced, so that the object must be too.
 *
 * Before it replaces a customer (and for `destroy --target-dependents`) Pulumi asks this for everything that refers to
 * it, with the inputs of the last update: what says yes is deleted before the customer. What may not be replaced must
 * stop that here: after `pulumi up --skip-preview` its own check comes only when the customer is gone.
 * @throws Error where the object was not declared with `allowReplacement: true`
 */
export function followsCustomer(
  what: string,
  recorded: { customerId: string },
  inputs: { customerId: string; allowReplacement?: boolean },
): boolean {
  if (!isCustomerReplaced(recorded, inputs)) return false;
  if (inputs.allowReplacement === true || !mayReplace('customer')) return true;
  throw new Error(
    `${what} would have to be deleted and created anew with its customer, and was not declared with allowReplacement: true. ` +
      'Declare that, run pulumi up, and change the customer after that: Pulumi decides by what was recorded before',
  );
}

/** A customer's ID is unknown only while it is created anew, unless a renamed resource takes the old one over. */
function isCustomerReplaced(recorded: { customerId: string }, now: { customerId: string }): boolean {
  return now.customerId === UNKNOWN && !isTakeoverExpected('customer', recorded.customerId);
}

/**
 * Runs the steps of a create or update. What steps record through `note` is kept when a later one fails: the run
 * then fails partially, and the next update goes on from what was recorded.
 */
export async function inSteps<S extends object>(
  id: string,
  start: S,
  exists: boolean,
  steps: (note: (part: Partial<S>) => void, current: () => S) => Promise<void>,
): Promise<S> {
  let state = start;
  let recorded = exists;
  forgetSnapshots();
  try {
    await steps(
      (part) => {
        state = { ...state, ...part };
        recorded = true;
      },
      () => state,
    );
    return state;
  } catch (error) {
    if (error instanceof PartialFailure || !recorded) throw error;
    throw new PartialFailure(id, state, [messageOf(error)], error);
  } finally {
    forgetSnapshots();
  }
}

/** The keys of `value` that are among `keys` and defined. */
export function pick<T extends object, K extends keyof T & string>(value: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => value[key] !== undefined).map((key) => [key, value[key]])) as Pick<
    T,
    K
  >;
}
