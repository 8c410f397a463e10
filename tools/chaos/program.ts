import type { Calling, CustomerModel, LocationModel, TemplateModel, UserModel, World } from './world.ts';

/** The onboarding template of a new simulator, from Cisco's documented example. */
const IN_PARTNER_HUB = 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2';
/** Timeout of every wait, in seconds: short, so that an endless one is found. */
const timeouts = { create: 40, update: 40, delete: 40 };

/**
 * Source of the Pulumi program that declares a world.
 * @param twice key of an object that a second resource declares, before its own
 */
export function programOf(world: World, twice?: string): string {
  const lines = ["const webex = require('pulumi-webex-wholesale');", 'const made = {};'];
  const declare = (kind: string, key: string, resource: string, args: string) => {
    if (key === twice) lines.push(`new webex.${kind}(${JSON.stringify(`${resource}-twice`)}, ${args});`);
    lines.push(`made[${JSON.stringify(key)}] = new webex.${kind}(${JSON.stringify(resource)}, ${args});`);
  };
  for (const one of world.templates) declare('OnboardingTemplate', one.key, one.resource, source(templateArgs(one)));
  for (const one of world.customers) declare('CustomerOrg', one.key, one.resource, source(customerArgs(one)));
  for (const one of world.locations) declare('Location', one.key, one.resource, source(locationArgs(one)));
  for (const one of world.users) declare('User', one.key, one.resource, source(userArgs(one)));
  return `${lines.join('\n')}\n`;
}

/** Placeholder for an output of another resource of the program. */
const output = (key: string, property: string) => ({ $output: [key, property] });

function source(args: object): string {
  return JSON.stringify(args).replace(/\{"\$output":\["([^"]+)","([^"]+)"\]\}/g, 'made["$1"].$2');
}

function templateArgs({ name, country, serviceProviderAdminEmail }: TemplateModel): object {
  return { name, country, serviceProviderAdminEmail, authentication: { type: 'webex' } };
}

function customerArgs(customer: CustomerModel): object {
  const { template, headquarters, packageLimits } = customer;
  return {
    provisioningId: template === undefined ? IN_PARTNER_HUB : output(template, 'provisioningId'),
    externalId: customer.externalId,
    name: customer.name,
    primaryEmail: customer.primaryEmail,
    language: 'en',
    address: customer.address,
    packages: customer.packages,
    ...(Object.keys(packageLimits).length > 0 && { packageLimits }),
    ...(headquarters && { headquarters: { ...headquarters, supportedLocationVerified: true } }),
    removal: customer.removal,
    ...reconciliation(customer),
    timeouts,
  };
}

function locationArgs(location: LocationModel): object {
  const { customer, name, address, timeZone, announcementLanguage, notes, calling } = location;
  return {
    customerId: output(customer, 'id'),
    name,
    timeZone,
    preferredLanguage: 'en_us',
    announcementLanguage,
    address,
    notes,
    calling: calling satisfies Calling | undefined,
    ...reconciliation(location),
    timeouts,
  };
}

function userArgs({ key: _, resource: __, adopt, allowReplacement, customer, location, ...args }: UserModel): object {
  return {
    customerId: output(customer, 'id'),
    ...(location !== undefined && { locationId: output(location, 'id') }),
    ...args,
    ...reconciliation({ adopt, allowReplacement }),
  };
}

function reconciliation({ adopt, allowReplacement }: { adopt: boolean; allowReplacement: boolean }): object {
  return { ...(adopt && { adopt }), ...(allowReplacement && { allowReplacement }) };
}
