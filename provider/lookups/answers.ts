import { customerByKey } from '../resources/lookups/customers';
import { locationsOf } from '../resources/lookups/locations';
import { organizationOf } from '../resources/lookups/organizations';
import { subscriberIdOf } from '../resources/lookups/users';
import type { Run } from '../resources/run/run';

/** The read functions of the resources. Each returns all properties of an object that Webex returns. */
export interface Readers {
  customerOrg(id: string): Promise<object | undefined>;
  location(id: string): Promise<object | undefined>;
  user(id: string): Promise<object | undefined>;
}

type Args = Record<string, string>;

/** The lookups by name. They write nothing, and reuse the lists that this run has read. */
export const LOOKUPS: Readonly<Record<string, (run: Run, args: Args, readers: Readers) => Promise<unknown>>> = {
  getCustomerOrg: async (run, { externalId = '', ...args }, { customerOrg }) => {
    const { id } = await customerByKey(run, externalId, subPartnerOf(run, args));
    return { id, ...(await customerOrg(id)) };
  },
  getLocation: async (run, { customerId = '', name = '', ...args }, { location }) => {
    const orgId = await organizationOf(run, { customerId, onBehalfOfSubPartnerOrgId: subPartnerOf(run, args) });
    const all = await locationsOf(run, orgId);
    const found = all.find((each) => each.name === name);
    if (found) return { id: found.id, ...(await location(found.id)) };
    const names = all.map((each) => JSON.stringify(each.name)).join(', ');
    throw new Error(`the customer ${customerId} has no location "${name}"; it has ${names || 'none'}`);
  },
  getUser: async (run, { email = '', ...args }, { user }) => {
    const id = await subscriberIdOf(run, email, subPartnerOf(run, args));
    return { id, ...(await user(id)) };
  },
  getRoles: (run) => run.memory.forRun('roles', () => run.webex.roles.list()),
  getPstnConnections: async (run, { customerId = '', locationId = '', ...args }) => {
    const orgId = await organizationOf(run, { customerId, onBehalfOfSubPartnerOrgId: subPartnerOf(run, args) });
    return run.webex.pstn.options(orgId, locationId);
  },
  getSubPartners: (run) => run.memory.forRun('sub-partners', () => run.webex.subPartners.list()),
};

/** Organization ID of the sub-partner that a lookup is made for. */
function subPartnerOf({ settings }: Run, { onBehalfOfSubPartnerOrgId }: Args): string | undefined {
  return onBehalfOfSubPartnerOrgId ?? settings.onBehalfOfSubPartnerOrgId;
}
