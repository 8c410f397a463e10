import {
  capabilitiesLost,
  downgradeReason,
  isDowngrade,
  organizationLevel,
  USER_PACKAGES,
  undecidedReason,
  userPackages,
} from '../../packages';
import type { Customer, Person, Subscriber } from '../../webex';
import { NewCustomers } from '../lookups/new-customers';
import { organizationOf } from '../lookups/organizations';
import { personNow } from '../lookups/users';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { packagesOfPerson, packagesOfRemoved, packagesOfSubscriber } from './packages-held';
import { type Standing, standingOf } from './roles';

/** What a program declares of a user, as far as the rule about administrators looks at it. */
export interface DeclaredUser {
  readonly customerId: string;
  readonly email: string;
  readonly package: string;
  readonly attendantConsole?: boolean | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly onBehalfOfSubPartnerOrgId?: string | undefined;
}

/** How subscriber and person are read: each by ID at a write, from lists in a preview. */
export interface Reading {
  subscriber(id: string): Promise<Subscriber>;
  person(id: string): Promise<Person>;
}

/** By ID, as they are at this moment. */
function readingNow({ webex }: Run, onBehalfOf: string | undefined): Reading {
  return { subscriber: (id) => webex.subscribers.get(id, onBehalfOf), person: (id) => webex.people.get(id) };
}

/**
 * Refuses to lower the package of an administrator, or to take the add-on away. Called immediately before the request,
 * because what a run knows from records, e-mail addresses and lists may be wrong: it reads subscriber and person. What
 * Webex leaves out is a reason to refuse, too, unless nothing is taken away.
 *
 * Costs a request for the subscriber, and one for the person where something is taken away.
 *
 * Source: Cisco help article ny0fr7x, "No downgrade of the package is supported for the customer administrator".
 *
 * @param recordedPersonId person of the subscriber as it was recorded, where Webex doesn't name it
 * @throws DeclarationError where the change takes something from an administrator, or may take something
 */
export async function guardPackageChange(
  run: Run,
  id: string,
  recordedPersonId: string | undefined,
  declared: DeclaredUser,
  reading = readingNow(run, declared.onBehalfOfSubPartnerOrgId),
): Promise<void> {
  const subscriber = await reading.subscriber(id);
  const from = packagesOfSubscriber(subscriber);
  const to = userPackages(declared.package, declared.attendantConsole);
  if (from !== undefined && !isDowngrade(from, to)) return;
  const standing = await standingOfSubscriber(run, subscriber, recordedPersonId, declared, reading);
  if (standing === undefined) return;
  if ('missing' in standing) throw undecided(declared, from, to, standing.missing);
  if (from === undefined) throw undecided(declared, from, to, `Webex names no package of this user that is known`);
  throw downgrade(declared, from, to, standing.because);
}

async function standingOfSubscriber(
  run: Run,
  { id, personId: is, status, customerId = '' }: Subscriber,
  recordedPersonId: string | undefined,
  declared: DeclaredUser,
  reading: Reading,
): Promise<Standing> {
  const personId = is ?? recordedPersonId;
  if (personId !== undefined) return standingOf(run, await reading.person(personId), declared.roles);
  if (status !== 'pending_user_migration' || customerId === '')
    return { missing: `Webex names no person for the subscriber ${id}` };
  // A person that is pending migration is in another organization. One that is in this one isn't pending.
  const person = await personNow(run, await organizationOf(run, { ...declared, customerId }), declared.email);
  return person && standingOf(run, person, declared.roles);
}

/**
 * Refuses to create a subscriber with a lower package for a person that is an administrator of the organization
 * already: one that was licensed in Control Hub, or unlinked earlier. Webex doesn't return what an unlinked person had;
 * the package must be at the level of the organization then.
 *
 * Costs a request for the person, and for an administrator one for the customer. None for a customer that this run has
 * created with an organization of its own: no person in it had a package before.
 *
 * Source: Cisco help article ny0fr7x, "Administrators should be provisioned with the same level of package as the
 * customer organization was created with".
 *
 * @throws DeclarationError as {@link guardPackageChange}
 * @throws IncompleteAnswerError where Webex doesn't list the people of the organization
 */
export async function guardNewSubscriber(run: Run, declared: DeclaredUser): Promise<void> {
  const { customerId, onBehalfOfSubPartnerOrgId: onBehalfOf } = declared;
  if (NewCustomers.of(run).isWithoutUsers(customerId)) return;
  const orgId = await organizationOf(run, declared);
  const person = await personNow(run, orgId, declared.email);
  if (person === undefined) return;
  const standing = await standingOf(run, person, declared.roles);
  if (standing === undefined) return;
  const customer = () => run.webex.customers.get(customerId, onBehalfOf, true);
  const { error, doubt } = await judgePerson(person, standing, declared, customer, packagesOfRemoved(run, person.id));
  if (error !== undefined) throw error;
  if (doubt !== undefined) run.warn(doubt);
}

/** The judgement of a person that is no subscriber. */
interface Judgement {
  /** Packages, where they are known. */
  readonly held?: readonly string[];
  readonly error?: DeclarationError;
  /** The packages aren't known, and the error is about the level of the organization. */
  readonly isBelowLevel?: true;
  /** A warning about what can't be determined and is no reason to refuse. */
  readonly doubt?: string;
}

/** Judges a person that is, or may be, an administrator, and is no subscriber. */
export async function judgePerson(
  person: Person,
  standing: Exclude<Standing, undefined>,
  declared: DeclaredUser,
  customer: () => Promise<Pick<Customer, 'packages' | 'resourceDetails'>>,
  asSubscriber?: readonly string[],
): Promise<Judgement> {
  const to = userPackages(declared.package, declared.attendantConsole);
  const { packages, resourceDetails } = await customer();
  const held = asSubscriber ?? packagesOfPerson(person, resourceDetails);
  if (held !== undefined && !isDowngrade(held, to)) return { held };
  if ('missing' in standing) return { ...(held && { held }), error: undecided(declared, held, to, standing.missing) };
  if (held !== undefined) return { held, error: downgrade(declared, held, to, standing.because) };
  const error = belowLevel(declared, packages, standing.because);
  if (error !== undefined) return { error, isBelowLevel: true };
  const doubt = besideLevel(declared, packages, standing.because);
  return doubt === undefined ? {} : { doubt };
}

/** The doubt about an administrator in an organization with several packages at its level: which it had is unknown. */
function besideLevel(
  { email, package: name }: DeclaredUser,
  packagesOfCustomer: readonly string[],
  because: string,
): string | undefined {
  const others = organizationLevel(packagesOfCustomer).filter((top) => isDowngrade(top, name));
  if (others.length === 0) return undefined;
  return (
    `user ${email} ${because} of this organization already and is no user of the program's record: what package this person had ` +
    `can't be determined. ${name} is at the level of the organization, but if it was ${others.join(' or ')}, ` +
    `${capabilitiesLost(others, name).join(', ')} is taken away. Compare it in Control Hub`
  );
}

/**
 * Judges an administrator whose former package Webex doesn't return: it was at most at the level of the organization.
 */
function belowLevel(
  { email, package: name }: Pick<DeclaredUser, 'email' | 'package'>,
  packagesOfCustomer: readonly string[],
  because: string,
): DeclarationError | undefined {
  if (isAtLevel(name, packagesOfCustomer)) return undefined;
  const level = organizationLevel(packagesOfCustomer);
  const wanted = level.length > 0 ? `set package to ${level.join(' or ')}` : 'Webex names no package of the customer';
  return new DeclarationError(
    'package',
    `can't be ${name}: ${email} ${because} of this organization already and is no user of the program's record: what ` +
      `package this person had can't be determined, and ${name} is below the level of the organization; ${wanted}`,
  );
}

/** Whether a user's package is at the level of an organization whose customer has these packages. */
export function isAtLevel(name: string, packagesOfCustomer: readonly string[]): boolean {
  return organizationLevel(packagesOfCustomer).some((top) => !isDowngrade(top, name));
}

/** The input that takes something away. */
function propertyOf(from: readonly string[] | undefined, { package: name }: DeclaredUser): string {
  const before = from?.filter((each) => (USER_PACKAGES as readonly string[]).includes(each)) ?? [];
  return from === undefined || isDowngrade(before, name) ? 'package' : 'attendantConsole';
}

function downgrade(
  declared: DeclaredUser,
  from: readonly string[],
  to: readonly string[],
  because: string,
): DeclarationError {
  const { email } = declared;
  return new DeclarationError(propertyOf(from, declared), downgradeReason({ email, from, to, because }));
}

function undecided(
  declared: DeclaredUser,
  from: readonly string[] | undefined,
  to: readonly string[],
  missing: string,
): DeclarationError {
  const reason = undecidedReason({ email: declared.email, from, to, missing });
  return new DeclarationError(
    propertyOf(from, declared),
    `${reason}. Nothing was changed; run again later, or look in Control Hub`,
  );
}
