// The quickstart under the real pulumi CLI: which Webex it talks to, where its state is, which stack.
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { root } from '../setup/paths.mjs';
import { capture, foreground } from '../setup/run-command.mjs';
import { explain, SetupError } from '../setup/say.mjs';

const stateFolder = path.join(root, '.state');

/** The simulator's data. It outlives the process, so that a second run finds what the first one made. */
export const database = path.join(stateFolder, 'simulator.db');

/** The example with a Webex to talk to. */
export interface Example {
  /** Runs pulumi in the foreground and returns its exit code. */
  pulumi(...args: string[]): Promise<number>;
  /** The embedded simulator, unless WEBEX_BASE_URL names another Webex. */
  simulator: Simulator | undefined;
}

/**
 * Runs `work`, which returns an exit code, with the example ready: against the embedded simulator, or against
 * WEBEX_BASE_URL where that is set and
 * `allowOther` says so. The two never share a stack, because the IDs that one gave mean nothing to the other.
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

/** Selects the stack, and creates it when it is new. */
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

/** What holds for every run: nothing is written to the user's own ~/.pulumi, and nothing is looked up elsewhere. */
const quiet: NodeJS.ProcessEnv = {
  PULUMI_HOME: path.join(stateFolder, 'pulumi-home'),
  PULUMI_SKIP_UPDATE_CHECK: 'true',
  // Each command starts two Node processes that load Pulumi's SDK: a third of their time is compiling it.
  NODE_COMPILE_CACHE: path.join(root, '.state', 'node-compile-cache'),
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
};

/** Pulumi wants a passphrase for a local state. This one protects nothing: no secret is ever in the state. */
const openPassphrase = 'protects-nothing';

function simulatorEnvironment(simulator: Simulator): NodeJS.ProcessEnv {
  // Credentials for another Webex stay out of it.
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

/** Another Webex than the simulator. The environment names the backend of its state, as always with Pulumi. */
function otherEnvironment(): NodeJS.ProcessEnv {
  const { PULUMI_BACKEND_URL, PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  return {
    ...process.env,
    ...quiet,
    PULUMI_BACKEND_URL: PULUMI_BACKEND_URL ?? localBackend,
    ...(PULUMI_CONFIG_PASSPHRASE_FILE ? {} : { PULUMI_CONFIG_PASSPHRASE: PULUMI_CONFIG_PASSPHRASE ?? openPassphrase }),
  };
}

/** `https://webexapis.com/v1` gives `webexapis.com`; other characters than Pulumi allows become hyphens. */
function stackNameFor(baseUrl: string): string {
  // What is no URL is refused by the provider, with its reasons.
  const host = URL.canParse(baseUrl) ? new URL(baseUrl).host : 'other';
  return host.replace(/[^a-zA-Z0-9._-]/g, '-');
}

// On stderr: what pulumi prints on stdout must stay usable in a pipe.
function note(text: string): void {
  process.stderr.write(`[example] ${text}\n`);
}
