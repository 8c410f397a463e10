import { describe, expect, it } from 'vitest';
import { CUSTOMER_PACKAGES, dependenciesOf, LIMITED_PACKAGES, USER_PACKAGES } from '../../provider/packages';
import { documentSchema, haveDocuments, read } from './documents';

const WHOLESALE = 'webex-wholesale.openapi.json';

// Skipped where Cisco's documents don't lie beside the checkout.
describe.skipIf(!haveDocuments)('the package catalogue is that of the published documents', () => {
  it('knows every package of a customer', () => {
    expect([...CUSTOMER_PACKAGES].sort()).toEqual(
      [...(documentSchema(WHOLESALE, 'WholesalePackagesCustomer').enum as string[])].sort(),
    );
  });

  it('knows every package of a subscriber, with the add-on apart', () => {
    const documented = documentSchema(WHOLESALE, 'WholesalePackagesSubscriber').enum as string[];
    expect([...USER_PACKAGES, 'attendant_console'].sort()).toEqual([...documented].sort());
  });

  it('knows every package that has a limit', () => {
    const body = ['paths', '/wholesale/customers', 'post', 'requestBody', 'content', 'application/json', 'schema'];
    const limits = ['provisioningParameters', 'packages', 'limits'].flatMap((name) => ['properties', name]);
    const documented = Object.keys(dig(...body, ...limits, 'properties') as object);
    expect([...LIMITED_PACKAGES].sort()).toEqual(documented.sort());
  });

  it.each(['cisco_calling_plan', 'attendant_console'])('knows what %s depends on', (addOn) => {
    const note = dig('paths', '/wholesale/customers', 'post', 'description') as string;
    const line = note.split('\n').find((text) => text.includes(`\`${addOn}\` is dependent on`)) ?? '';
    const [, ...names] = [...line.matchAll(/`(\w+)`/g)].map(([, name]) => name);
    expect([...dependenciesOf(addOn)].sort()).toEqual(names.sort());
  });
});

/** What lies at this place of the wholesale document. */
function dig(...keys: string[]): unknown {
  return keys.reduce<unknown>((place, key) => {
    const next = (place as Record<string, unknown>)[key];
    if (next === undefined) throw new Error(`no ${key} in ${keys.join('.')}`);
    return next;
  }, read(WHOLESALE));
}
