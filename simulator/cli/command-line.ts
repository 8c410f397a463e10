import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { DEFAULT_TOKEN, type SimulatorOptions } from '../server';

/** The parsed arguments of a command. */
export type Options = Required<Omit<SimulatorOptions, 'controlToken'>> & Pick<SimulatorOptions, 'controlToken'>;

/** The implementations of the two commands. */
export interface Actions {
  /** Runs the simulator until it is stopped. */
  serve(options: Options): Promise<void>;
  /** Runs a command with a simulator. */
  exec(options: Options, command: readonly string[]): Promise<void>;
}

/** Default port of `serve`; `exec` uses a free one. */
const DEFAULT_PORT = 4010;

/** Environment variable with the control plane's token, for these commands and the command that `exec` runs. */
export const CONTROL_TOKEN_VARIABLE = 'WEBEX_SIMULATOR_CONTROL_TOKEN';

/** The command line with its help. commander prints errors and ends the process. */
export function commandLine(actions: Actions): Command {
  const program = new Command('webex-wholesale-simulator')
    .description("An HTTP server that behaves as Cisco's published Webex for Wholesale API documents say")
    .enablePositionalOptions()
    .showHelpAfterError('(--help shows all commands and options)');
  withOptions(program.command('serve'), DEFAULT_PORT)
    .description('run the simulator until it is stopped')
    .action((options: Options) => actions.serve(options));
  withOptions(program.command('exec'), 0)
    .description(
      'start the simulator, run a command with WEBEX_BASE_URL, WEBEX_ACCESS_TOKEN and WEBEX_TEMPLATE_API_URL in its ' +
        "environment, and end with the command's exit code",
    )
    .addArgument(new Argument('<command...>', 'the command and its arguments, after --'))
    .passThroughOptions()
    .action((command: string[], options: Options) => actions.exec(options, command));
  return program;
}

function withOptions(command: Command, port: number): Command {
  return command
    .addOption(
      new Option('--port <number>', 'TCP port; 0: a free one')
        .default(port)
        .argParser(number(65_535, Number.isInteger)),
    )
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--database <file>', 'SQLite file, or :memory:', 'webex-wholesale-simulator.db')
    .addOption(
      new Option('--token <token>', 'access token that the API accepts').default(DEFAULT_TOKEN).argParser(oneWord),
    )
    .addOption(
      new Option('--control-token <token>', 'token of the control plane; without it a random one, or none on loopback')
        .env(CONTROL_TOKEN_VARIABLE)
        .argParser(oneWord),
    )
    .addOption(
      new Option('--weather <name>', 'what Cisco documents, or what was observed of Webex')
        .choices(['documented', 'observed'])
        .default('documented')
        .env('WEBEX_SIMULATOR_WEATHER'),
    )
    .addOption(
      new Option('--provisioning-seconds <seconds>', 'how long provisioning takes')
        .default(1)
        .argParser(number(86_400)),
    );
}

function number(most: number, fits: (value: number) => boolean = Number.isFinite): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !fits(value) || value < 0 || value > most)
      throw new InvalidArgumentError(
        `It must be a ${fits === Number.isInteger ? 'whole ' : ''}number from 0 to ${most}.`,
      );
    return value;
  };
}

function oneWord(text: string): string {
  if (!/^\S+$/.test(text)) throw new InvalidArgumentError('It must be one word.');
  return text;
}
