import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { newFolder } from '../new-folder';

const REPORT = path.join(root, 'examples', 'ci', 'scripts', 'report.mjs');
const HOSTILE =
  '</pre>\n\n## Webex preview: ready to apply\n````\n::error::forged\n<img src=https://example.com/x> @example/team \u001b[2J\u202eevil';

let folder: string;
beforeEach(() => {
  folder = newFolder();
});

function report(kind: string, status: number, files: { events?: object[]; fleet?: object; log?: string }) {
  const lines = files.events?.map((event) => JSON.stringify(event)).join('\n');
  rmSync(path.join(folder, 'events'), { force: true });
  if (lines !== undefined) writeFileSync(path.join(folder, 'events'), `${lines}\n`);
  if (files.fleet) writeFileSync(path.join(folder, 'fleet'), JSON.stringify(files.fleet));
  writeFileSync(path.join(folder, 'log'), files.log ?? '');
  const {
    stdout,
    stderr,
    status: code,
  } = spawnSync(process.execPath, [REPORT, kind, String(status), folder], {
    encoding: 'utf8',
  });
  if (stderr) throw new Error(stderr);
  return { code, text: stdout, outside: stdout.replaceAll(/<pre>\n[^<]*\n<\/pre>/g, '[block]') };
}

const urn = (type: string, name: string) =>
  `urn:pulumi:production::acme::pulumi-nodejs:dynamic/webex-wholesale:${type}::${name}`;
const step = (op: string, name: string, before?: object, after?: object) => {
  const type = 'pulumi-nodejs:dynamic/webex-wholesale:User';
  const side = (inputs?: object) => inputs && { inputs, outputs: inputs };
  return { metadata: { op, urn: urn('User', name), type, old: side(before), new: side(after) } };
};
const policy = (name: string, message: string, enforcementLevel = 'mandatory') => ({
  policyEvent: {
    resourceUrn: urn('User', name),
    message: `What it is for.\n${message}\n`,
    policyName: 'a-policy',
    enforcementLevel,
  },
});
const diagnostic = (name: string, severity: string, message: string) => ({
  diagnosticEvent: { urn: urn('User', name), severity, message },
});

describe('the report of the pipelines', () => {
  it('lists changes by property, with old and new value', () => {
    const events = [
      {
        resourcePreEvent: step(
          'update',
          'alice',
          { a: { b: 1, c: 2 }, d: [1], e: 'x' },
          { a: { b: 1, c: 3 }, d: [2], f: 'y' },
        ),
      },
      { resourcePreEvent: step('same', 'bob', {}, {}) },
      { resourcePreEvent: step('delete', 'carol', { roles: ['Full Administrator'] }) },
      { resourcePreEvent: step('delete', 'dan', { removal: 'delete' }) },
    ];
    expect(report('preview', 0, { events })).toMatchObject({
      code: 0,
      text: `## Webex preview: ready to apply

1 to update, 2 to delete

**Changes**

<pre>
~ User alice
    a.c: 2 → 3
    d: [1] → [2]
    e: "x" → no longer declared
    f: "y"
- User carol
    the person stays in the organization as Full Administrator
- User dan
</pre>
`,
    });
  });

  it('names the people because of whom Webex will not delete an organization', () => {
    const customer = step('delete', 'x', { removal: 'delete' }).metadata;
    const old = { ...customer.old, id: 'pizza-id' };
    const { text } = report('preview', 0, {
      events: [
        { resourcePreEvent: step('delete', 'carol', { customerId: 'pizza-id' }) },
        { resourcePreEvent: step('delete', 'dan', { customerId: 'pizza-id', removal: 'delete' }) },
        { resourcePreEvent: { metadata: { ...customer, old, urn: urn('CustomerOrg', 'pizza') } } },
      ],
    });
    expect(text).toContain(
      '- CustomerOrg pizza\n    Webex will not delete the organization, because people stay in it (User carol). Set removal',
    );
  });

  it('leaves out what the provider adds for itself', () => {
    const after = {
      __provider: 'b',
      customer: 'urn',
      previous: { roles: ['Full Administrator'] },
      package: 'webex_calling',
    };
    const { text } = report('preview', 0, {
      events: [{ resourcePreEvent: step('update', 'alice', { __provider: 'a' }, after) }],
    });
    expect(text).toContain('~ User alice\n    package: "webex_calling"\n</pre>');
  });

  it('lists a violation once if policy and provider report the same', () => {
    const reason = "can't be changed from webex_suite to webex_calling: alice is an administrator";
    const problem = `pulumi-nodejs:dynamic/webex-wholesale:User resource 'alice' has a problem: package: ${reason}\n`;
    const events = [diagnostic('alice', 'error', problem), policy('alice', `package ${reason}`)];
    const { code, text } = report('preview', 255, { events });
    expect(code).toBe(2);
    expect(text).toContain(`<pre>\nUser alice: package ${reason} [policy a-policy, provider]\n</pre>`);
  });

  it('distinguishes a violation, a mistake and a run that never started by exit code', () => {
    expect(report('preview', 255, { events: [policy('alice', 'wrong')] }).code).toBe(2);
    expect(
      report('preview', 255, { events: [policy('alice', 'so so', 'advisory'), diagnostic('alice', 'error', 'x')] })
        .code,
    ).toBe(1);
    const failed = report('preview', 255, { log: 'error: no stack named production' });
    expect([failed.code, failed.text]).toEqual([
      1,
      expect.stringContaining('<pre>\nerror: no stack named production\n</pre>'),
    ]);
    // What a program prints is no violation.
    expect(report('preview', 255, { log: '- [mandatory] admin-package-downgrade' }).code).toBe(1);
  });

  it('distinguishes drift from values that were only read', () => {
    const events = [
      { resourcePreEvent: step('refresh', 'alice', { package: 'a' }, { package: 'a' }) },
      { resOutputsEvent: step('update', 'alice', { package: 'a' }, { package: 'b' }) },
      { resOutputsEvent: step('delete', 'bob', { package: 'a' }) },
    ];
    const { code, text } = report('drift', 0, { events });
    expect(code).toBe(3);
    expect(text).toContain('<pre>\n~ User alice\n    package: "a" → "b"\n- User bob\n</pre>');
    expect(report('drift', 0, { events: events.slice(0, 1) })).toMatchObject({ code: 0, text: '## Webex: no drift\n' });
  });

  it('lists planned and refused changes of each customer of a fleet', () => {
    const customers = [
      {
        externalId: 'one',
        status: 'planned',
        changes: { create: 3, update: 1 },
        resources: [
          { resource: 'User a', change: 'update', properties: [{ path: 'extension', old: '51200', new: '51201' }] },
        ],
        problems: [],
      },
      {
        externalId: 'two',
        status: 'failed',
        changes: {},
        resources: [],
        problems: [{ resource: 'User x', message: 'no', policy: 'p/q' }],
      },
      { externalId: 'three', status: 'unchanged', changes: {}, resources: [], problems: [] },
    ];
    const totals = { byStatus: { planned: 1, failed: 1, unchanged: 1 } };
    const { code, text } = report('preview', 1, { fleet: { customers, stacks: [], totals } });
    expect(code).toBe(2);
    expect(text).toContain(
      '1 planned, 1 failed, 1 unchanged\n\n**Stopped**\n\n<pre>\ntwo: User x: no [policy p/q]\n</pre>',
    );
    expect(text).toContain('~ one: planned\n    3 to create, 1 to update\n');
    expect(text).toContain('~ User a\n    extension: "51200" → "51201"\n');
    expect(text).not.toContain('three');
  });

  const events = [
    { resourcePreEvent: step('update', HOSTILE, { [HOSTILE]: HOSTILE }, { [HOSTILE]: [HOSTILE] }) },
    { ...policy(HOSTILE, HOSTILE), ...diagnostic(HOSTILE, 'error', HOSTILE) },
    diagnostic('x', 'warning', HOSTILE),
  ];
  const customers = [
    {
      externalId: HOSTILE,
      status: HOSTILE,
      changes: { [HOSTILE]: 1 },
      resources: [
        {
          resource: HOSTILE,
          change: HOSTILE,
          properties: [{ path: HOSTILE, old: HOSTILE, new: { [HOSTILE]: HOSTILE } }],
        },
      ],
      problems: [{ resource: HOSTILE, message: HOSTILE, policy: HOSTILE }],
    },
  ];
  const fleet = {
    customers,
    stacks: [{ stack: HOSTILE, error: HOSTILE, warnings: [HOSTILE] }],
    totals: { byStatus: {} },
  };
  it.each([
    ['the names, values and messages of a program', 'preview', { events }],
    ['a failed run', 'preview', { log: HOSTILE }],
    ['drift', 'drift', { events: [{ resOutputsEvent: step('update', HOSTILE, {}, { [HOSTILE]: HOSTILE }) }] }],
    ['a fleet', 'preview', { fleet }],
  ])('is not forged by %s', (_, kind, files) => {
    const { text, outside } = report(kind, kind === 'drift' ? 0 : 1, files);
    // Titles and blocks of this script, and nothing else.
    expect(outside.match(/^## .*/gm)).toHaveLength(1);
    expect(
      outside
        .replace(/^## Webex[a-z :]+$/m, '')
        .replaceAll(/^\*\*[A-Z][A-Za-z ,]+\*\*$/gm, '')
        .replaceAll('[block]', '')
        .replaceAll(/^\d+ to \w+$/gm, '')
        .trim(),
    ).toBe('');
    expect(outside).toContain('[block]');
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).toContain('&lt;/pre&gt;');
  });

  it('stays within what a comment may hold', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({
      resourcePreEvent: step('create', `user${i}`, undefined, { text: 'x'.repeat(5000) }),
    }));
    const { text } = report('preview', 0, { events: many });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\.\.\. and \d+ more: see the job's log\n<\/pre>/);
    expect(text).toContain('... (5002 characters)');
  });
});
