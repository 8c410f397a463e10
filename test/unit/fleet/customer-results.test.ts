import type { EngineEvent } from '@pulumi/pulumi/automation';
import { describe, expect, it } from 'vitest';
import type { RosterCustomer } from '../../../provider/fleet/roster/load';
import { resultOf } from '../../../provider/fleet/run/customer-results';
import { EngineEvents } from '../../../provider/fleet/run/engine-events';
import type { StackJob } from '../../../provider/fleet/run/jobs';
import { RefusedResources } from '../../../provider/fleet/run/leave-out-refused';

const urn = (type: string, name: string) =>
  `urn:pulumi:1-of-1::acme::pulumi-nodejs:dynamic/webex-wholesale:${type}::${name}`;
const STACK = 'urn:pulumi:1-of-1::acme::pulumi:pulumi:Stack::acme-1-of-1';

/** A customer with a location and a user there, and one at the headquarters. */
function customer(externalId: string): RosterCustomer {
  const users = [{ email: `a@${externalId}`, location: 'Denver' }, { email: `b@${externalId}` }];
  return { externalId, entry: {}, locations: [{ name: 'Denver' }], users } as unknown as RosterCustomer;
}

function jobOf(command: StackJob['command'], ...externalIds: string[]): StackJob {
  return { command, stack: '1-of-1', customers: externalIds.map(customer) } as unknown as StackJob;
}

/** Events as the engine sends them, as far as they are looked at. */
const event = {
  planned: (type: string, name: string, op: string) =>
    ({ resourcePreEvent: { metadata: { urn: urn(type, name), op }, planning: true } }) as unknown as EngineEvent,
  done: (type: string, name: string, op: string) =>
    ({ resOutputsEvent: { metadata: { urn: urn(type, name), op } } }) as unknown as EngineEvent,
  failed: (type: string, name: string) =>
    ({ resOpFailedEvent: { metadata: { urn: urn(type, name), op: 'create' } } }) as unknown as EngineEvent,
  diagnostic: (where: string | undefined, message: string, severity = 'error') =>
    ({ diagnosticEvent: { urn: where, message, severity } }) as unknown as EngineEvent,
  judged: (where: string, enforcementLevel: string) =>
    ({
      policyEvent: {
        resourceUrn: where,
        message: '<{%reset%}>not allowed<{%reset%}>\n',
        policyName: 'no-replacement-of-customers',
        policyPackName: 'webex-wholesale-policy',
        enforcementLevel,
      },
    }) as unknown as EngineEvent,
};

/** The collected results of these engine events. */
function eventsOf(job: StackJob, ...reported: EngineEvent[]): EngineEvents {
  const events = new EngineEvents(job);
  for (const each of reported) events.add(each);
  return events;
}

const byId = (result: ReturnType<typeof resultOf>) =>
  Object.fromEntries(result.customers.map(({ externalId, status, changes }) => [externalId, [status, changes]]));

describe('what became of customers', () => {
  it('is reported by customer', () => {
    const job = jobOf('up', 'a', 'b', 'c');
    const events = eventsOf(
      job,
      event.done('CustomerOrg', 'a', 'create'),
      event.done('User', 'a/a@a', 'create'),
      event.done('User', 'a/b@a', 'update'),
      event.done('CustomerOrg', 'b', 'same'),
      event.failed('User', 'b/a@b'),
      event.diagnostic(urn('User', 'b/a@b'), 'POST /wholesale/subscribers: Webex answered 400: no (trackingId NA_1)\n'),
      event.done('CustomerOrg', 'gone', 'delete'),
      event.done('User', 'gone/a@gone', 'delete'),
      event.diagnostic(undefined, 'update failed'),
    );
    const result = resultOf(job, { events });
    expect(byId(result)).toEqual({
      a: ['changed', { create: 2, update: 1 }],
      b: ['failed', {}],
      c: ['unchanged', {}],
      gone: ['removed', { delete: 2 }],
    });
    expect(result.customers[1]?.problems).toEqual([
      {
        resource: 'User b/a@b',
        message: 'POST /wholesale/subscribers: Webex answered 400: no (trackingId NA_1)',
        trackingId: 'NA_1',
      },
    ]);
    expect(events.general).toEqual([]);
    expect(events.operations).toBe(5);
  });

  it('is not known of those that were not reached when a stack failed', () => {
    const job = jobOf('up', 'a', 'b');
    const names = ['a', 'a/Denver', 'a/a@a', 'a/b@a'];
    const types = ['CustomerOrg', 'Location', 'User', 'User'];
    const events = eventsOf(job, ...names.map((name, at) => event.done(types[at] ?? '', name, 'create')));
    const result = resultOf(job, { events, error: 'disk full' });
    expect(result.status).toBe('failed');
    expect(byId(result)).toEqual({ a: ['changed', { create: 4 }], b: ['not-reached', {}] });
  });

  it('reports each customer when all its resources are finished', () => {
    const reported: unknown[] = [];
    const events = new EngineEvents(jobOf('up', 'a'), (...finished) => reported.push(finished));
    events.add(event.done('CustomerOrg', 'a', 'same'));
    events.add(event.done('Location', 'a/Denver', 'same'));
    events.add(event.done('User', 'a/a@a', 'create'));
    expect(reported).toEqual([]);
    events.add(event.diagnostic(urn('User', 'a/b@a'), 'no'));
    expect(reported).toEqual([['a', true]]);
    // One that is no longer declared.
    events.add(event.done('User', 'gone/a@gone', 'delete'));
    events.add(event.done('CustomerOrg', 'gone', 'delete'));
    expect(reported).toEqual([
      ['a', true],
      ['gone', false],
    ]);
  });

  it('counts what a mandatory policy refuses, and keeps its advice', () => {
    const job = jobOf('preview', 'a');
    const events = eventsOf(
      job,
      event.planned('CustomerOrg', 'a', 'update'),
      event.judged(urn('CustomerOrg', 'a'), 'mandatory'),
      event.judged(urn('User', 'a/a@a'), 'advisory'),
    );
    const result = resultOf(job, { events });
    expect(result.customers[0]).toMatchObject({ status: 'failed', problems: [{ message: 'not allowed' }] });
    expect(result.warnings).toEqual(['User a/a@a: not allowed (webex-wholesale-policy/no-replacement-of-customers)']);
  });

  it.each([
    '',
    'error serializing property "customerId": ',
    'error serializing property "customerId": error serializing property "locationId": ',
  ])(
    "doesn't concern the whole stack if Pulumi repeats the failure of a resource (%j), unless there is no other error",
    (why) => {
      const job = jobOf('up', 'a');
      const echo = `Unhandled exception: Error: ${why}resource a/a@a [pulumi-nodejs:dynamic/webex-wholesale:User] failed to register\n    at /x/resource.js:619:32`;
      const all = eventsOf(
        job,
        event.failed('User', 'a/a@a'),
        event.diagnostic(urn('User', 'a/a@a'), 'no'),
        event.diagnostic(STACK, echo),
      );
      expect(all.general).toEqual([]);
      expect(resultOf(job, { events: all }).customers[0]?.problems).toEqual([
        { resource: 'User a/a@a', message: 'no' },
      ]);
      expect(eventsOf(job, event.diagnostic(STACK, echo)).general).toEqual([echo]);
    },
  );

  it('has no heading of Pulumi above the reasons of a partial failure', () => {
    const text = '2 errors occurred:\n\t* PUT /people/1: no\n\t* another\n\n';
    const events = eventsOf(jobOf('up', 'a'), event.diagnostic(urn('User', 'a/a@a'), text));
    expect(events.problemsOf('a')).toEqual([{ resource: 'User a/a@a', message: 'PUT /people/1: no\nanother' }]);
  });

  it('of a plugin that was killed says what to do', () => {
    const events = eventsOf(jobOf('up', 'a'), event.diagnostic(urn('User', 'a/a@a'), 'error reading from server: EOF'));
    expect(events.problemsOf('a')[0]?.message).toMatch(/plugin ended unexpectedly\. Run again/);
  });

  it('is the whole stack where a problem is that of no resource of ours', () => {
    const events = eventsOf(jobOf('up', 'a'), event.diagnostic(STACK, 'a bug'), event.judged(STACK, 'mandatory'));
    expect(events.general).toEqual(['a bug', expect.stringMatching(/not allowed/)]);
  });
});

describe('what is refused', () => {
  const refusing = (...keys: [string, string][]) =>
    eventsOf(jobOf('up'), ...keys.map(([type, name]) => event.diagnostic(urn(type, name), 'no')));
  const existing = (...keys: [string, string][]) => keys.map(([type, name]) => urn(type, name));

  it('is left out of the program where it does not exist, with what needs it', async () => {
    const refused = new RefusedResources(jobOf('up', 'a', 'b'), async () => []);
    expect(await refused.add(refusing(['CustomerOrg', 'a'], ['Location', 'b/Denver']))).toBe(2);
    const keys = [
      'CustomerOrg::a',
      'User::a/b@a',
      'CustomerOrg::b',
      'Location::b/Denver',
      'User::b/a@b',
      'User::b/b@b',
    ];
    expect(keys.filter((key) => refused.leavesOut(key))).toEqual(
      keys.filter((key) => !['CustomerOrg::b', 'User::b/b@b'].includes(key)),
    );
    expect(refused.excluded).toEqual([]);
  });

  it('is left unchanged if it exists, and its dependents continue', async () => {
    const all = existing(['CustomerOrg', 'a'], ['User', 'a/a@a']);
    const refused = new RefusedResources(jobOf('up', 'a'), async () => all);
    await refused.add(refusing(['CustomerOrg', 'a']));
    expect(refused.excluded).toEqual([urn('CustomerOrg', 'a')]);
    expect(refused.leavesOut('CustomerOrg::a')).toBe(false);
    expect(refused.leavesOut('User::a/a@a')).toBe(false);
    expect(refused.leavesOut('User::a/b@a')).toBe(false);
  });

  it('keeps what exists although what it needs is refused and new', async () => {
    const refused = new RefusedResources(jobOf('up', 'a'), async () =>
      existing(['CustomerOrg', 'a'], ['User', 'a/a@a']),
    );
    await refused.add(refusing(['Location', 'a/Denver']));
    expect(refused.leavesOut('Location::a/Denver')).toBe(true);
    expect(refused.excluded).toEqual([urn('User', 'a/a@a')]);
  });

  it('is news once, and never an operation that failed', async () => {
    const refused = new RefusedResources(jobOf('up', 'a'), async () => []);
    expect(await refused.add(refusing(['User', 'a/a@a']))).toBe(1);
    expect(await refused.add(refusing(['User', 'a/a@a']))).toBe(0);
    const tried = eventsOf(
      jobOf('up', 'a'),
      event.failed('User', 'a/b@a'),
      event.diagnostic(urn('User', 'a/b@a'), 'no'),
    );
    expect(await refused.add(tried)).toBe(0);
  });
});
