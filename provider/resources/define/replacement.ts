import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { differs } from '../inputs/compare';
import type { Claims, DeclaredKey } from '../run/claims';
import type { SharedInputs } from './definition';

/**
 * Refuses a change of immutable inputs: it would replace the object, and replacing a customer organization would delete
 * a company's phone system. Only `allowReplacement: true` permits it.
 */
export function immutableFailures<I extends SharedInputs>(
  keys: readonly (keyof I & string)[],
  before: I | undefined,
  now: I,
): CheckFailure[] {
  if (before === undefined || now.allowReplacement === true) return [];
  return keys
    .filter((key) => now[key] !== undefined && differs(before[key], now[key], key))
    .map((property) => ({
      property,
      reason:
        `can't be changed from ${JSON.stringify(before[property]) ?? 'nothing'} to ${JSON.stringify(now[property])}: Webex has no ` +
        'operation for it. Put the old value back, or set allowReplacement: true to delete this object and create another one',
    }));
}

/** What to do where an object is to get a natural key that another one has. */
export function freeFirst(property: string): string {
  return `Give that one another ${property}, or remove it, in a run of its own before this one; or choose another ${property}`;
}

/** Refuses a replacement that Pulumi decided on without a difference that needs it: replacementTrigger, replaceWith. */
export function replacementFailures(isReplacement: boolean, now: SharedInputs): CheckFailure[] {
  if (!isReplacement || now.allowReplacement === true) return [];
  const reason =
    'must be true, because this run would delete the object and create it anew (replacementTrigger, replaceWith)';
  return [{ property: 'allowReplacement', reason }];
}

/**
 * The warning about a new resource whose object exists. Pulumi checks a resource that it must replace (`--replace`, a
 * taint) like a new one.
 */
export function existsAlready(title: string, now: SharedInputs, changes: readonly string[] = []): string {
  const forced =
    now.allowReplacement === true
      ? ', or replace it where Pulumi plans that (--replace, taint)'
      : '. A replacement that Pulumi plans (--replace, taint) is refused without allowReplacement: true';
  const changed = changes.length > 0 ? ` and change what differs: ${changes.join('; ')}` : '';
  return `${title} exists already; pulumi up will take it over${changed}${forced}`;
}

/**
 * Refuses to delete an object that the program declares, unless this run or the last one declared that it may be
 * replaced: where Pulumi must replace a resource without a difference, it calls delete first, and no diff.
 * @throws Error that says how to replace it, or to keep it
 */
export function refuseForcedReplacement(
  claims: Claims,
  keys: readonly DeclaredKey[],
  kind: string,
  title: string,
  recorded: SharedInputs,
): void {
  if (recorded.allowReplacement === true) return;
  if (!keys.some((key) => key.kind === kind && claims.isKept(kind, key.key))) return;
  throw new Error(
    `${title} is not deleted, because this program declares it. To delete it and create it anew, set allowReplacement: true; ` +
      'else run pulumi up without --replace, and pulumi state untaint where the resource is tainted',
  );
}

/**
 * Refuses a `customerId` that is unknown because the customer will be created anew: the object would be replaced too.
 */
export function customerFailures(claims: Claims, before: SharedInputs | undefined, now: SharedInputs): CheckFailure[] {
  if (before === undefined || now.allowReplacement === true || !isCustomerReplaced(claims, before, now)) return [];
  const reason =
    'will change, because the customer will be created anew. Set allowReplacement: true to delete this object and create ' +
    'another one there';
  return [{ property: 'customerId', reason }];
}

/**
 * Whether diff must answer that the object is replaced, because its customer is.
 *
 * Before it replaces a customer (and for `destroy --target-dependents`) Pulumi calls diff for everything that refers to
 * it, with the inputs of the last update, and deletes what is replaced before the customer. An object that may not be
 * replaced must stop that here: after `pulumi up --skip-preview` its own check comes only when the customer is gone.
 * @throws Error where the object was not declared with `allowReplacement: true`
 */
export function followsCustomer(claims: Claims, title: string, recorded: SharedInputs, inputs: SharedInputs): boolean {
  if (!isCustomerReplaced(claims, recorded, inputs)) return false;
  if (inputs.allowReplacement === true || !claims.mayReplace('customer')) return true;
  throw new Error(
    `${title} would have to be deleted and created anew with its customer, and was not declared with allowReplacement: true. ` +
      'Declare that, run pulumi up, and change the customer after that: Pulumi decides by what was recorded before',
  );
}

/**
 * The ID of a recorded customer is unknown only while it is created anew, unless a renamed resource adopts the old
 * one.
 */
function isCustomerReplaced(claims: Claims, { customerId }: SharedInputs, now: SharedInputs): boolean {
  return now.customerId === UNKNOWN && !claims.isAdoptionExpected('customer', customerId ?? '');
}
