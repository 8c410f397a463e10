import * as pulumi from '@pulumi/pulumi';
import {
  CustomerOrg,
  type CustomerOrgArgs,
  Location,
  type LocationArgs,
  User,
  type UserArgs,
} from 'pulumi-webex-wholesale';

/** A person of a company; `site` is a key of `sites`. Without it the person is at the headquarters. */
export interface PersonArgs extends Omit<UserArgs, 'customerId' | 'locationId' | 'package'> {
  site?: string;
}

/** What a company is made of. */
export interface CompanyArgs {
  customer: Omit<CustomerOrgArgs, 'packages'>;
  /** Further locations, by keys that stay when a location gets another name. */
  sites?: Record<string, Omit<LocationArgs, 'customerId'>>;
  /** By keys that stay when a person gets another e-mail address. */
  people: Record<string, PersonArgs>;
}

/** A company as we sell it: all people have the suite, and a person without a site is at the headquarters. */
export class Company extends pulumi.ComponentResource {
  readonly customer: CustomerOrg;

  constructor(name: string, { customer, sites = {}, people }: CompanyArgs, opts?: pulumi.ComponentResourceOptions) {
    super('example:index:Company', name, {}, opts);
    const parent = { parent: this };
    this.customer = new CustomerOrg(name, { ...customer, packages: ['webex_suite'] }, parent);
    const customerId = this.customer.id;
    const locations = new Map(
      Object.entries(sites).map(([key, site]) => [
        key,
        new Location(`${name}-${key}`, { ...site, customerId }, parent),
      ]),
    );
    for (const [key, { site, ...person }] of Object.entries(people)) {
      const location = site === undefined ? undefined : locations.get(site);
      if (site !== undefined && location === undefined)
        throw new pulumi.RunError(
          `person "${key}" is at the site "${site}", which is not one of ${[...locations.keys()].join(', ')}`,
        );
      const locationId = location?.id ?? this.customer.headquartersLocationId;
      new User(`${name}-${key}`, { ...person, customerId, locationId, package: 'webex_suite' }, parent);
    }
    this.registerOutputs({});
  }
}
