import { CommanderError } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Actions, commandLine, type Options } from '../../../simulator/cli/command-line';
import { runWith } from '../../../simulator/cli/exec';
import { simulator } from './support';

interface Parsed {
  command: string;
  options: Options;
  child: readonly string[];
}

/** What a command line asks for; throws what it would print. */
function read(...argv: string[]): Parsed {
  let parsed: Parsed | undefined;
  let printed = '';
  const actions: Actions = {
    serve: async (options) => {
      parsed = { command: 'serve', options, child: [] };
    },
    exec: async (options, child) => {
      parsed = { command: 'exec', options, child };
    },
  };
  const program = commandLine(actions);
  const print = (text: string) => {
    printed += text;
  };
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: print, writeErr: print });
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw new Error(printed);
    throw error;
  }
  if (!parsed) throw new Error(printed);
  return parsed;
}

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(read('serve')).toEqual({
      command: 'serve',
      child: [],
      options: {
        port: 4010,
        host: '127.0.0.1',
        database: 'webex-wholesale-simulator.db',
        token: 'simulator-token',
        provisioningSeconds: 1,
        weather: 'documented',
      },
    });
    expect(read('exec', '--', 'ls', '--port').options.port).toBe(0);
    expect(read('exec', '--', 'ls', '--port').child).toEqual(['ls', '--port']);
    expect(read('exec', '--token', 'abc', '--', 'ls')).toMatchObject({ options: { token: 'abc' }, child: ['ls'] });
    expect(() => read()).toThrow('Usage: webex-wholesale-simulator');
  });

  it('takes the token of the control plane from the environment, so that no process list shows it', () => {
    process.env.WEBEX_SIMULATOR_CONTROL_TOKEN = 'secret';
    onTestFinished(() => {
      delete process.env.WEBEX_SIMULATOR_CONTROL_TOKEN;
    });
    expect(read('serve').options.controlToken).toBe('secret');
  });

  it.each([
    [['serve', '--port', 'x'], '--port'],
    [['serve', '--port', '70000'], 'whole number from 0 to 65535'],
    [['serve', '--provisioning-seconds', '-1'], '--provisioning-seconds'],
    [['serve', '--token', 'a b'], 'one word'],
    [['exec'], "missing required argument 'command'"],
    [['sing'], "unknown command 'sing'"],
    [['serve', '--loud'], '--loud'],
    [['serve', '--weather', 'fine'], 'documented, observed'],
  ])('refuses %j', (argv, says) => {
    expect(() => read(...argv)).toThrow(says);
  });

  it('runs a command with the coordinates in its environment, and ends with its exit code', async () => {
    const sim = await simulator();
    const script = `fetch(process.env.WEBEX_BASE_URL + '/roles', { headers: { authorization: 'Bearer ' + process.env.WEBEX_ACCESS_TOKEN } })
      .then((roles) => fetch(process.env.WEBEX_TEMPLATE_API_URL).then((templates) => process.exit(roles.status === 200 && templates.status === 401 ? 7 : 1)))`;
    expect(await runWith(sim, [process.execPath, '-e', script])).toBe(7);
    expect(await runWith(sim, [process.execPath, '-e', 'process.kill(process.pid, "SIGTERM")'])).toBe(143);
    await expect(runWith(sim, ['no-such-command-here'])).rejects.toThrow('ENOENT');
  });
});
