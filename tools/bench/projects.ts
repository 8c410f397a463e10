// The two Pulumi projects of the comparison: the provider's resources, and the same resources with empty handlers.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Simulator } from 'webex-wholesale-simulator';
import { customerInputs, locationInputs, userInputs } from './samples.ts';

/** Each customer has a location and eight users. */
export const EACH = 10;

export type Variant = 'provider' | 'floor';

/** Source that declares the resources; `make(kind, name, inputs)` differs between the projects. */
const RESOURCES = (customers: number) => `
const samples = ${JSON.stringify({
  customers: Array.from({ length: customers }, (_, number) => customerInputs(number)),
  location: locationInputs('', 1),
})};
const userInputs = ${userInputs.toString()};
samples.customers.forEach((inputs, number) => {
  const customer = make('CustomerOrg', 'customer' + number, inputs);
  make('Location', 'location' + number, { ...samples.location, customerId: customer.id });
  for (let user = 0; user < ${EACH - 2}; user++)
    make('User', 'user' + number + '-' + user, userInputs(customer.id, number * ${EACH} + user));
});
`;

const MAKE: Record<Variant, string> = {
  provider: `
const webex = require('pulumi-webex-wholesale');
const make = (kind, name, inputs) => new webex[kind](name, inputs);
`,
  // The cost of Pulumi itself: the same tokens, names and inputs.
  floor: `
const pulumi = require('@pulumi/pulumi');
const __provider = 'exports.handler=()=>require("empty-handlers")';
const make = (kind, name, inputs) =>
  new pulumi.CustomResource('pulumi-nodejs:dynamic/webex-wholesale:' + kind, name, { ...inputs, __provider });
`,
};

const EMPTY_HANDLERS = `
const data = ({ __provider, ...inputs }) => inputs;
let made = 0;
module.exports = {
  check: async (_, news) => ({ inputs: data(news), failures: [] }),
  diff: async () => ({ changes: false }),
  // An ID as long as Cisco's.
  create: async (inputs) => ({ id: 'Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIv' + String(made++).padStart(50, '0'), outs: data(inputs) }),
  read: async (id, props) => ({ id, props: data(props) }),
  update: async (id, olds, news) => ({ outs: data(news) }),
  delete: async () => {},
};
`;

/** Writes a project with an empty backend. @returns the environment of its pulumi commands */
export function writeProject(folder: string, variant: Variant, resources: number, simulator: Simulator) {
  mkdirSync(path.join(folder, 'backend'), { recursive: true });
  const handlers = path.join(folder, 'node_modules', 'empty-handlers');
  mkdirSync(handlers, { recursive: true });
  writeFileSync(path.join(handlers, 'index.js'), EMPTY_HANDLERS);
  writeFileSync(path.join(folder, 'index.js'), MAKE[variant] + RESOURCES(resources / EACH));
  writeFileSync(path.join(folder, 'package.json'), '{"name":"bench","main":"index.js"}');
  const runtime = 'runtime: { name: nodejs, options: { typescript: false } }';
  writeFileSync(path.join(folder, 'Pulumi.yaml'), `name: bench\n${runtime}\nmain: index.js\n`);
  return {
    ...process.env,
    WEBEX_BASE_URL: simulator.baseUrl,
    WEBEX_ACCESS_TOKEN: simulator.token,
    PULUMI_HOME: path.join(folder, '..', 'pulumi-home'),
    PULUMI_BACKEND_URL: `file://${path.join(folder, 'backend')}`,
    PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
    PULUMI_STACK: 'bench',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  };
}
