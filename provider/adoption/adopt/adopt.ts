import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { typeAndName } from '../../dynamic/urn';
import { ownerText, tokenOwner } from '../../resources/define/partner';
import type { Run } from '../../resources/run/run';
import { counted } from '../../terminal/terminal';
import type { Identity } from '../../webex/identity';
import { configOf } from './config';
import { type Declared, type Listing, listing } from './declared';
import { type Difference, differences } from './differences';
import { Finder, type Finding } from './find';
import { importFile } from './import-file';
import { type Ended, type Project, pulumi } from './pulumi';
import { refuseOtherToken } from './token';
import { wrongWith } from './valid';

/** A declared object that was not recorded, with the reason. */
export interface NotAdopted {
  urn: string;
  why: string;
}

/** The result of an adoption. */
export interface Adoption {
  /** URNs of the resources that were added to the state. */
  adopted: string[];
  /** Objects that aren't in Webex: the next `pulumi up` creates them. */
  absent: NotAdopted[];
  /** The owner of the token, if objects are absent: Webex doesn't show another partner's objects to this owner. */
  tokenOwner?: string;
  /** Objects that are in Webex and were not adopted. */
  refused: NotAdopted[];
  /** The changes in the next preview. */
  next: Difference[];
  /** The reason why the next preview fails. */
  nextFails?: string;
}

/** Prints the progress of an adoption. */
export type Say = (text: string) => void;

/**
 * Adds to a stack's state the declared objects that already exist in Webex. Writes nothing to Webex. It can be run
 * again, also after a kill: recorded objects don't change.
 * @param runFor makes a run with the stack's configuration
 * @throws Error with Pulumi's message if the program fails or the stack is locked
 */
export async function adopt(
  project: Project,
  runFor: (config: ReadonlyMap<string, string>) => Run,
  say: Say,
): Promise<Adoption> {
  say('asking Pulumi what the program declares');
  const listed = await listing(project);
  let recorded: Recorded = { adopted: new Map(), absent: [], refused: [] };
  let owner: Identity | undefined;
  if (listed.missing.length > 0) {
    const config = await configOf(project);
    const run = runFor(config);
    try {
      say(`looking for ${counted(listed.missing.length, 'object')} in Webex that the state doesn't hold`);
      const missing = withDefaults(listed.missing, config.get('onBehalfOfSubPartnerOrgId'));
      recorded = await recordExisting(project, { ...listed, missing }, run, say);
      if (recorded.absent.length > 0) owner = await tokenOwner(run);
    } finally {
      await run.webex.close();
    }
  }
  say('previewing');
  const next = await differences(project);
  const adopted = [...recorded.adopted.keys()];
  const result = { ...recorded, adopted, next: [], ...(owner && { tokenOwner: ownerText(owner) }) };
  return 'fails' in next ? { ...result, nextFails: next.fails } : { ...result, next: next.differences };
}

/** The result of recording the missing objects. */
export interface Recorded {
  /** IDs of the recorded objects, by URN. */
  adopted: Map<string, string>;
  absent: NotAdopted[];
  refused: NotAdopted[];
}

/**
 * Looks in Webex for the resources that a state lacks, and makes Pulumi import those that exist.
 * @throws Error if the token is that of another partner than the recorded objects, or with Pulumi's message
 */
export async function recordExisting(project: Project, listed: Listing, run: Run, say: Say): Promise<Recorded> {
  await refuseOtherToken(run, listed);
  const { missing } = listed;
  const findings = await new Finder(run.webex).find(missing, listed.recorded);
  withoutInvalid(missing, findings);
  withoutDuplicates(missing, listed, findings);
  const result: Recorded = { adopted: new Map(), absent: [], refused: [] };
  const found = sorted(findings, result);
  if (found.size === 0) return result;
  say(`importing ${counted(found.size, 'object')}; nothing is written to Webex`);
  await importAll(project, listed, found);
  for (const [urn, { id }] of found) result.adopted.set(urn, id);
  return result;
}

function sorted(
  findings: ReadonlyMap<string, Finding>,
  result: Recorded,
): Map<string, Extract<Finding, { status: 'found' }>> {
  const found = new Map<string, Extract<Finding, { status: 'found' }>>();
  for (const [urn, finding] of findings) {
    if (finding.status === 'found') found.set(urn, finding);
    else result[finding.status].push({ urn, why: finding.why });
  }
  return found;
}

/** Omits objects with invalid declarations, which would be recorded. */
function withoutInvalid(missing: readonly Declared[], findings: Map<string, Finding>): void {
  for (const { urn, kind } of missing) {
    const finding = findings.get(urn);
    const wrong = finding?.status === 'found' ? wrongWith(kind, finding.declared) : undefined;
    if (wrong !== undefined) findings.set(urn, { status: 'refused', why: `the declaration is wrong: ${wrong}` });
  }
}

/** Refuses an object that two resources declare, or that the state has under another name. */
function withoutDuplicates(missing: readonly Declared[], { recorded }: Listing, findings: Map<string, Finding>): void {
  const holders = new Map(recorded.map(({ kind, id, urn }) => [`${kind}:${id}`, urn]));
  const claimed = new Map<string, string>();
  for (const { urn, kind } of missing) {
    const finding = findings.get(urn);
    if (finding?.status !== 'found') continue;
    const key = `${kind}:${finding.id}`;
    const holder = holders.get(key);
    const other = claimed.get(key);
    claimed.set(key, other ?? urn);
    if (holder !== undefined) {
      const why = `the state has it already, as ${nameOf(holder)}. For a new name, give the resource an alias, or pulumi state rename`;
      findings.set(urn, { status: 'refused', why });
    } else if (other !== undefined) {
      const why = (name: string) => `the program declares it twice: ${name} is it, too. Remove one of them`;
      findings.set(urn, { status: 'refused', why: why(nameOf(other)) });
      findings.set(other, { status: 'refused', why: why(nameOf(urn)) });
    }
  }
}

/** Adds the sub-partner of the configuration to resources without one. */
function withDefaults(missing: readonly Declared[], onBehalfOfSubPartnerOrgId: string | undefined): Declared[] {
  return missing.map((each) =>
    onBehalfOfSubPartnerOrgId === undefined || each.kind === 'OnboardingTemplate'
      ? each
      : { ...each, inputs: { onBehalfOfSubPartnerOrgId, ...each.inputs } },
  );
}

/** Makes Pulumi import the found objects. */
async function importAll(
  project: Project,
  { missing, components, parents }: Listing,
  found: ReadonlyMap<string, { id: string; declared: Record<string, unknown> }>,
): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'webex-adopt-'));
  try {
    const ids = new Map([...found].map(([urn, { id }]) => [urn, id]));
    const file = path.join(folder, 'import.json');
    const declared = path.join(folder, 'declared.json');
    writeFileSync(file, JSON.stringify(importFile(missing, components, parents, ids)));
    writeFileSync(declared, JSON.stringify(Object.fromEntries([...found].map(([urn, each]) => [urn, each.declared]))));
    const run = await pulumi(project, [...IMPORT, '--file', file], declared);
    if (run.exitCode !== 0) throw new Error(failed(run));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function failed({ stdout, stderr }: Ended): string {
  const output = `pulumi import failed:\n${[stdout, stderr].map((text) => text.trim()).join('\n')}`;
  const after =
    'If another pulumi command is running, such as that of an adopt that was killed, wait for its end. Else only pulumi cancel ' +
    'removes the lock. Then adopt once more';
  return /currently locked/.test(output)
    ? `${output}\n${after}`
    : `${output}\nWhat is recorded stays; adopt once more to go on`;
}

/** Imports without protection, as `pulumi up` creates; the program decides what is protected. */
const IMPORT = ['import', '--yes', '--skip-preview', '--protect=false', '--generate-code=false'];

/** `User alice.anderson@acme.com` of a URN. */
export function nameOf(urn: string): string {
  const { type, name } = typeAndName(urn);
  return `${type.split(':').at(-1)} ${name}`;
}
