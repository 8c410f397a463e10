import { runWith } from './cliExec';
import { type CommandLine, readCommandLine, USAGE } from './cliOptions';
import { startSimulator } from './server';

async function main(argv: readonly string[]): Promise<number> {
  const line = readCommandLine(argv);
  if (line.command === 'help') {
    console.log(USAGE);
    return 0;
  }
  return line.command === 'serve' ? serve(line) : exec(line);
}

async function serve({ options }: CommandLine): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const simulator = await startSimulator(options);
  console.log(`database ${options.database}`);
  console.log(`token ${options.token}`);
  console.log(`provisioning takes ${options.provisioningSeconds} s`);
  console.log(`API ${simulator.baseUrl}, templates ${simulator.templateApiUrl}`);
  // Last, and one line: whoever waits for the simulator reads until here.
  console.log(`listening on ${simulator.url}`);
  await stopped;
  await simulator.stop();
  return 0;
}

async function exec({ options, child }: CommandLine): Promise<number> {
  const simulator = await startSimulator(options);
  try {
    return await runWith(simulator, child);
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

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(`webex-wholesale-simulator: ${explain(error)}`);
    process.exitCode = 1;
  },
);
