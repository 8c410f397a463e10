import type * as pulumi from '@pulumi/pulumi';
import { ModuleResource } from '../../dynamic/resource';
import type { CustomerPackage } from '../../packages';
import { checkConfig } from '../shared/program-config';
import type { CustomerOrgArgs, CustomerStatus } from './args';

const KIND = { type: 'webex-wholesale:CustomerOrg', handlers: 'pulumi-webex-wholesale/customer-org' };

/**
 * A customer organization of a service provider, with its headquarters.
 *
 * Creating it waits until Webex has provisioned it. Its `id` is the customer ID, which users and locations refer to.
 */
export class CustomerOrg extends ModuleResource {
  /** ID of the Webex organization, for other Webex APIs. Absent until the customer is provisioned. */
  declare readonly orgId: pulumi.Output<string | undefined>;
  declare readonly externalId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string | undefined>;
  declare readonly status: pulumi.Output<CustomerStatus>;
  declare readonly packages: pulumi.Output<CustomerPackage[]>;
  /** Status of each package: `provisioned`, `provisioning`, `deleting` or `error`. */
  declare readonly packageStatus: pulumi.Output<{ [name in CustomerPackage]?: string }>;
  /** Location ID of the headquarters. Absent without calling packages. */
  declare readonly headquartersLocationId: pulumi.Output<string | undefined>;

  constructor(name: string, args: CustomerOrgArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(
      KIND,
      name,
      { orgId: undefined, status: undefined, packageStatus: undefined, headquartersLocationId: undefined, ...args },
      opts,
    );
  }

  /** Reads an existing customer by its customer ID, without managing it. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): CustomerOrg {
    return new CustomerOrg(name, {} as CustomerOrgArgs, { ...opts, id });
  }
}
