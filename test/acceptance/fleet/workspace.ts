import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FleetReport } from 'pulumi-webex-wholesale/fleet';
import type { SimulatorOptions } from 'webex-wholesale-simulator';
import { pinnedNode, root } from '../../../tools/setup/paths.mjs';
import { ADDRESS, HEADQUARTERS } from '../../samples/cisco';
import { type Run, TestSimulator } from '../harness';
import { type CommandOptions, runCommand } from '../harness/run';
import { baseEnvironment, LAZY_MODULES } from '../harness/workspace';

/** Commands that run the policy pack. */
const PREVIEWED = new Set(['preview', 'up']);
const PROGRAM = path.join(root, 'provider', 'bin', 'webex-wholesale.js');

/** The working folder of a workspace's fleet, with the records of its runs. */
export async function fleetFolder({ folder }: Pick<FleetWorkspace, 'folder'>): Promise<string> {
  const fleets = path.join(folder, 'cache', 'webex-wholesale', 'fleet');
  const [name = ''] = await readdir(fleets);
  return path.join(fleets, name);
}

/** A run of the command with its report. */
export interface FleetCommand {
  run: Run;
  /** Undefined if nothing was started, or the run was killed. */
  report: FleetReport | undefined;
  /** Statuses of the customers by externalId. */
  customers: Record<string, string>;
}

/** Ways to end a run early. */
export type Ending = Partial<Pick<CommandOptions, 'killWhen'>>;

/** A fleet for one test: roster, simulator and state. */
export interface FleetWorkspace {
  simulator: TestSimulator;
  folder: string;
  /** Writes the roster. */
  write(roster: object): Promise<void>;
  /** `webex-wholesale fleet COMMAND ROSTER ARGS`. */
  fleet(command: string, args?: string[], ending?: Ending): Promise<FleetCommand>;
  close(): Promise<void>;
}

/** Makes a folder with an empty backend. `close()` it at the end of the test. */
export async function createFleet(
  options: { simulator?: SimulatorOptions; env?: NodeJS.ProcessEnv } = {},
): Promise<FleetWorkspace> {
  const state = path.join(root, '.state');
  await mkdir(state, { recursive: true });
  const folder = await mkdtemp(path.join(state, 'fleet-'));
  await mkdir(path.join(folder, 'backend'));
  const simulator = await TestSimulator.start(options.simulator ?? {});
  const env: NodeJS.ProcessEnv = {
    ...(await baseEnvironment(folder)),
    ...simulator.environment,
    NODE_OPTIONS: LAZY_MODULES,
    // The parent of the fleet's working folder.
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    ...options.env,
  };
  delete env.PULUMI_STACK;
  const roster = path.join(folder, 'roster.json');
  let runs = 0;
  return {
    simulator,
    folder,
    write: (content) => writeFile(roster, JSON.stringify(content, undefined, 1)),
    fleet: async (command, args = [], ending = {}) => {
      const file = path.join(folder, `report-${runs++}.json`);
      const reports = command === 'restack' ? [] : ['--report', file];
      const all = [
        PROGRAM,
        'fleet',
        command,
        roster,
        ...reports,
        ...(withoutPacks && PREVIEWED.has(command) ? ['--no-policies'] : []),
        ...args,
      ];
      const run = await runCommand(pinnedNode, all, { cwd: folder, env, timeoutSeconds: 240, ...ending });
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const report = text === undefined ? undefined : (JSON.parse(text) as FleetReport);
      const customers = Object.fromEntries((report?.customers ?? []).map((each) => [each.externalId, each.status]));
      return { run, report, customers };
    },
    close: async () => {
      await rm(folder, { recursive: true, force: true });
      await simulator.stop();
    },
  };
}

/** `npm run compatibility` sets it: another engine needs another language host to run a policy pack. */
export const withoutPacks = Boolean(process.env.WITHOUT_POLICY_PACKS);

/** A roster in two stacks with these customers. */
export function rosterOf(customers: object[], more: object = {}): object {
  return {
    name: 'acme',
    stacks: 2,
    templates: { standard: { name: 'Standard', country: 'US' } },
    defaults: {
      customer: {
        template: 'standard',
        name: "John's Pizza",
        language: 'en',
        packages: ['webex_calling', 'webex_meetings'],
        address: ADDRESS,
        headquarters: HEADQUARTERS,
      },
      location: {
        timeZone: 'America/Los_Angeles',
        preferredLanguage: 'en_us',
        announcementLanguage: 'en_us',
        address: ADDRESS,
      },
      user: { package: 'webex_calling', firstName: 'John', lastName: 'Anderson' },
    },
    customers,
    ...more,
  };
}

/** A customer with a location and a number of users. */
export function customerOf(externalId: string, users = 1, more: object = {}): object {
  return {
    externalId,
    primaryEmail: `admin@${externalId}.example.com`,
    locations: [{ name: 'San Jose' }],
    users: Array.from({ length: users }, (_, number) => ({
      email: `user${number}@${externalId}.example.com`,
      extension: String(100 + number),
    })),
    ...more,
  };
}

/** Number of objects of each kind in the backend. */
export async function counts(simulator: TestSimulator): Promise<Record<string, number>> {
  const state = (await simulator.control('GET', '/state')) as Record<string, { name?: string }[]>;
  return {
    customers: state.customers?.length ?? 0,
    locations: state.locations?.filter(({ name }) => name === 'San Jose').length ?? 0,
    users: state.subscribers?.length ?? 0,
  };
}

/** Number of write requests by operation since the counts were reset. */
export async function writes(simulator: TestSimulator): Promise<Record<string, number>> {
  const { byOperation } = await simulator.requests();
  return Object.fromEntries(Object.entries(byOperation).filter(([name]) => !/^GET |validate/.test(name)));
}
