// Runs the quickstart with the real pulumi CLI: selects the Webex to use, the backend and the stack.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { root } from '../setup/paths.mjs';
import { capture, foreground } from '../setup/run-command.mjs';
import { explain, SetupError } from '../setup/say.mjs';

const stateFolder = path.join(root, '.state');

/** The simulator's database. It is kept, so that a second run finds the objects of the first. */
export const database = path.join(stateFolder, 'simulator.db');

/** The example with the Webex that it uses. */
export interface Example {
  /** Runs pulumi in the foreground. @returns its exit code */
  pulumi(...args: string[]): Promise<number>;
  /** The embedded simulator, unless WEBEX_BASE_URL names another Webex. */
  simulator: Simulator | undefined;
}

/**
 * Prepares the example and runs `work`, which returns an exit code. It uses WEBEX_BASE_URL if that is set and
 * `allowOther` is true, else the embedded simulator. They have separate stacks, because their IDs differ.
 */
export async function withExample(allowOther: boolean, work: (example: Example) => Promise<number>): Promise<number> {
  mkdirSync(path.join(stateFolder, 'backend'), { recursive: true });
  const other = process.env.WEBEX_BASE_URL;
  try {
    if (other && allowOther) {
      note(`against ${other} (WEBEX_BASE_URL), not the simulator`);
      return await work(await onStack(process.env.PULUMI_STACK ?? stackNameFor(other), otherEnvironment()));
    }
    if (other) note('WEBEX_BASE_URL is not used here; `npm run pulumi -- up` is for another Webex than the simulator');
    return await withSimulator(work);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    explain(error);
    return 1;
  }
}

async function withSimulator(work: (example: Example) => Promise<number>): Promise<number> {
  const simulator = await startSimulator({ database });
  note(`against the embedded simulator at ${simulator.url}, data in ${path.relative(root, database)}`);
  try {
    return await work({ ...(await onStack('quickstart', simulatorEnvironment(simulator))), simulator });
  } finally {
    await simulator.stop();
  }
}

/** Selects the stack, or creates it. */
async function onStack(stack: string, environment: NodeJS.ProcessEnv): Promise<Example> {
  const env: NodeJS.ProcessEnv = { ...environment, PULUMI_STACK: stack };
  const known = path.join(stateFolder, 'backend', '.pulumi', 'stacks', 'webex-wholesale-quickstart', `${stack}.json`);
  if (env.PULUMI_BACKEND_URL !== localBackend || !existsSync(known)) {
    const args = ['stack', 'select', '--create', stack, '--non-interactive'];
    const { exitCode, output } = await capture('pulumi', args, { cwd: root, env });
    if (exitCode !== 0) {
      const remedy = 'See what pulumi says above.';
      throw new SetupError(`the stack ${stack} can be neither selected nor created`, remedy, output);
    }
  }
  return { pulumi: (...args) => foreground('pulumi', args, { cwd: root, env }), simulator: undefined };
}

const localBackend = `file://${path.join(stateFolder, 'backend')}`;

/** Settings of every run: pulumi doesn't use the user's ~/.pulumi and doesn't check for updates. */
const quiet: NodeJS.ProcessEnv = {
  PULUMI_HOME: path.join(stateFolder, 'pulumi-home'),
  PULUMI_SKIP_UPDATE_CHECK: 'true',
  // Each command starts two Node.js processes that load Pulumi's SDK. Compiling it takes a third of their time.
  NODE_COMPILE_CACHE: path.join(root, '.state', 'node-compile-cache'),
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
};

/** Pulumi needs a passphrase for a local state. This one is public: the state contains no secret. */
const openPassphrase = 'protects-nothing';

function simulatorEnvironment(simulator: Simulator): NodeJS.ProcessEnv {
  // Don't pass credentials for another Webex on.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WEBEX_'));
  return {
    ...Object.fromEntries(inherited),
    ...quiet,
    PULUMI_BACKEND_URL: localBackend,
    PULUMI_CONFIG_PASSPHRASE: openPassphrase,
    WEBEX_BASE_URL: simulator.baseUrl,
    WEBEX_ACCESS_TOKEN: simulator.token,
    WEBEX_TEMPLATE_API_URL: simulator.templateApiUrl,
  };
}

/** Uses another Webex than the simulator. The environment selects the backend, as always with Pulumi. */
function otherEnvironment(): NodeJS.ProcessEnv {
  const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  return {
    ...process.env,
    ...quiet,
    PULUMI_BACKEND_URL: PULUMI_BACKEND_URL ?? localBackend,
    ...(PULUMI_CONFIG_PASSPHRASE_FILE ? {} : { PULUMI_CONFIG_PASSPHRASE: PULUMI_CONFIG_PASSPHRASE ?? openPassphrase }),
  };
}

/** Stack name for a URL: `webexapis.com` for `https://webexapis.com/v1`. Forbidden characters become hyphens. */
function stackNameFor(baseUrl: string): string {
  // The provider refuses an invalid URL, with the reason.
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'other';
  return host.replace(/[^a-zA-Z0-9._-]/g, '-');
}

// On stderr, so that pulumi's stdout can be used in a pipe.
function note(text: string): void {
  process.stderr.write(`[example] ${text}\n`);
}
