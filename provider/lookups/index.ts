import * as pulumi from '@pulumi/pulumi';
import { SECRETS_KEY } from '../dynamic/keys';
import { ModuleResource } from '../dynamic/resource';
import { promiseOf } from '../dynamic/upcoming';
import { checkConfig } from '../resources/run/program-config';
import type {
  GetCustomerOrgArgs,
  GetCustomerOrgResult,
  GetLocationArgs,
  GetLocationResult,
  GetPstnConnectionsArgs,
  GetPstnConnectionsResult,
  GetRolesResult,
  GetSubPartnersResult,
  GetUserArgs,
  GetUserResult,
  LookupOptions,
} from './args';

export type * from './args';

const KIND = { type: 'webex-wholesale:Lookup', handlers: 'pulumi-webex-wholesale/lookup' };

/**
 * A lookup, as Pulumi knows it: a resource that is read and never managed. A dynamic provider has no functions that a
 * program could call (docs/decisions/0045).
 */
class Lookup extends ModuleResource {
  declare readonly result: pulumi.Output<unknown>;
}

/** Lookups of each program of this process, by function and arguments, so that a repeated lookup is made once. */
const made = new WeakMap<object, Map<string, Lookup>>();

/** @param isSecret true if an argument is secret: Pulumi stores and shows names, so the name must not contain it */
function lookUp<Result>(
  lookup: string,
  args: object,
  { parent }: LookupOptions,
  isSecret = false,
): pulumi.Output<Result> {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const known = Object.fromEntries(given) as Record<string, string>;
  const program = pulumi.runtime.getStackResource() ?? made;
  const lookups = made.get(program) ?? new Map<string, Lookup>();
  made.set(program, lookups);
  const key = [lookup, ...Object.values(known)].join(' ');
  let found = lookups.get(key);
  if (found === undefined) {
    checkConfig();
    const name = isSecret ? `${lookup} secret-${lookups.size + 1}` : key;
    const secrets = isSecret && { args: pulumi.secret(known), [SECRETS_KEY]: ['args'] };
    const props = { lookup, args: known, result: undefined, ...secrets };
    found = new Lookup(KIND, name, props, { id: name, ...(parent && { parent }) });
    lookups.set(key, found);
  }
  return found.result as pulumi.Output<Result>;
}

/** A lookup with arguments that may not be known yet: it is made once they are. */
function lookUpOutput<Result>(lookup: string, args: pulumi.Inputs, options: LookupOptions): pulumi.Output<Result> {
  const given = pulumi.output(args);
  return pulumi
    .output(pulumi.isSecret(given))
    .apply((isSecret) =>
      given.apply((known) => lookUp<Result>(lookup, known, options, isSecret)),
    ) as pulumi.Output<Result>;
}

/** Arguments of a lookup that may come from a resource. */
type Inputs<Args> = { [name in keyof Args]: pulumi.Input<Args[name]> };

/**
 * Looks up a customer by your own key. Nothing is written.
 * @throws (the run fails) where there is none, or more than one
 * @example
 * const customer = await getCustomerOrg({ externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99' });
 */
export function getCustomerOrg(args: GetCustomerOrgArgs, options: LookupOptions = {}): Promise<GetCustomerOrgResult> {
  return promiseOf(lookUp('getCustomerOrg', args, options));
}

/**
 * As {@link getCustomerOrg}, with arguments that may come from a resource.
 * @example
 * const orgId = getCustomerOrgOutput({ externalId: customer.externalId }).orgId;
 */
export function getCustomerOrgOutput(
  args: Inputs<GetCustomerOrgArgs>,
  options: LookupOptions = {},
): pulumi.Output<GetCustomerOrgResult> {
  return lookUpOutput('getCustomerOrg', args, options);
}

/**
 * Looks up a location of a customer by its name, the headquarters too. Nothing is written.
 * @throws (the run fails) where there is none: the error lists the names that there are
 * @example
 * const branch = await getLocation({ customerId, name: 'San Jose' });
 */
export function getLocation(args: GetLocationArgs, options: LookupOptions = {}): Promise<GetLocationResult> {
  return promiseOf(lookUp('getLocation', args, options));
}

/**
 * As {@link getLocation}, with arguments that may come from a resource.
 * @example
 * const branch = getLocationOutput({ customerId: customer.id, name: 'San Jose' });
 */
export function getLocationOutput(
  args: Inputs<GetLocationArgs>,
  options: LookupOptions = {},
): pulumi.Output<GetLocationResult> {
  return lookUpOutput('getLocation', args, options);
}

/**
 * Looks up a user by e-mail address, at any customer. Nothing is written.
 * @throws (the run fails) where there is none
 * @example
 * const user = await getUser({ email: 'john.anderson@acme.com' });
 */
export function getUser(args: GetUserArgs, options: LookupOptions = {}): Promise<GetUserResult> {
  return promiseOf(lookUp('getUser', args, options));
}

/**
 * As {@link getUser}, with arguments that may come from a resource.
 * @example
 * const customerId = getUserOutput({ email: user.email }).customerId;
 */
export function getUserOutput(args: Inputs<GetUserArgs>, options: LookupOptions = {}): pulumi.Output<GetUserResult> {
  return lookUpOutput('getUser', args, options);
}

/**
 * Lists the administrator roles that users can have; they are the same for all organizations.
 * @example
 * const names = (await getRoles()).map(({ name }) => name);
 */
export function getRoles(options: LookupOptions = {}): Promise<GetRolesResult[]> {
  return promiseOf(lookUp('getRoles', {}, options));
}

/**
 * As {@link getRoles}, as an output.
 * @example
 * export const roles = getRolesOutput();
 */
export function getRolesOutput(options: LookupOptions = {}): pulumi.Output<GetRolesResult[]> {
  return lookUp('getRoles', {}, options);
}

/**
 * Lists the PSTN connections that a location can have.
 * @example
 * const connections = await getPstnConnections({ customerId, locationId });
 */
export function getPstnConnections(
  args: GetPstnConnectionsArgs,
  options: LookupOptions = {},
): Promise<GetPstnConnectionsResult[]> {
  return promiseOf(lookUp('getPstnConnections', args, options));
}

/**
 * As {@link getPstnConnections}, with arguments that may come from a resource.
 * @example
 * export const offered = getPstnConnectionsOutput({ customerId: customer.id, locationId: branch.id });
 */
export function getPstnConnectionsOutput(
  args: Inputs<GetPstnConnectionsArgs>,
  options: LookupOptions = {},
): pulumi.Output<GetPstnConnectionsResult[]> {
  return lookUpOutput('getPstnConnections', args, options);
}

/**
 * Lists your sub-partners.
 * @example
 * const orgIds = (await getSubPartners()).map(({ orgId }) => orgId);
 */
export function getSubPartners(options: LookupOptions = {}): Promise<GetSubPartnersResult[]> {
  return promiseOf(lookUp('getSubPartners', {}, options));
}

/**
 * As {@link getSubPartners}, as an output.
 * @example
 * export const subPartners = getSubPartnersOutput();
 */
export function getSubPartnersOutput(options: LookupOptions = {}): pulumi.Output<GetSubPartnersResult[]> {
  return lookUp('getSubPartners', {}, options);
}
