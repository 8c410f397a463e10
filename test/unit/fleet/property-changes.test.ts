import type { EngineEvent } from '@pulumi/pulumi/automation';
import { describe, expect, it } from 'vitest';
import { changeText } from '../../../provider/fleet/cli/changes';
import { resultOf } from '../../../provider/fleet/run/customer-results';
import { EngineEvents } from '../../../provider/fleet/run/engine-events';
import type { StackJob } from '../../../provider/fleet/run/jobs';
import { propertyChanges } from '../../../provider/fleet/run/property-changes';
import { UNKNOWN } from '../../../provider/lifecycle';

/** As an engine's event has it. */
const secret = (ciphertext: string) => ({
  '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270',
  ciphertext,
});

describe('what differs of a resource', () => {
  it.each<[string, object, object, string]>([
    ['a text', { firstName: 'Alice' }, { firstName: 'Alicia' }, 'firstName "Alice" -> "Alicia"'],
    ['what is new', {}, { extension: '100' }, 'extension (nothing) -> "100"'],
    ['what goes', { extension: '100' }, {}, 'extension "100" -> (nothing)'],
    [
      'a part',
      { address: { city: 'San Jose', country: 'US' } },
      { address: { city: 'Milpitas', country: 'US' } },
      'address.city "San Jose" -> "Milpitas"',
    ],
    ['an object that goes', { calling: { enabled: true } }, {}, 'calling.enabled true -> (nothing)'],
    ['a set', { packages: ['a', 'b'] }, { packages: ['b', 'c'] }, 'packages - "a", + "c"'],
    ['a new set', {}, { roles: ['Full Administrator'] }, 'roles + "Full Administrator"'],
    ['what is not known', { customerId: 'a' }, { customerId: UNKNOWN }, 'customerId "a" -> [not known yet]'],
    ['two things', { a: 1, b: 2 }, { a: 2, b: 3 }, 'a 1 -> 2; b 2 -> 3'],
  ])('%s', (_, old, now, expected) => {
    const properties = propertyChanges(old, now);
    expect(changeText({ resource: 'User a', change: 'update', properties })).toBe(`~ User a: ${expected}`);
  });

  it('is not the order of a set, nor what Pulumi or the provider adds', () => {
    const old = { packages: ['a', 'b'], __provider: 'x' };
    expect(
      propertyChanges(old, { packages: ['b', 'a'], __provider: 'y', previous: { packages: ['a'] }, customer: 'urn' }),
    ).toEqual([]);
  });

  it('never is a secret', () => {
    expect(propertyChanges({ notes: 'a' }, { notes: secret('x') })).toEqual([
      { path: 'notes', old: 'a', new: '[secret]' },
    ]);
    expect(propertyChanges({ roles: [secret('x')] }, { roles: [] })).toEqual([
      { path: 'roles', old: ['[secret]'], new: [] },
    ]);
    expect(propertyChanges({ notes: secret('x') }, {})).toEqual([{ path: 'notes', old: '[secret]' }]);
  });
});

describe('the changes of customers', () => {
  const urn = (type: string, name: string) =>
    `urn:pulumi:1-of-1::acme::pulumi-nodejs:dynamic/webex-wholesale:${type}::${name}`;
  const customer = (externalId: string) => ({ externalId, entry: {}, locations: [], users: [{ email: 'a' }] });
  const jobOf = (command: StackJob['command']) =>
    ({ command, stack: '1-of-1', customers: [customer('acme')] }) as unknown as StackJob;
  const planned = (type: string, name: string, op: string, part: object) =>
    ({
      resourcePreEvent: { metadata: { urn: urn(type, name), op, ...part }, planning: true },
    }) as unknown as EngineEvent;
  const done = (type: string, name: string, op: string, part: object) =>
    ({ resOutputsEvent: { metadata: { urn: urn(type, name), op, ...part } } }) as unknown as EngineEvent;
  const renamed = (part: string) => ({
    old: { [part]: { firstName: 'Alice' } },
    new: { [part]: { firstName: 'Alicia' } },
  });

  it('are those of inputs in a preview, with what is created and deleted', () => {
    const events = new EngineEvents(jobOf('preview'));
    events.add(planned('CustomerOrg', 'acme', 'create', {}));
    events.add(planned('User', 'acme/a', 'update', renamed('inputs')));
    const roles = ['Full Administrator'];
    events.add(planned('User', 'gone/b', 'delete', { old: { inputs: { roles } } }));
    events.add(planned('User', 'gone/c', 'delete', { old: { inputs: { removal: 'delete', roles } } }));
    events.add(planned('CustomerOrg', 'gone', 'delete', { old: { inputs: {} } }));
    const [acme, gone] = resultOf(jobOf('preview'), { events }).customers;
    expect(acme?.resources.map(changeText)).toEqual([
      '+ CustomerOrg acme',
      '~ User acme/a: firstName "Alice" -> "Alicia"',
    ]);
    expect(gone?.resources.map(changeText)).toEqual([
      '- User gone/b: the person stays in the organization as Full Administrator',
      '- User gone/c',
      '- CustomerOrg gone: the organization stays in Webex, with its people and administrators',
    ]);
  });

  it('name the people because of whom Webex will not delete an organization', () => {
    const events = new EngineEvents(jobOf('preview'));
    const removal = 'delete';
    events.add(planned('User', 'gone/b', 'delete', { old: { inputs: {} } }));
    events.add(planned('User', 'gone/c', 'delete', { old: { inputs: { removal } } }));
    events.add(planned('CustomerOrg', 'gone', 'delete', { old: { inputs: { removal } } }));
    events.add(planned('CustomerOrg', 'other', 'delete', { old: { inputs: { removal } } }));
    const [, gone, other] = resultOf(jobOf('preview'), { events }).customers;
    expect(gone?.resources.map(changeText).at(-1)).toContain(
      'Webex will not delete the organization, because people stay in it (User gone/b)',
    );
    expect(other?.resources.map(changeText)).toEqual(['- CustomerOrg other']);
  });

  it('are those of outputs in a refresh, and templates have their own', () => {
    const events = new EngineEvents(jobOf('refresh'));
    events.add(done('User', 'acme/a', 'update', renamed('outputs')));
    events.add(done('OnboardingTemplate', 'standard', 'delete', {}));
    const job = { ...jobOf('refresh'), templates: [] };
    const result = resultOf(job, { events });
    expect(result.customers[0]?.resources.map(changeText)).toEqual(['~ User acme/a: firstName "Alice" -> "Alicia"']);
    expect(result.templates?.map(changeText)).toEqual(['- OnboardingTemplate standard']);
  });

  it('do not list what a large update creates', () => {
    const events = new EngineEvents(jobOf('up'));
    events.add(done('CustomerOrg', 'acme', 'create', {}));
    expect(resultOf(jobOf('up'), { events }).customers[0]).toMatchObject({ changes: { create: 1 }, resources: [] });
  });
});
