import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { SimulatorOptions } from 'webex-wholesale-simulator';
import { pinnedNode, root } from '../../../tools/setup/paths.mjs';
import { pulumiFolder } from '../../../tools/setup/pulumi-cli.mjs';
import { Preview } from './preview';
import { type CommandOptions, type Run, runCommand } from './run';
import { TestSimulator } from './simulator';

export interface WorkspaceOptions {
  /**
   * Source of the Pulumi program, CommonJS: `const webex = require('pulumi-webex-wholesale')`, outputs by
   * `exports.x`.
   */
  program: string;
  /** `js` (default) runs without the compiler; `ts` is for tests of the compiler's messages. */
  language?: 'js' | 'ts';
  /** Options of the simulator; by default provisioning takes 0.2 s. */
  simulator?: SimulatorOptions;
  /** Additional environment variables; `undefined` removes one. */
  env?: NodeJS.ProcessEnv;
}

/** A Pulumi project for one test: program, simulator and state. */
export interface Workspace {
  simulator: TestSimulator;
  /** The project's folder, below the checkout, so that the program finds the packages. */
  folder: string;
  /** Replaces the program. */
  setProgram(source: string): Promise<void>;
  /** Changes the environment of the following runs; `undefined` removes a variable. */
  setEnv(env: NodeJS.ProcessEnv): void;
  /** `pulumi up --yes --skip-preview`; tests that need a preview call `preview()`. */
  up(...args: string[]): Promise<Run>;
  /** As `up`, but pulumi and its plugins are killed with SIGKILL when `when` returns true. */
  upKilled(when: () => Promise<boolean>, ...args: string[]): Promise<Run>;
  /** As `up`, with Ctrl-C twice when `when` returns true. */
  upInterrupted(when: () => Promise<boolean>, ...args: string[]): Promise<Run>;
  /** `pulumi preview --json`, parsed. */
  preview(...args: string[]): Promise<Preview>;
  /** `pulumi refresh --yes` without its preview. */
  refresh(...args: string[]): Promise<Run>;
  /** `pulumi destroy --yes` without its preview. */
  destroy(...args: string[]): Promise<Run>;
  /** Any other pulumi command. */
  pulumi(...args: string[]): Promise<Run>;
  /** Any command in the project's folder, with pulumi's environment and additional variables. */
  command(file: string, args?: string[], env?: NodeJS.ProcessEnv): Promise<Run>;
  /** The state, as the file backend has it; `pulumi stack export` prints the same, and takes a second. */
  stackExport(): Promise<StackExport>;
  /** The stack's outputs in the state. */
  outputs(): Promise<Record<string, unknown>>;
  /** Ends the simulator and removes the folder. */
  close(): Promise<void>;
}

export interface StackExport {
  deployment: State;
}

interface State {
  resources?: {
    urn: string;
    type: string;
    id?: string;
    inputs?: Record<string, unknown>;
    outputs?: Record<string, unknown>;
  }[];
  pending_operations?: { resource: { urn: string }; type: string }[];
}

const PROJECT = 'acceptance';
export const STACK = 'test';

/** NODE_OPTIONS of JavaScript programs: `lazy-modules.cjs` says why. */
export const LAZY_MODULES = `--require "${fileURLToPath(new URL('lazy-modules.cjs', import.meta.url))}"`;

/** Makes a project with an empty stack. `close()` it at the end of the test. */
export async function createWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const state = path.join(root, '.state');
  await mkdir(state, { recursive: true });
  const folder = await mkdtemp(path.join(state, 'test-'));
  const simulator = await TestSimulator.start(options.simulator ?? {});
  const close = async () => {
    await rm(folder, { recursive: true, force: true });
    await simulator.stop();
  };
  try {
    const language = options.language ?? 'js';
    const env: NodeJS.ProcessEnv = { ...(await baseEnvironment(folder)), ...simulator.environment, ...options.env };
    if (language === 'js') env.NODE_OPTIONS = LAZY_MODULES;
    await cp(inject('emptyStack'), folder, { recursive: true });
    await writeProject(folder, language);
    const workspace = operations(folder, language, env, simulator, close);
    await workspace.setProgram(options.program);
    return workspace;
  } catch (error) {
    await close();
    throw error;
  }
}

function operations(
  folder: string,
  language: 'js' | 'ts',
  env: NodeJS.ProcessEnv,
  simulator: TestSimulator,
  close: () => Promise<void>,
): Workspace {
  const onStack = (args: string[], ends: Pick<CommandOptions, 'killWhen' | 'interruptWhen'> = {}) =>
    runCommand('pulumi', [...args, '--non-interactive', '--color=never'], {
      cwd: folder,
      env,
      timeoutSeconds: 240,
      ...ends,
    });
  const pulumi = (...args: string[]) => onStack(args);
  const state = async () => {
    const file = path.join(folder, 'backend', '.pulumi', 'stacks', PROJECT, `${STACK}.json`);
    const { checkpoint } = JSON.parse(await readFile(file, 'utf8')) as { checkpoint: { latest?: State | null } };
    return checkpoint.latest ?? {};
  };
  return {
    simulator,
    folder,
    close,
    pulumi,
    command: (file, args = [], more = {}) =>
      runCommand(file, args, { cwd: folder, env: { ...env, ...more }, timeoutSeconds: 240 }),
    setProgram: (source) => writeFile(path.join(folder, `index.${language}`), source),
    setEnv: (changes) => {
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) delete env[name];
        else env[name] = value;
      }
    },
    up: (...args) => pulumi('up', '--yes', '--skip-preview', ...args),
    upKilled: (killWhen, ...args) => onStack(['up', '--yes', '--skip-preview', ...args], { killWhen }),
    upInterrupted: (interruptWhen, ...args) => onStack(['up', '--yes', '--skip-preview', ...args], { interruptWhen }),
    preview: async (...args) => new Preview(await pulumi('preview', '--json', ...args)),
    refresh: (...args) => pulumi('refresh', '--yes', '--skip-preview', ...args),
    destroy: (...args) => pulumi('destroy', '--yes', '--skip-preview', ...args),
    stackExport: async () => ({ deployment: await state() }),
    outputs: async () => (await state()).resources?.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs ?? {},
  };
}

/** Writes the project file, a package.json for the program, and the folder of the backend. */
export async function writeProject(folder: string, language: 'js' | 'ts'): Promise<void> {
  const project = [
    `name: ${PROJECT}`,
    'runtime:',
    '  name: nodejs',
    '  options:',
    `    typescript: ${language === 'ts'}`,
    `main: index.${language}`,
  ];
  await writeFile(path.join(folder, 'Pulumi.yaml'), `${project.join('\n')}\n`);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: PROJECT, main: `index.${language}` }));
  await mkdir(path.join(folder, 'backend'), { recursive: true });
}

/** The environment without the user's settings of Pulumi and Webex. */
export async function baseEnvironment(folder: string): Promise<NodeJS.ProcessEnv> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|WEBEX)_/.test(name));
  const first = [path.dirname(pinnedNode), await pulumiFolder()];
  return {
    ...Object.fromEntries(inherited),
    PATH: [...first, process.env.PATH].join(path.delimiter),
    PULUMI_HOME: path.join(root, '.state', 'test-pulumi-home'),
    PULUMI_BACKEND_URL: `file://${path.join(folder, 'backend')}`,
    PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
    PULUMI_STACK: STACK,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    // Each command starts two or three Node.js processes that load Pulumi's SDK. Compiling it takes a third of their
    // time.
    NODE_COMPILE_CACHE: path.join(root, '.state', 'node-compile-cache'),
  };
}
