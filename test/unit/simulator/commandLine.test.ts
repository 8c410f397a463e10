import { describe, expect, it } from 'vitest';
import { runWith } from '../../../simulator/cliExec';
import { readCommandLine } from '../../../simulator/cliOptions';
import { simulator } from './support';

describe('the command line', () => {
  it('has a default for everything', () => {
    expect(readCommandLine(['serve'])).toEqual({
      command: 'serve',
      child: [],
      options: {
        port: 4010,
        host: '127.0.0.1',
        database: 'webex-wholesale-simulator.db',
        token: 'simulator-token',
        provisioningSeconds: 1,
      },
    });
    expect(readCommandLine(['exec', '--', 'ls', '--port']).options.port).toBe(0);
    expect(readCommandLine(['exec', '--', 'ls', '--port']).child).toEqual(['ls', '--port']);
    expect(readCommandLine([]).command).toBe('help');
  });

  it.each([
    [['serve', '--port', 'x'], '--port'],
    [['serve', '--port', '70000'], '--port'],
    [['serve', '--provisioning-seconds', '-1'], '--provisioning-seconds'],
    [['serve', '--token', 'a b'], '--token'],
    [['exec'], 'needs a command'],
    [['sing'], 'no command sing'],
    [['serve', '--loud'], '--loud'],
  ])('refuses %j', (argv, says) => {
    expect(() => readCommandLine(argv)).toThrow(says);
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
