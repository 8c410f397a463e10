import { startSimulator } from '../server';
import { commandLine, type Options } from './command-line';
import { runWith } from './exec';

async function serve(options: Options): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const simulator = await startSimulator(options);
  console.log(`database ${options.database}`);
  console.log(`token ${options.token}`);
  if (simulator.controlToken !== undefined) console.log(`control token ${simulator.controlToken}`);
  console.log(`provisioning takes ${options.provisioningSeconds} s`);
  console.log(`API ${simulator.baseUrl}, templates ${simulator.templateApiUrl}`);
  // The last line: programs that start the simulator read its output up to here.
  console.log(`listening on ${simulator.url}`);
  await stopped;
  await simulator.stop();
}

async function exec(options: Options, command: readonly string[]): Promise<void> {
  const simulator = await startSimulator(options);
  try {
    process.exitCode = await runWith(simulator, command);
  } finally {
    await simulator.stop();
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return `The port is already in use: choose another with --port. (${error.message})`;
  if (code === 'ERR_SQLITE_ERROR') return `The database could not be opened or used (see --database): ${error.message}`;
  if (code === 'ENOENT') return `The command could not be started: ${error.message}`;
  return error.message;
}

commandLine({ serve, exec })
  .parseAsync()
  .catch((error: unknown) => {
    console.error(`webex-wholesale-simulator: ${explain(error)}`);
    process.exitCode = 1;
  });
