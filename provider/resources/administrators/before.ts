import { UNKNOWN } from '../../lifecycle';
import { type Customer, type Person, WebexApiError, WebexError } from '../../webex';
import { hasUnknown } from '../inputs/compare';
import { NewCustomers } from '../lookups/new-customers';
import { organizationOf } from '../lookups/organizations';
import { roleNames } from '../lookups/roles';
import { personBefore } from '../lookups/users';
import type { DeclarationError } from '../outcomes/errors';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { type DeclaredUser, isAtLevel, judgePerson } from './guard';
import { packagesOfSubscriber } from './packages-held';
import { standingOf } from './roles';

/** An organization in which a new user may be already, and what is known of its customer. */
interface Place {
  readonly orgId: string;
  /** Without `externalId` where the organization will be attached in this run. */
  customer(): Promise<Pick<Customer, 'packages' | 'resourceDetails'> & { readonly externalId?: string }>;
}

/** An administrator, found in the organization of a new user. */
export interface FoundAdministrator {
  /** Packages, with add-ons; undefined where Webex doesn't return them. */
  readonly held?: readonly string[] | undefined;
  /** Names of roles. */
  readonly roles: string[];
  /** Why the write will be refused. */
  readonly error?: DeclarationError | undefined;
}

/**
 * Looks in preview for the person that the write of a user will find: a person of the organization that is an
 * administrator, or may be one, and is no subscriber of the customer. Looks also in an organization whose customer this
 * run will attach or take over.
 *
 * Costs a list of the people of an organization for many new users.
 */
export async function administratorBefore(run: Run, declared: DeclaredUser): Promise<FoundAdministrator | undefined> {
  for (const place of await placesOf(run, declared)) {
    const person = await personBefore(run, place.orgId, declared.email);
    const standing = person && (await standingOf(run, person, declared.roles));
    if (person === undefined || standing === undefined) continue;
    const roles = await roleNames(run, person.roles ?? []);
    const elsewhere = await packagesElsewhere(run, person, declared);
    const { held, error, isBelowLevel, doubt } = await judgePerson(
      person,
      standing,
      declared,
      place.customer,
      elsewhere,
    );
    if (declared.package === UNKNOWN) return { held, roles };
    if (doubt !== undefined) run.warn(doubt);
    if (!isBelowLevel || !(await isAtLevelAfterUpdate(run, place, declared))) return { held, roles, error };
    run.warn(`user ${declared.email}: ${error?.reason}; this run changes the packages of the customer first`);
    return { held, roles };
  }
  return undefined;
}

/** The organizations of the customer, whose ID may not be known before this run takes it over or attaches it. */
async function placesOf(run: Run, declared: DeclaredUser): Promise<Place[]> {
  const { customerId, onBehalfOfSubPartnerOrgId: onBehalfOf } = declared;
  const newCustomers = NewCustomers.of(run);
  const isUnknown = customerId === UNKNOWN;
  const ids = isUnknown ? (await newCustomers.find()).existing : [customerId];
  const withUsers = ids.filter((id) => !newCustomers.isWithoutUsers(id));
  const existing = withUsers.map(async (id) => ({
    orgId: await organizationOf(run, { ...declared, customerId: id }).catch(orNone),
    customer: () => run.memory.forRun(`customer before:${id}`, () => run.webex.customers.get(id, onBehalfOf, true)),
  }));
  const attached = isUnknown ? newCustomers.attachedOrganizations() : [];
  return [
    // A customer without an organization has no people.
    ...(await Promise.all(existing)).filter(({ orgId }) => orgId !== ''),
    ...attached.map(({ orgId, packages }) => ({ orgId, customer: async () => ({ packages: [...packages] }) })),
  ];
}

/**
 * Webex names the organization of a customer only once it is provisioned. The precheck reports a customer that doesn't
 * exist.
 */
function orNone(error: unknown): '' {
  const isMissing = error instanceof WebexApiError && error.isNotFound;
  if (error instanceof WebexError && !isMissing) throw error;
  return '';
}

/** Whether the package is, or may be, at the level of the organization with the packages that the program declares. */
async function isAtLevelAfterUpdate(run: Run, { customer }: Place, { package: name }: DeclaredUser): Promise<boolean> {
  const { externalId } = await customer();
  const inputs = externalId && Program.of(run).find('customer', (declared) => declared.externalId === externalId);
  if (!inputs) return false;
  const { packages } = inputs;
  if (!Array.isArray(packages) || hasUnknown(packages)) return true;
  return isAtLevel(name, packages);
}

/** Packages of a subscriber of another customer: the one that the organization is mapped to until this run. */
async function packagesElsewhere(run: Run, { id }: Person, { onBehalfOfSubPartnerOrgId: onBehalfOf }: DeclaredUser) {
  const [subscriber] = await run.webex.subscribers.list({ personId: id }, onBehalfOf);
  return subscriber && packagesOfSubscriber(subscriber);
}
