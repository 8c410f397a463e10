import { describe, expect, expectTypeOf, it } from 'vitest';
import { resources } from '../../../provider/resources';
import type { CustomerOrgArgs } from '../../../provider/resources/customer-org/args';
import {
  CHANGES as CUSTOMER_CHANGES,
  type CustomerOrgInputs,
  customerOrgInputs,
} from '../../../provider/resources/customer-org/schema';
import { TIMEOUTS as CUSTOMER_TIMEOUTS } from '../../../provider/resources/customer-org/timeouts';
import type { LocationArgs } from '../../../provider/resources/location/args';
import { CHANGES as LOCATION_CHANGES, type LocationInputs } from '../../../provider/resources/location/schema';
import { TIMEOUTS as LOCATION_TIMEOUTS } from '../../../provider/resources/location/timeouts';
import type { OnboardingTemplateArgs } from '../../../provider/resources/onboarding-template/args';
import type { TemplateInputs } from '../../../provider/resources/onboarding-template/schema';
import type { UserArgs } from '../../../provider/resources/user/args';
import { CHANGES as USER_CHANGES, type UserInputs, userInputs } from '../../../provider/resources/user/schema';
import { acceptedInputs } from './accepted-inputs';
import { namesIn, readMarkdown, tablesOf } from './markdown';

const tables = tablesOf(readMarkdown('docs/resources.md'));

/** The inputs that the table under a heading lists. A type that links to another table of inputs stands for that. */
function documentedInputs(anchor: string): string[] {
  const rows = tables.get(anchor)?.rows ?? [];
  return rows.flatMap(([input, type]) =>
    namesIn(input).flatMap((name) => {
      const linked = type?.match(/^\[[^\]]*\]\(#([^)]+)\)/)?.[1] ?? '';
      const isInputs = tables.get(linked)?.heading[0] === 'Input';
      return [name, ...(isInputs ? documentedInputs(linked).map((inner) => `${name}.${inner}`) : [])];
    }),
  );
}

describe('docs/resources.md lists exactly the inputs that are accepted', () => {
  it.each(Object.values(resources).map(({ type, schema }) => ({ type, schema })))('of $type', ({ type, schema }) => {
    const resource = type.replace('webex-wholesale:', '');
    const accepted = acceptedInputs(schema);
    expect(accepted).toEqual(expect.arrayContaining(Object.keys(schema.shape)));
    expect(documentedInputs(resource.toLowerCase()).sort()).toEqual(accepted);
  });

  it.each([
    { resource: 'CustomerOrg', changes: CUSTOMER_CHANGES },
    { resource: 'Location', changes: LOCATION_CHANGES },
    { resource: 'User', changes: USER_CHANGES },
  ])('and says of $resource which of them change', ({ resource, changes }) => {
    const rows = tables.get(resource.toLowerCase())?.rows ?? [];
    for (const [input, operation] of Object.entries(changes)) {
      const change = operation === 'never' || operation === 'recorded' ? operation : 'in place';
      expect([input, rows.find(([name]) => name === `\`${input}\``)?.[3]]).toEqual([input, change]);
    }
  });

  it('finds nested inputs, and no longer documented ones', () => {
    expect(documentedInputs('customerorg')).toContain('headquarters.calling.pstn.displayName');
    expect(acceptedInputs(customerOrgInputs)).toContain('headquarters.calling.pstn.displayName');
    expect(acceptedInputs(userInputs)).not.toContain('previous');
  });

  it.each([
    { resource: 'CustomerOrg', timeouts: CUSTOMER_TIMEOUTS },
    { resource: 'Location', timeouts: LOCATION_TIMEOUTS },
  ])('with the default timeouts of $resource', ({ resource, timeouts }) => {
    const rows = tables.get(resource.toLowerCase())?.rows ?? [];
    for (const [operation, seconds] of Object.entries(timeouts)) {
      expect(rows.find(([input]) => input === `\`timeouts.${operation}\``)?.[2]).toBe(`optional, ${seconds}`);
    }
  });

  it('has in every row all columns of its table', () => {
    for (const [anchor, { heading, rows }] of tables) {
      for (const row of rows) expect(row, `${anchor}: ${row[0]}`).toHaveLength(heading.length);
    }
  });
});

/** The names of the inputs of every resource: those that a program may give, and those that check accepts. */
interface InputNames {
  onboardingTemplate: [declared: keyof OnboardingTemplateArgs, accepted: keyof TemplateInputs];
  customerOrg: [declared: keyof CustomerOrgArgs, accepted: Exclude<keyof CustomerOrgInputs, 'previous'>];
  location: [declared: keyof LocationArgs, accepted: keyof LocationInputs];
  user: [declared: keyof UserArgs, accepted: Exclude<keyof UserInputs, 'previous'>];
}

describe('the types of the inputs', () => {
  // Fails in the type check, not here: vitest runs types away.
  it('have the names that are accepted', () => {
    expectTypeOf<keyof InputNames>().toEqualTypeOf<keyof typeof resources>();
    type Declared = { [resource in keyof InputNames]: InputNames[resource][0] };
    type Accepted = { [resource in keyof InputNames]: InputNames[resource][1] };
    expectTypeOf<Declared>().toEqualTypeOf<Accepted>();
  });
});
