import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADDRESS } from '../../samples/cisco';
import { customer, location, NUMBERS, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';

/** Inputs of the sample resources, with values that occur nowhere else; a message contains the first sample number. */
const values = {
  customer: {
    ...customer().args,
    externalId: 'zebra-external',
    name: 'Zebra Pizza',
    primaryEmail: 'zebra-john@acme.com',
    address: { ...ADDRESS, city: 'Zebra City' },
    headquarters: { ...(customer().args.headquarters as object), name: 'Zebra Office' },
    timeouts: { create: 987 },
  },
  location: {
    ...location().args,
    customerId: undefined,
    name: 'Zebra Denver',
    notes: 'Zebra floor',
    calling: { ...(location().args.calling as object), phoneNumbers: NUMBERS.slice(1), mainNumber: NUMBERS[1] },
  },
  user: {
    ...user().args,
    customerId: undefined,
    email: 'Zebra-alice@acme.com',
    firstName: 'Zebrafirst',
    lastName: 'Zebralast',
    extension: '98761',
    roles: ['Read-only Administrator'],
  },
};

/** What no output and no file may hold, as it is and as JSON, URLs and lower case have it. */
const NEEDLES = /zebra|98761|\b987\b|2145551321|2145556985|Administrator|webex_calling|webex_meetings|Alder/i;

/** Source of a program with all inputs secret; `plain` are inputs that are not. */
function program(args: typeof values, plain: { user?: object } = {}): string {
  return `
    const pulumi = require('@pulumi/pulumi');
    const webex = require('pulumi-webex-wholesale');
    const values = ${JSON.stringify(args)};
    const secret = (args) => Object.fromEntries(Object.entries(args).map(([key, value]) => [key, pulumi.secret(value)]));
    const customer = new webex.CustomerOrg('johns-pizza', secret(values.customer));
    const customerId = customer.id;
    new webex.Location('denver', { ...secret(values.location), customerId });
    const alice = new webex.User('alice', { ...secret(values.user), customerId, ...${JSON.stringify(plain.user ?? {})} });
    webex.getUserOutput({ email: alice.email });
  `;
}

describe('all inputs secret', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(values) });
  });
  afterAll(() => workspace.close());

  const nothingIn = (text: string) => {
    const found = text
      .replaceAll(/"ciphertext":"[^"]*"/g, '')
      .match(new RegExp(`.{0,60}(${NEEDLES.source}).{0,60}`, 'i'));
    expect(found?.[0]).toBeUndefined();
  };
  const nothingInState = async () => nothingIn(JSON.stringify((await workspace.stackExport()).deployment));

  it('stand in no diff, state or message, and neither does what follows from them', async () => {
    nothingIn((await workspace.up()).ok().all);
    await nothingInState();

    const { user: alice, customer: pizza } = values;
    const roles = ['Device Administrator'];
    const packages = ['webex_calling', 'webex_meetings', 'webex_suite'];
    const changed = {
      ...values,
      customer: { ...pizza, packages },
      user: { ...alice, roles, firstName: 'Zebrasecond' },
    };
    await workspace.setProgram(program(changed));
    const preview = (await workspace.pulumi('preview', '--diff')).ok().all;
    expect(preview).toMatch(/previous\s*: \[secret\]/);
    nothingIn(preview);
    await workspace.simulator.fault({ operation: 'PUT /people/{personId}', count: 5, status: 400 });
    nothingIn((await workspace.up()).fails().all);
    await workspace.simulator.clearFaults();
    nothingIn((await workspace.up()).ok().all);
    await nothingInState();
  }, 240_000);

  it('is quoted in no failure, and stays unknown when it is declared in the clear', async () => {
    const { user: alice } = values;
    await workspace.setProgram(
      program({ ...values, user: { ...alice, email: 'zebra-2@acme.com', phoneNumber: 'zebra-number' } as never }),
    );
    const refused = (await workspace.preview()).fails().errors;
    expect(refused).toContain('phoneNumber: "[secret]" must be an E.164 phone number');
    nothingIn(refused);
    await workspace.setProgram(program(values, { user: { roles: ['Device Administrator', 'Support Administrator'] } }));
    (await workspace.up()).ok();
    nothingIn(
      JSON.stringify((await workspace.stackExport()).deployment).replaceAll(/(Device|Support) Administrator/g, ''),
    );
    const destroyed = await workspace.destroy();
    nothingIn(destroyed.ok().all);
  }, 240_000);
});
