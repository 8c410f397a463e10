import { isDowngrade, USER_ADD_ON, USER_PACKAGES } from '../../packages';
import type { Subscriber } from '../../webex';
import { hasUnknown } from '../inputs/compare';
import { personLookup } from '../lookups/users';
import { DeclarationError } from '../outcomes/errors';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { isUser } from './declared';
import { packagesOfSubscriber } from './packages-held';
import { standingOf } from './roles';

/** A customer whose packages change. */
interface Customer {
  readonly id: string;
  readonly packages: readonly string[];
  readonly onBehalfOfSubPartnerOrgId?: string | undefined;
}

/**
 * Refuses to take a package from a customer while an administrator has it, declared in the program or not. Only warns
 * where the same program may raise the administrator to one of the packages that stay: the package is then removed only
 * after its last user. Called in preview and before the write. Costs a list of the users, and reads the people of the
 * users that lose something.
 *
 * @param listed the users of the customer, where the caller has listed them just now
 * @throws DeclarationError that names the administrators
 */
export async function guardCustomerPackages(
  run: Run,
  customer: Customer,
  listed?: readonly Subscriber[],
): Promise<void> {
  const { id, packages, onBehalfOfSubPartnerOrgId: onBehalfOf } = customer;
  // See adviseUnknownPackages.
  if (hasUnknown(packages)) return;
  const subscribers = listed ?? (await run.webex.subscribers.list({ customerId: id }, onBehalfOf));
  const losing = await losingAdministrators(run, id, subscribers, packages, onBehalfOf);
  const stay = USER_PACKAGES.filter((name) => customer.packages.includes(name));
  const addOn = customer.packages.includes(USER_ADD_ON) ? [USER_ADD_ON] : [];
  const certain = losing.filter(({ held }) => stay.every((name) => isDowngrade(held, [name, ...addOn])));
  if (certain.length > 0) throw new DeclarationError('packages', reasonOf(certain));
  if (losing.length > 0) run.warn(`packages ${reasonOf(losing)}`);
}

/**
 * Refuses to create a customer anew for its organization while an administrator that the program has not declared is a
 * user of it: Pulumi deletes the users first, and a program that goes on only after that could declare anything.
 * Called in preview and before the first deletion. Costs a list of the users, and reads the people of those that are
 * not declared.
 *
 * @param changesPackages whether packages change, too: {@link guardCustomerPackages}
 * @throws DeclarationError that names the administrators
 */
export async function guardReattachment(run: Run, customer: Customer, changesPackages: boolean): Promise<void> {
  const { id, onBehalfOfSubPartnerOrgId: onBehalfOf } = customer;
  const subscribers = await run.webex.subscribers.list({ customerId: id }, onBehalfOf);
  if (changesPackages) await guardCustomerPackages(run, customer, subscribers);
  const others = subscribers.filter(({ email }) => !Program.of(run).findEarly('user', isUser(email)));
  // Each of them loses all of its packages.
  const losing = await losingAdministrators(run, id, others, [], onBehalfOf);
  if (losing.length === 0) return;
  throw new DeclarationError(
    'allowReplacement',
    `the customer can't be created anew for its organization, because that unlinks administrators that the program has not declared ` +
      `so far: ${administrators(losing)}. Declare them together with the customer, not after an await; or remove them in an earlier run`,
  );
}

/**
 * Warns in a preview that packages which aren't known yet may lack a package of an administrator. `pulumi up` refuses
 * that before it writes.
 * @param known the packages that are known; `externalId` is that of the customer, as it was recorded
 */
export async function adviseUnknownPackages(
  run: Run,
  { externalId, onBehalfOfSubPartnerOrgId: onBehalfOf }: { externalId: string; onBehalfOfSubPartnerOrgId?: string },
  known: readonly string[],
): Promise<void> {
  const subscribers = await run.webex.subscribers.list({ externalCustomerId: externalId }, onBehalfOf);
  const id = subscribers.find(({ customerId }) => customerId !== undefined)?.customerId;
  if (id === undefined) return;
  const losing = await losingAdministrators(run, id, subscribers, known, onBehalfOf);
  if (losing.length === 0) return;
  run.warn(
    `customer "${externalId}": packages are not known yet, so preview can't tell whether an administrator loses one: ` +
      `${administrators(losing)}. pulumi up tells before it writes`,
  );
}

interface Losing {
  readonly email: string;
  readonly held: readonly string[];
  readonly taken: readonly string[];
  /** Why the person counts as an administrator. */
  readonly because: string;
}

async function losingAdministrators(
  run: Run,
  customerId: string,
  subscribers: readonly Subscriber[],
  packages: readonly string[],
  onBehalfOf: string | undefined,
): Promise<Losing[]> {
  const people = personLookup(run, customerId, onBehalfOf);
  const losing: Losing[] = [];
  for (const subscriber of subscribers) {
    const { email, personId } = subscriber;
    const held = packagesOfSubscriber(subscriber) ?? [];
    const taken = held.filter((name) => !packages.includes(name));
    if (taken.length === 0) continue;
    const because = await administratorBecause(run, subscriber, personId && (await people.find(personId)));
    if (because !== undefined) losing.push({ email, held, taken, because });
  }
  return losing;
}

async function administratorBecause(
  run: Run,
  { status }: Subscriber,
  person: Parameters<typeof standingOf>[1] | '' | undefined,
): Promise<string | undefined> {
  if (!person)
    return status === 'pending_user_migration' ? undefined : 'may be an administrator (Webex names no person)';
  const standing = await standingOf(run, person, undefined);
  if (standing === undefined) return undefined;
  return 'because' in standing ? standing.because : `may be an administrator (${standing.missing})`;
}

function reasonOf(losing: readonly Losing[]): string {
  const taken = [...new Set(losing.flatMap((each) => each.taken))].join(', ');
  return `can't lose ${taken} while an administrator has it: ${administrators(losing)}. Keep it, or raise the administrator first`;
}

/** All of them: each has to be raised. */
function administrators(losing: readonly Losing[]): string {
  return losing.map(({ email, because }) => `${email} ${because}`).join('; ');
}
