import { exceededLimits, LIMITED_PACKAGES, type LimitedPackage, packagesLacking } from '../../packages';
import type { Subscriber } from '../../webex';
import { hasUnknown, inDeclaredOrder, same } from '../inputs/compare';
import { comparable } from '../inputs/spelling';
import { Leftovers } from '../moves/leftovers';
import { recordedUrn, text } from '../moves/recorded-users';
import { orGone } from '../outcomes/errors';
import { named } from '../outcomes/named';
import { userFacts } from '../program/facts';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { limitsOf, withLicenses } from './limits';
import type { CustomerOrgInputs, CustomerOrgState } from './schema';

type Packages = CustomerOrgInputs['packages'];
type Declared = Pick<CustomerOrgInputs, 'packages' | 'packageLimits'>;
type Users = readonly Pick<Subscriber, 'id' | 'email' | 'packages'>[];

/** What users of a customer prevent. */
interface InUse {
  /** Packages that are no longer declared and that users have. */
  readonly packages: Packages;
  /** Limits that are lower than before and that users exceed. */
  readonly limits: readonly { readonly name: LimitedPackage; readonly limit: number }[];
  usersOf(packages: readonly string[]): Users;
}

/**
 * @param users all users of the customer
 * @param joining packages of those that this run adds before it removes others
 */
function inUse(before: Declared, now: Declared, users: Users, joining: readonly (readonly string[])[] = []): InUse {
  const usersOf = (names: readonly string[]) =>
    users.filter((user) => user.packages.some((name) => names.includes(name)));
  const lowered = loweredLimits(before, now);
  return {
    packages: dropped(before, now).filter((name) => usersOf([name]).length > 0),
    limits: exceededLimits(lowered, [...users.map((user) => user.packages), ...joining]),
    usersOf,
  };
}

function dropped(before: Declared, now: Declared): Packages {
  return before.packages.filter((name) => !now.packages.includes(name));
}

/** Limits that are declared, and were higher or not declared before. A limit goes with its package. */
function loweredLimits(before: Declared, now: Declared): Partial<Record<LimitedPackage, number>> {
  const isLowered = (name: LimitedPackage) =>
    typeof now.packageLimits?.[name] === 'number' &&
    now.packageLimits[name] < (before.packageLimits?.[name] ?? Number.POSITIVE_INFINITY);
  return Object.fromEntries(LIMITED_PACKAGES.filter(isLowered).map((name) => [name, now.packageLimits?.[name]]));
}

function lowersLimits(before: Declared, now: Declared): boolean {
  return Object.keys(loweredLimits(before, now)).length > 0;
}

/** Whether a package is dropped or a limit lowered: users may prevent that. */
export function takesFromUsers(before: Declared, now: Declared): boolean {
  return dropped(before, now).length > 0 || lowersLimits(before, now);
}

/** The packages that declared users of a customer get in this run. */
async function joiningPackages(run: Run, id: string, users: Users): Promise<string[][]> {
  const held = new Map(users.map(({ email, packages }) => [comparable(email, 'email'), packages]));
  return Program.of(run)
    .at('user', id, await recordedUrn(run, id))
    .map((declared) => {
      const now = held.get(comparable(text(declared.email) ?? '', 'email')) ?? [];
      return packagesLacking(userFacts(declared).packages ?? [], now);
    });
}

/**
 * The inputs that Webex accepts now: packages that are no longer declared stay in them while users have these ("cannot
 * be removed"), and so do limits that users exceed, with those that join before others leave. Pulumi updates the users
 * only after the customer, so an error here would come back in each run. When enough of these users were updated or
 * deleted in this run, `finish` follows.
 * @param listed the users of the customer
 */
export async function withPackagesInUse(
  run: Run,
  id: string,
  state: CustomerOrgState,
  declared: CustomerOrgInputs,
  listed: Users,
  finish: (kept: CustomerOrgState) => Promise<unknown>,
): Promise<CustomerOrgInputs> {
  const { externalId } = declared;
  // Only limits depend on them, and to know the customer's URN costs a look at the stack.
  const joining = lowersLimits(state, declared) ? await joiningPackages(run, id, listed) : [];
  const { packages, limits, usersOf } = inUse(state, declared, listed, joining);
  if (packages.length === 0 && limits.length === 0) return declared;
  const higher = Object.fromEntries(limits.map(({ name }) => [name, state.packageLimits?.[name]]));
  const kept = {
    packages: inDeclaredOrder(state.packages, [...declared.packages, ...packages]),
    packageLimits: limits.length === 0 ? declared.packageLimits : { ...declared.packageLimits, ...higher },
  };
  const leftovers = Leftovers.of(run);
  const later = (what: string, users: Users, mayKeep: number) =>
    leftovers.add({
      what,
      users: users.map((user) => user.id),
      mayKeep,
      finish: async () => void (await finish({ ...state, ...declared, ...kept })),
    });
  if (packages.length > 0) {
    const what = `customer "${externalId}": ${packages.join(', ')}`;
    const users = usersOf(packages);
    run.warn(
      `${what} stays while users have it: ${namesOf(users)}. It is removed when the last of them has another package`,
    );
    later(what, users, 0);
  }
  for (const { name, limit } of limits) {
    const what = `customer "${externalId}": packageLimits.${name}`;
    const users = usersOf([name]);
    const joined = joining.filter((names) => names.includes(name)).length;
    const more = joined === 0 ? '' : `, and ${joined} more get it`;
    run.warn(
      `${what} stays while ${users.length} users have the package: ${namesOf(users)}${more}. It is lowered to ${limit} when enough of them ` +
        'have another package or are removed',
    );
    later(what, users, limit - joined);
  }
  return { ...declared, ...kept, headquarters: declared.headquarters ?? state.headquarters };
}

/** Warns in preview of packages that are no longer declared and of lower limits, if users prevent them. */
export async function warnOfPackagesInUse(
  run: Run,
  inputs: CustomerOrgInputs,
  olds: CustomerOrgInputs | undefined,
): Promise<void> {
  if (olds === undefined || !Array.isArray(inputs.packages)) return;
  const { externalId, onBehalfOfSubPartnerOrgId: onBehalfOf } = olds;
  if (!takesFromUsers(olds, inputs)) return;
  const listed = await run.webex.subscribers.list({ externalCustomerId: externalId }, onBehalfOf);
  const { packages, limits, usersOf } = inUse(olds, inputs, listed);
  if (packages.length > 0)
    run.warn(
      `customer "${externalId}": ${packages.join(', ')} can be removed only when no user has it. Now ${namesOf(usersOf(packages))}. This run removes ` +
        'it if it gives all of them another package, or removes them; else it stays, and the next update tries again',
    );
  for (const { name, limit } of limits)
    run.warn(
      `customer "${externalId}": packageLimits.${name} can be lowered to ${limit} only when no more users have the package. Now ` +
        `${namesOf(usersOf([name]))}. This run lowers it if it removes enough of them, or gives them another package; else it stays, and ` +
        'the next update tries again',
    );
}

/**
 * Packages, limits and status as they are, where the record has packages that aren't declared, or higher limits: the
 * update of another resource may have finished the change. Where an update was killed, the change may stand in Webex
 * and its provisioning have failed since: the status says so.
 */
export async function packagesNow(
  run: Run,
  id: string,
  state: CustomerOrgState,
  inputs: CustomerOrgInputs,
): Promise<CustomerOrgState> {
  // An unknown list doesn't show which packages are dropped.
  if (!Array.isArray(inputs.packages) || hasUnknown(inputs.packages)) return state;
  const lowered = lowersLimits(state, inputs);
  if (!lowered && dropped(state, inputs).length === 0) return state;
  const { orgId, onBehalfOfSubPartnerOrgId: onBehalfOf } = state;
  const customer = await (lowered
    ? withLicenses(run, id, onBehalfOf)
    : orGone(run.webex.customers.get(id, onBehalfOf)));
  if (customer === undefined) return state;
  const packages = same(customer.packages, state.packages)
    ? state.packages
    : inDeclaredOrder(inputs.packages, customer.packages as Packages);
  const { status } = customer;
  if (!lowered || orgId === undefined) return { ...state, status, packages };
  // A limit that Webex doesn't return is as recorded; one that wasn't recorded is not the declared one then.
  const recorded = Object.keys(inputs.packageLimits ?? {}).map((name) => [
    name,
    state.packageLimits?.[name as LimitedPackage] ?? Number.POSITIVE_INFINITY,
  ]);
  const packageLimits = await limitsOf(run, orgId, customer, { ...state, packageLimits: Object.fromEntries(recorded) });
  return { ...state, status, packages, packageLimits };
}

function namesOf(users: Users): string {
  return named(users.map(({ email }) => email));
}
