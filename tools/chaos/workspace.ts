import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode, root } from '../setup/paths.mjs';
import { TOKEN } from './backend.ts';
import { start } from './processes.ts';

const folder = path.join(root, '.state', 'chaos');
/** Name of project and stack. */
const NAME = 'chaos';
/** The client's timeout in runs with faults; LONG_DELAY_MS in faults.ts is longer. */
const IMPATIENT = { requestTimeoutSeconds: 2, retryTimeoutSeconds: 20 };

/** A resource in Pulumi's checkpoint. */
export interface Recorded {
  urn: string;
  type: string;
  id?: string;
  delete?: boolean;
}

/** The folder of a run: project, program, state, and the simulator's database. */
export class Workspace {
  readonly folder: string;

  private constructor(seed: number) {
    this.folder = path.join(folder, `run-${seed}`);
  }

  /** Makes a new folder with an empty stack. */
  static async make(seed: number): Promise<Workspace> {
    const made = new Workspace(seed);
    rmSync(made.folder, { recursive: true, force: true });
    cpSync(await emptyStack(), made.folder, { recursive: true });
    return made;
  }

  get database(): string {
    return path.join(this.folder, 'simulator.db');
  }

  setProgram(source: string): void {
    writeFileSync(path.join(this.folder, 'index.js'), source);
  }

  /** True if the client has a short timeout, for runs with faults. */
  setImpatient(impatient: boolean): void {
    const file = path.join(this.folder, `Pulumi.${NAME}.yaml`);
    const salt =
      readFileSync(file, 'utf8')
        .split('\n')
        .find((line) => line.startsWith('encryptionsalt:')) ?? '';
    const settings = Object.entries(impatient ? IMPATIENT : {}).map(
      ([key, value]) => `  webex-wholesale:${key}: "${value}"`,
    );
    writeFileSync(file, [salt, ...(settings.length > 0 ? ['config:', ...settings] : []), ''].join('\n'));
  }

  /** The environment of pulumi, with Webex at this port. */
  environment(port: number, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
    return {
      ...environment(this.folder),
      WEBEX_BASE_URL: `http://127.0.0.1:${port}/v1`,
      WEBEX_TEMPLATE_API_URL: `http://127.0.0.1:${port}/simulator/templates`,
      WEBEX_ACCESS_TOKEN: TOKEN,
      ...more,
    };
  }

  /** True if a killed run has left its lock. */
  isLocked(): boolean {
    const locks = path.join(this.folder, 'backend', '.pulumi', 'locks');
    try {
      return readdirSync(locks, { recursive: true }).some((name) => String(name).endsWith('.json'));
    } catch {
      return false;
    }
  }

  /** The resources in Pulumi's state. */
  recorded(): Recorded[] {
    const file = path.join(this.folder, 'backend', '.pulumi', 'stacks', NAME, `${NAME}.json`);
    const state = JSON.parse(readFileSync(file, 'utf8')) as { checkpoint: { latest?: { resources?: Recorded[] } } };
    return state.checkpoint.latest?.resources ?? [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The environment without the user's settings of Pulumi and Webex. */
function environment(cwd: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|WEBEX)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    PATH: [path.dirname(pinnedNode), process.env.PATH].join(path.delimiter),
    PULUMI_HOME: path.join(folder, 'pulumi-home'),
    // Pulumi's file backend writes a file of attributes beside each checkpoint. A kill during that write makes the
    // stack unreadable ("failed to load checkpoint: EOF"), so these files are disabled.
    PULUMI_BACKEND_URL: `file://${path.join(cwd, 'backend')}?metadata=skip`,
    PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
    PULUMI_STACK: NAME,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    NODE_COMPILE_CACHE: path.join(root, '.state', 'node-compile-cache'),
  };
}

let made: Promise<string> | undefined;

/** A project with an empty stack. It is made once and copied, which saves a command in each run. */
function emptyStack(): Promise<string> {
  made ??= makeEmptyStack();
  return made;
}

async function makeEmptyStack(): Promise<string> {
  const empty = path.join(folder, `empty-${process.pid}`);
  rmSync(empty, { recursive: true, force: true });
  mkdirSync(path.join(empty, 'backend'), { recursive: true });
  const runtime = 'runtime:\n  name: nodejs\n  options:\n    typescript: false';
  writeFileSync(path.join(empty, 'Pulumi.yaml'), `name: ${NAME}\n${runtime}\nmain: index.js\n`);
  writeFileSync(path.join(empty, 'package.json'), JSON.stringify({ name: NAME, main: 'index.js' }));
  writeFileSync(path.join(empty, 'index.js'), '');
  const { code, output } = await start('pulumi', ['stack', 'init', NAME], empty, environment(empty)).ended;
  if (code !== 0) throw new Error(`pulumi stack init: exit code ${code}\n${output}`);
  process.on('exit', () => rmSync(empty, { recursive: true, force: true }));
  return empty;
}
