import * as pulumi from '@pulumi/pulumi';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ADDRESS, PROVISIONING_ID } from '../../samples/cisco';
import { howToLines } from './markdown';

// How a component of one's own is tested: Pulumi's mocks answer in the place of Webex.
describe('the component of docs/how-to.md', () => {
  const made: pulumi.runtime.MockResourceArgs[] = [];
  let Company: typeof import('../../../examples/component/company').Company;

  beforeAll(async () => {
    await pulumi.runtime.setMocks({
      newResource: (args) => {
        made.push(args);
        const headquarters = args.type.endsWith(':CustomerOrg') ? { headquartersLocationId: 'headquarters' } : {};
        return { id: `${args.name}-id`, state: { ...args.inputs, ...headquarters } };
      },
      call: () => ({}),
    });
    ({ Company } = await import('../../../examples/component/company'));
  });

  const office = { name: 'Head Office', address: ADDRESS, timeZone: 'America/Los_Angeles', language: 'en_us' };
  const customer = {
    provisioningId: PROVISIONING_ID,
    externalId: 'johns-pizza',
    name: "John's Pizza",
    primaryEmail: 'john.anderson@acme.com',
    address: ADDRESS,
    headquarters: { ...office, supportedLocationVerified: true },
  };
  const alice = { email: 'alice.anderson@acme.com', firstName: 'Alice', lastName: 'Anderson', extension: '101' };
  const john = { email: 'john.anderson@acme.com', firstName: 'John', lastName: 'Anderson', extension: '102' };
  const denver = {
    name: 'Denver',
    timeZone: 'America/Denver',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address: ADDRESS,
  };

  it('gives everybody the suite, at a site or at the headquarters', async () => {
    new Company('pizza', { customer, sites: { denver }, people: { alice: { ...alice, site: 'denver' }, john } });
    await vi.waitFor(() => expect(made).toHaveLength(5));
    // The component itself has the name of its customer.
    const resources = made.filter(({ type }) => type.startsWith('pulumi-nodejs:dynamic/'));
    const inputsOf = (name: string) => resources.find((each) => each.name === name)?.inputs;
    expect(inputsOf('pizza')).toMatchObject({ packages: ['webex_suite'] });
    expect(inputsOf('pizza-alice')).toMatchObject({ package: 'webex_suite', locationId: 'pizza-denver-id' });
    expect(inputsOf('pizza-john')).toMatchObject({ package: 'webex_suite', locationId: 'headquarters' });
  });

  it('says where a person is at a site that is not there', () => {
    const people = { alice: { ...alice, site: 'denver' } };
    const declare = () => new Company('other', { customer, sites: { reno: { ...denver, name: 'Reno' } }, people });
    for (const line of howToLines('component')) expect(declare).toThrow(line);
  });
});
