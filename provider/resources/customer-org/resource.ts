import type * as pulumi from '@pulumi/pulumi';
import { idToRead, ModuleResource, type OutputsOf } from '../../dynamic/resource';
import { KINDS } from '../../kinds';
import type { CustomerPackage, LimitedPackage } from '../../packages';
import type { Address } from '../inputs/args';
import { checkConfig } from '../run/program-config';
import type { CustomerOrgArgs, CustomerStatus, Headquarters } from './args';
import type { CustomerOrgState } from './schema';

/** The outputs that the class declares, so that they exist also where the program gives no value: for `get`. */
const OUTPUTS = {
  orgId: undefined,
  externalId: undefined,
  name: undefined,
  status: undefined,
  packages: undefined,
  packageLimits: undefined,
  address: undefined,
  headquarters: undefined,
  packageStatus: undefined,
  headquartersLocationId: undefined,
} satisfies OutputsOf<CustomerOrg, CustomerOrgState>;

/**
 * A customer organization of a service provider, with its headquarters.
 *
 * Creating it waits until Webex has provisioned it, at most `timeouts.create` seconds (default 1800). Its `id` is the
 * customer ID, which users and locations refer to.
 *
 * Fails with the reasons of each package and Cisco's trackingId where Webex can't provision all of it: the ID is kept,
 * and the next `pulumi up` goes on. A customer in export control review (`pending_rpl_review`) is no failure. An
 * existing customer with this `externalId` is taken over if it is as declared; if it differs, that is an error unless
 * `adopt` is true.
 *
 * @example
 * const customer = new CustomerOrg('johns-pizza', {
 *   provisioningId: template.provisioningId,
 *   externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
 *   name: "John's Pizza",
 *   primaryEmail: 'john.anderson@acme.com',
 *   address,
 *   packages: ['webex_meetings'],
 * });
 */
export class CustomerOrg extends ModuleResource {
  /** ID of the Webex organization, for other Webex APIs. Absent until the customer is provisioned. */
  declare readonly orgId: pulumi.Output<string | undefined>;
  /** Your own key of this customer. */
  declare readonly externalId: pulumi.Output<string>;
  /** Company name. Absent where an existing organization was attached without naming it. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** Status of the customer; anything but `provisioned` is a difference, so that the next update goes on. */
  declare readonly status: pulumi.Output<CustomerStatus>;
  /** The organization's packages. */
  declare readonly packages: pulumi.Output<CustomerPackage[]>;
  /** Limits of packages, as far as Webex returns them; where the program declares them, and for `get`. */
  declare readonly packageLimits: pulumi.Output<{ [name in LimitedPackage]?: number } | undefined>;
  /** Billing address. */
  declare readonly address: pulumi.Output<pulumi.Unwrap<Address>>;
  /** The headquarters, as it is. Absent without calling packages. */
  declare readonly headquarters: pulumi.Output<pulumi.Unwrap<Headquarters> | undefined>;
  /** Status of each package: `provisioned`, `provisioning`, `deleting` or `error`. */
  declare readonly packageStatus: pulumi.Output<{ [name in CustomerPackage]?: string }>;
  /** Location ID of the headquarters. Absent without calling packages. */
  declare readonly headquartersLocationId: pulumi.Output<string | undefined>;

  /**
   * @param name logical name in the Pulumi program
   * @throws RunError where the stack configuration holds a credential
   */
  constructor(name: string, args: CustomerOrgArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KINDS.CustomerOrg, name, { ...OUTPUTS, ...args }, opts);
  }

  /**
   * Reads an existing customer by its customer ID, without managing it.
   * @param id `Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0Uv...`; one that doesn't exist is an error of the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomerOrg {
    return new CustomerOrg(name, {} as CustomerOrgArgs, { ...opts, id: idToRead('CustomerOrg', name, id) });
  }
}
