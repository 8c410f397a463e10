import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hub } from '../../unit/adoption/partner';
import { createWorkspace, type Workspace } from '../harness';
import { hubOf } from './place';

/** A program that looks everything up by natural keys; `location` is its name of the branch. */
const program = (location: string) => `
  const pulumi = require('@pulumi/pulumi');
  const webex = require('pulumi-webex-wholesale');
  module.exports = (async () => {
    const customer = await webex.getCustomerOrg({ externalId: 'johns-pizza' });
    const again = await webex.getCustomerOrg({ externalId: 'johns-pizza' });
    const branch = webex.getLocationOutput({ customerId: pulumi.output(customer.id), name: ${JSON.stringify(location)} });
    const alice = await webex.getUser({ email: 'alice.anderson@acme.com' });
    const roles = await webex.getRoles();
    const connections = await webex.getPstnConnections({ customerId: customer.id, locationId: customer.headquartersLocationId });
    return {
      name: customer.name,
      same: again.id === customer.id,
      headquarters: customer.headquarters.name,
      city: branch.address.city,
      numbers: branch.calling.phoneNumbers,
      extension: alice.extension,
      roles: roles.length > 3,
      pstn: connections.map(({ displayName }) => displayName).includes('Non-integrated CCP'),
      subPartners: await webex.getSubPartners(),
    };
  })();
`;

describe('lookups by natural key', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program('San Jose') });
    const at = hub(hubOf(workspace.simulator));
    const { id, orgId } = await at.customer('johns-pizza', { name: "John's Pizza", headquarters: 'Head Office' });
    const branch = await at.location(orgId, 'San Jose');
    await at.connect(orgId, branch, 'Non-integrated CCP');
    await at.numbers(orgId, branch, ['+12145557861']);
    await at.user(id, { email: 'alice.anderson@acme.com', extension: '51301' });
    await workspace.simulator.resetRequests();
  }, 60_000);
  afterAll(() => workspace.close());

  it('answer in preview and update, without a write', async () => {
    expect((await workspace.preview()).ok().planned).toEqual(['create Stack acceptance-test']);
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toEqual({
      name: "John's Pizza",
      same: true,
      headquarters: 'Head Office',
      city: 'San Jose',
      numbers: ['+12145557861'],
      extension: '51301',
      roles: true,
      pstn: true,
      subPartners: [],
    });
    expect((await workspace.simulator.requests()).writes).toBe(0);
  }, 120_000);

  it('say what was looked for where it is not there', async () => {
    await workspace.setProgram(program('san jose'));
    expect((await workspace.preview()).fails().errors).toMatch(/has no location "san jose"; it has .*"San Jose"/);
  }, 60_000);
});
