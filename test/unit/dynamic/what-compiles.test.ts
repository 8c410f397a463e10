import type * as pulumi from '@pulumi/pulumi';
import { expect, it } from 'vitest';
import type { CustomerOrgArgs, LocationArgs, OnboardingTemplate, UserArgs } from '../../../provider/index';

// What TypeScript refuses, and what it must not: rows of a list and helper functions. `tsc -p test` is the test.

interface Row {
  email: string;
  firstName: string;
  lastName: string;
  package: 'webex_calling' | 'webex_meetings';
  extension?: string;
}

/** A program that builds its users in a loop. */
function usersOf(rows: Row[], customerId: pulumi.Output<string>, packageOf: pulumi.Output<Row['package']>): UserArgs[] {
  const shared: Partial<UserArgs> = { customerId, removal: 'delete' };
  return rows.flatMap((row) => [
    { ...shared, ...row, customerId },
    { ...row, customerId, package: packageOf, extension: row.package === 'webex_meetings' ? undefined : '51301' },
  ]);
}

it('takes rows, spreads and outputs, and refuses what is left out or misspelt', () => {
  const [address, customerId] = [{ addressLine1: '771 Alder Drive', city: 'Milpitas', country: 'US' }, 'id'];
  const template = (..._args: ConstructorParameters<typeof OnboardingTemplate>) => 'template';
  // @ts-expect-error a template with nothing
  template('template');
  // @ts-expect-error a user has one package
  const user: UserArgs = { customerId, email: 'a', firstName: 'A', lastName: 'B', package: ['webex_calling'] };
  // @ts-expect-error a misspelt package
  const customer: CustomerOrgArgs = { provisioningId: 'p', externalId: 'x', address, packages: ['webex_phone'] };
  // @ts-expect-error a location without a language of announcements
  const location: LocationArgs = { customerId, name: 'D', timeZone: 'UTC', preferredLanguage: 'en', address };
  expect([user, customer, location].every(Boolean)).toBe(true);
  expect(usersOf([], undefined as never, undefined as never)).toEqual([]);
});
