import { readdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { counts, createFleet, customerOf, type FleetWorkspace, rosterOf } from './workspace';

const CUSTOMERS = Array.from({ length: 20 }, (_, number) => customerOf(`customer-${number}`, 1));
/** Plugins that are killed: each costs a stack its operation. */
const KILLS = 3;

// Finds plugins by /proc.
describe.skipIf(process.platform !== 'linux')('a fleet whose plugins are killed and whose pacer is attacked', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('comes up: nothing is lost, nothing is stuck, nothing is made twice', async () => {
    workspace = await createFleet({ simulator: { provisioningSeconds: 1 } });
    const { simulator, fleet, write } = workspace;
    await write(rosterOf(CUSTOMERS, { stacks: 4 }));

    let killed = 0;
    let attacks = 0;
    const users = async () => (await counts(simulator)).users ?? 0;
    const disturb = async () => {
      const plugins = pluginsOf(simulator.environment.WEBEX_BASE_URL ?? '-');
      const [plugin] = plugins;
      if (plugin === undefined) return false;
      await attack(plugin.pacer);
      attacks++;
      // In the middle of their work.
      if (killed < KILLS && (await users()) > 2 * killed) {
        killed += kill(plugin.pid);
      }
      return false;
    };
    const first = await fleet('up', ['--no-policies'], { killWhen: disturb });
    expect(killed).toBeGreaterThan(0);
    expect(attacks).toBeGreaterThan(5);
    // It came to its end, which is known of each customer, and only what was killed has failed.
    expect([0, 1]).toContain(first.run.exitCode);
    expect(Object.keys(first.customers)).toHaveLength(CUSTOMERS.length);
    const failed = first.report?.stacks.filter(({ error }) => error !== undefined) ?? [];
    expect(failed.length).toBeLessThanOrEqual(killed);

    const second = await fleet('up', ['--no-policies']);
    second.run.ok();
    expect(await counts(simulator)).toEqual({ customers: 20, locations: 20, users: 20 });
    // What was made is in the state: everything goes again.
    (await fleet('destroy', ['--yes'])).run.ok();
    expect(await counts(simulator)).toEqual({ customers: 0, locations: 0, users: 0 });
  }, 300_000);
});

/** @returns how many were killed: it may have ended meanwhile */
function kill(pid: number): number {
  try {
    process.kill(pid, 'SIGKILL');
    return 1;
  } catch {
    return 0;
  }
}

/** The provider's processes that use a backend, with the address of the pacer that they share. */
function pluginsOf(baseUrl: string): { pid: number; pacer: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    const read = (file: string) => {
      try {
        return readFileSync(`/proc/${name}/${file}`, 'utf8').split('\0');
      } catch {
        return []; // It has ended.
      }
    };
    if (!/^\d+$/.test(name) || !read('cmdline').some((part) => part.includes('dynamic-provider'))) return [];
    const environment = read('environ');
    const pacer = environment.find((each) => each.startsWith('WEBEX_WHOLESALE_PACER='))?.split('=')[1];
    return environment.includes(`WEBEX_BASE_URL=${baseUrl}`) && pacer ? [{ pid: Number(name), pacer }] : [];
  });
}

/** Garbage, half lines and resets, with the key and without. */
async function attack(pacer: string): Promise<void> {
  const [, port, key] = pacer.split(':');
  const hello = `${JSON.stringify({ type: 'hello', key, host: '127.0.0.1' })}\n`;
  const ask = `${JSON.stringify({ type: 'ask', id: 1, ahead: false })}\n`;
  for (const bytes of [
    '\0\u0001\n',
    'x'.repeat(5000),
    '{"type":"hello"',
    hello.slice(0, -5),
    hello,
    `${hello}${ask}`,
  ]) {
    await new Promise<void>((resolve) => {
      const socket = createConnection(Number(port), '127.0.0.1', () => {
        socket.write(bytes, () => {
          socket.resetAndDestroy();
          resolve();
        });
      }).on('error', () => resolve());
    });
  }
}
