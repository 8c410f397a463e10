import { parseArgs } from 'node:util';
import { DEFAULT_TOKEN, type SimulatorOptions } from './server';

/** What the command line asks for. */
export interface CommandLine {
  command: 'serve' | 'exec' | 'help';
  options: Required<SimulatorOptions>;
  /** For `exec`: the command and its arguments. */
  child: string[];
}

/** The port of `serve` where none is given; `exec` takes a free one. */
const DEFAULT_PORT = 4010;

/** Where the data is kept where no database is given: in the current folder. */
const DEFAULT_DATABASE = 'webex-wholesale-simulator.db';

export const USAGE = `Usage:
  webex-wholesale-simulator serve [options]
  webex-wholesale-simulator exec [options] -- COMMAND [ARGUMENTS]

serve runs the simulator until it is stopped. exec starts it, runs COMMAND with WEBEX_BASE_URL, WEBEX_ACCESS_TOKEN and
WEBEX_TEMPLATE_API_URL set, and ends with COMMAND's exit code.

Options:
  --port N                    TCP port (serve: ${DEFAULT_PORT}; exec: a free one)
  --host ADDRESS              address to listen on (127.0.0.1)
  --database FILE             SQLite file, or :memory: (${DEFAULT_DATABASE})
  --token TOKEN               access token that the API accepts (${DEFAULT_TOKEN})
  --provisioning-seconds S    how long provisioning takes (1)
`;

/** Reads the command line. @throws Error with a message for the user. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const child = end === -1 ? [] : argv.slice(end + 1);
  const { values, positionals } = parseArgs({
    args: [...own],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      database: { type: 'string', default: DEFAULT_DATABASE },
      token: { type: 'string', default: DEFAULT_TOKEN },
      'provisioning-seconds': { type: 'string', default: '1' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [command, ...rest] = positionals;
  const options = {
    port: number('--port', values.port ?? (command === 'serve' ? String(DEFAULT_PORT) : '0'), 65_535),
    host: values.host,
    database: values.database,
    token: values.token,
    provisioningSeconds: number('--provisioning-seconds', values['provisioning-seconds'], 86_400),
  };
  if (values.help || command === undefined || command === 'help') return { command: 'help', options, child };
  if (command !== 'serve' && command !== 'exec') throw new Error(`There is no command ${command}: use serve or exec.`);
  if (rest.length > 0) throw new Error(`Unexpected argument ${rest[0]}.`);
  if (options.token.trim() === '' || /\s/.test(options.token)) throw new Error('--token must be one word.');
  if (command === 'exec' && child.length === 0)
    throw new Error('exec needs a command: exec [options] -- COMMAND [ARGUMENTS]');
  return { command, options, child };
}

function number(name: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0 || value > most)
    throw new Error(`${name} must be a number from 0 to ${most}.`);
  if (name === '--port' && !Number.isInteger(value)) throw new Error(`${name} must be a whole number.`);
  return value;
}
