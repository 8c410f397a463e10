import { expect } from 'vitest';
import { ADDRESS, EXTERNAL_ID, PROVISIONING_ID } from '../../samples/cisco';
import type { Run, Workspace } from '../harness';

/** Source of valid inputs, of which a test makes one invalid. */
const PRELUDE = `
const { CustomerOrg, Location, OnboardingTemplate, User } = require('pulumi-webex-wholesale');
const provisioningId = '${PROVISIONING_ID}';
const address = ${JSON.stringify(ADDRESS)};
const headquarters = {
  name: 'Head Office', address, timeZone: 'America/Los_Angeles', language: 'en_us', supportedLocationVerified: true,
};
const customer = {
  provisioningId, externalId: '${EXTERNAL_ID}', name: "John's Pizza", address, headquarters,
  primaryEmail: 'john.anderson@acme.com', packages: ['webex_calling', 'webex_meetings'],
};
const location = {
  name: 'Denver', timeZone: 'America/Denver', preferredLanguage: 'en_us', announcementLanguage: 'en_us', address,
};
const user = {
  email: 'alice.anderson@acme.com', firstName: 'Alice', lastName: 'Anderson', package: 'webex_calling', extension: '51301',
};
`;

/** A program with valid inputs as variables: `customer`, `headquarters`, `address`, `location`, `user`. */
export function program(body: string): string {
  return PRELUDE + body;
}

/**
 * The errors, without the engine's "update failed", which has no more information than the exit code.
 */
export function causes(run: Run): string[] {
  const [, diagnostics = ''] = run.all.split(/^Diagnostics:$/m);
  const errors = [...diagnostics.matchAll(/^ {4}error: (.*(?:\n {4}(?! *(?:error|warning):).*)*)/gm)];
  return errors.map(([, message = '']) => message.trim()).filter((message) => message !== 'update failed');
}

/** Checks that the text of an error is readable. */
export function expectReadable(message: string): void {
  expect(message, 'no stack trace').not.toMatch(/^\s*at .*:\d+:\d+/m);
  expect(message, 'no empty value').not.toContain('<nil>');
  expect(message, 'not said twice').not.toMatch(/(.{50,})[\s\S]*\1/);
}

/**
 * The objects in Webex and the resources in the state, which a refused run must not change.
 */
async function snapshot(workspace: Workspace) {
  const { resources = [], pending_operations = [] } = (await workspace.stackExport()).deployment;
  const ours = resources.filter(({ type }) => type.includes('webex-wholesale'));
  // Ignore finished jobs, which are no objects: removing a location leaves one.
  const { jobs: _, ...backend } = (await workspace.simulator.control('GET', '/state')) as Record<string, unknown>;
  return {
    backend,
    // Pulumi records resources in the order of their registration.
    stack: Object.fromEntries(ours.map(({ urn, id, inputs, outputs }) => [urn, { id, inputs, outputs }])),
    pending: pending_operations,
  };
}

/** The expected failure of a program. */
export interface Refusal {
  program: string;
  /** The only error: property path, colon and message. */
  says: string | RegExp;
  /** False if preview can't detect the failure and succeeds. */
  atPreview?: boolean;
  /** True to omit `pulumi up` without preview. */
  atPreviewOnly?: boolean;
  /** False if Webex refuses a write request. */
  withoutWrites?: boolean;
}

/**
 * Runs a program that must be refused, as preview and as `pulumi up --skip-preview`: exactly one error each, readable,
 * no write request, and nothing left behind in the backend or in the state.
 */
export async function expectRefused(workspace: Workspace, refusal: Refusal): Promise<void> {
  const before = await snapshot(workspace);
  await workspace.setProgram(refusal.program);
  await workspace.simulator.resetRequests();

  const preview = await workspace.preview();
  if (refusal.atPreview ?? true) {
    const errors = preview.fails().diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ message }) => message.trim())).toEqual([expect.stringMatching(refusal.says)]);
    for (const { message } of errors) expectReadable(message);
    // Plain text of the plugin would repeat the error.
    expect(preview.diagnostics.filter(({ severity }) => severity === 'info#err')).toEqual([]);
  } else {
    preview.ok();
  }

  if (refusal.atPreviewOnly !== true) {
    const found = causes((await workspace.up()).fails());
    expect(found).toEqual([expect.stringMatching(refusal.says)]);
    for (const message of found) expectReadable(message);
  }
  if (refusal.withoutWrites ?? true) expect((await workspace.simulator.requests()).writes).toBe(0);
  expect(await snapshot(workspace)).toEqual(before);
}

/**
 * Runs a program with several bad resources: preview names all errors, `pulumi up --skip-preview` at least one of them;
 * all are readable, there is no write request, and nothing is left behind.
 *
 * @returns the errors of each resource in preview, by its name
 */
export async function errorsByResource(workspace: Workspace, source: string): Promise<Record<string, string[]>> {
  const before = await snapshot(workspace);
  await workspace.setProgram(source);
  await workspace.simulator.resetRequests();

  const { diagnostics } = (await workspace.preview()).fails();
  // Plain text of the plugin would repeat the error.
  expect(diagnostics.filter(({ severity }) => severity === 'info#err')).toEqual([]);
  // In --json, Pulumi's "error: " is a part of the message.
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ urn = '', message }) => ({
      name: urn.split('::').at(-1) ?? '',
      message: message.trim().replace(/^error: /, ''),
    }));
  for (const { message } of errors) expectReadable(message);

  const found = causes((await workspace.up()).fails());
  expect(found.length).toBeGreaterThan(0);
  for (const each of found) expect(errors.map(({ message }) => message)).toContain(each);
  expect(new Set(found).size).toBe(found.length);
  expect((await workspace.simulator.requests()).writes).toBe(0);
  expect(await snapshot(workspace)).toEqual(before);
  const byResource: Record<string, string[]> = {};
  for (const { name, message } of errors) byResource[name] = [...(byResource[name] ?? []), message];
  return byResource;
}
