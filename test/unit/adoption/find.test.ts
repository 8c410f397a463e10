import { beforeAll, describe, expect, it } from 'vitest';
import type { Declared } from '../../../provider/adoption/adopt/declared';
import { Finder } from '../../../provider/adoption/adopt/find';
import { importFile } from '../../../provider/adoption/adopt/import-file';
import { runFor } from '../../../provider/adoption/cli/run';
import { UNKNOWN } from '../../../provider/lifecycle';
import { backend } from '../reconciliation/support';
import { makePartner, PROVISIONING_ID } from './partner';

const simulator = backend();
let partner: Awaited<ReturnType<typeof makePartner>>;
beforeAll(async () => {
  partner = await makePartner(simulator);
});

const PIZZA = 'c1677a16-557a-4fb4-b48f-24adde57ec99';

function declared(kind: Declared['kind'], name: string, inputs: object, from: Declared['from'] = {}): Declared {
  const urn = `urn:pulumi:test::acme::pulumi-nodejs:dynamic/webex-wholesale:${kind}::${name}`;
  return { urn, kind, name, inputs: { ...inputs }, from };
}

const pizza = declared('CustomerOrg', 'pizza', { externalId: PIZZA });
const ofPizza = { customerId: [pizza.urn] };
const location = (name: string) => declared('Location', name, { customerId: UNKNOWN, name }, ofPizza);
const user = (email: string, more: object = {}, from: Declared['from'] = {}) =>
  declared('User', email, { customerId: UNKNOWN, email, ...more }, { ...ofPizza, ...from });

async function find(...all: Declared[]) {
  const findings = await new Finder(runFor(new Map(), () => {}).webex).find(all);
  return all.map(({ urn }) => findings.get(urn));
}

describe('declared objects are found by their natural keys', () => {
  it('with the IDs of what they refer to', async () => {
    const branch = location('San Jose');
    const alice = user('ALICE.anderson@acme.com', { locationId: UNKNOWN }, { locationId: [branch.urn] });
    const template = declared('OnboardingTemplate', 'template', { provisioningId: PROVISIONING_ID });
    const [customer, place, person, known] = await find(pizza, branch, alice, template);
    expect(customer).toMatchObject({ status: 'found', id: partner.pizza.id });
    expect(place).toMatchObject({ status: 'found', id: partner.branch, declared: { customerId: partner.pizza.id } });
    expect(person).toMatchObject({
      status: 'found',
      declared: { customerId: partner.pizza.id, locationId: partner.branch },
    });
    expect(known).toMatchObject({ status: 'found', id: PROVISIONING_ID });
  });

  it('not by a secret one, which Pulumi does not show: they are neither absent nor found', async () => {
    const secret = declared('CustomerOrg', 'secret', { externalId: '[secret]' });
    const findings = await find(pizza, secret, location('[secret]'), user('[secret]'));
    const refused = { status: 'refused', why: expect.stringContaining('is secret, and Pulumi does') };
    expect(findings.slice(1)).toMatchObject([refused, refused, refused]);
  });

  it('at the headquarters, which is no location', async () => {
    const withOffice = declared('CustomerOrg', 'pizza', { externalId: PIZZA, headquarters: { name: 'Head Office' } });
    const john = user('john.anderson@acme.com', { locationId: UNKNOWN }, { locationId: [withOffice.urn] });
    const [customer, person, office] = await find(withOffice, john, location('Head Office'));
    const places = (await simulator.api('GET', `/locations?orgId=${partner.pizza.orgId}`)).items;
    const locationId = places.find(({ name }: { name: string }) => name === 'Head Office').id;
    expect(person).toMatchObject({ status: 'found', declared: { locationId } });
    const refused = { status: 'refused', why: expect.stringContaining('it is the headquarters') };
    expect(office).toMatchObject(refused);
    // The state has the customer.
    const { urn } = withOffice;
    const recorded = { urn, kind: 'CustomerOrg' as const, id: partner.pizza.id, isDeclared: true };
    const known = [{ ...recorded, inputs: { headquartersLocationId: locationId } }];
    expect(customer).toMatchObject({ id: partner.pizza.id });
    const again = await new Finder(runFor(new Map(), () => {}).webex).find([john, location('Head Office')], known);
    expect([...again.values()]).toMatchObject([refused, { status: 'found', declared: { locationId } }]);
  });

  it('and what is not there, with what belongs to it, is to be created', async () => {
    const nobody = declared('CustomerOrg', 'nobody', { externalId: 'nobody' });
    const their = declared('User', 'x', { customerId: UNKNOWN, email: 'x@acme.com' }, { customerId: [nobody.urn] });
    const [customer, person, newcomer] = await find(nobody, their, pizza, user('new@acme.com')).then(([a, b, , d]) => [
      a,
      b,
      d,
    ]);
    expect(customer).toEqual({ status: 'absent', why: 'no customer has the externalId "nobody"' });
    expect(person).toMatchObject({ status: 'absent', why: expect.stringContaining("its customer isn't adopted") });
    expect(newcomer).toEqual({ status: 'absent', why: 'the customer has no user new@acme.com' });
  });

  it('and what can not be adopted is said', async () => {
    const why = async (...all: Declared[]) => (await find(...all)).at(-1);
    expect(await why(declared('CustomerOrg', 'e', { externalId: 'in-error' }))).toMatchObject({
      status: 'refused',
      why: expect.stringContaining('its status is error'),
    });
    expect(await why(pizza, location('san jose'))).toMatchObject({
      status: 'refused',
      why: expect.stringContaining('has a location "San Jose", declared is "san jose"'),
    });
    expect(await why(pizza, user('bob@north.example.com'))).toMatchObject({
      status: 'refused',
      why: expect.stringContaining('bob@north.example.com is a user of another customer'),
    });
    expect(await why(declared('User', 'x', { customerId: UNKNOWN, email: 'x@acme.com' }))).toMatchObject({
      status: 'refused',
      why: expect.stringContaining('known only once something else is created'),
    });
  });

  it('with lists where there are many: 40 users of a customer cost no more than one', async () => {
    const users = Array.from({ length: 40 }, () => user('alice.anderson@acme.com'));
    await simulator.control('DELETE', '/requests');
    await find(pizza, ...users);
    expect(((await simulator.control('GET', '/requests')) as { total: number }).total).toBe(2);
  });
});

describe('the file for pulumi import', () => {
  it('has the components above a resource, which the state may have', () => {
    const inner = 'urn:pulumi:test::acme::acme:Group$acme:Site::site';
    const outer = 'urn:pulumi:test::acme::acme:Group::group';
    const parents = new Map([
      [pizza.urn, inner],
      [inner, outer],
    ]);
    const file = importFile([pizza], [{ urn: inner, type: 'acme:Site' }], parents, new Map([[pizza.urn, 'id-1']]));
    expect(file).toEqual({
      nameTable: { n2: outer },
      resources: [
        { type: 'acme:Site', name: 'n1', logicalName: 'site', component: true, parent: 'n2' },
        {
          type: 'pulumi-nodejs:dynamic/webex-wholesale:CustomerOrg',
          name: 'n3',
          logicalName: 'pizza',
          id: 'id-1',
          parent: 'n1',
        },
      ],
    });
  });
});
