import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PacerServer } from '../../../provider/fleet/run/pacer-server';
import { systemClock } from '../../../provider/webex/pacing/clock';
import { Pacer, type RequestPacer } from '../../../provider/webex/pacing/pacer';
import { PACER_VARIABLE, pacerFor } from '../../../provider/webex/pacing/shared-pacer';

const IN_FLIGHT = 3;

describe('a pacer that processes share', () => {
  let server: PacerServer;
  /** As a process of the provider would have it. */
  const pacer = (host = 'webexapis.com', env: NodeJS.ProcessEnv = server.environment): RequestPacer =>
    pacerFor(host, systemClock, 16, env);
  beforeEach(async () => {
    server = await PacerServer.start(IN_FLIGHT);
  });
  afterEach(() => server.stop());

  /** Runs requests that end on demand, and counts the running ones. */
  function requests(...pacers: RequestPacer[]) {
    const open: (() => void)[] = [];
    const done = pacers.map((each) => each.run(() => new Promise<void>((resolve) => void open.push(resolve))));
    const finishAll = async () => {
      let running = true;
      const all = Promise.all(done).finally(() => {
        running = false;
      });
      while (running) {
        for (const finish of open.splice(0)) finish();
        await sleep(30);
      }
      await all;
    };
    return { open, finishAll };
  }

  it('lets so many run at once of all processes together', async () => {
    const [first, second] = [pacer(), pacer()];
    const { open, finishAll } = requests(first, first, first, second, second);
    await sleep(100);
    expect(open).toHaveLength(IN_FLIGHT);
    open.pop()?.();
    await sleep(50);
    expect(open).toHaveLength(IN_FLIGHT);
    await finishAll();
    expect(server.requests).toBe(5);
    expect(server.requestsLastMinute()).toBe(5);
  });

  it('lets a pause that one is asked for hold for all of its host', async () => {
    const [first, second, other] = [pacer(), pacer(), pacer('templates.example.com')];
    await first.run(async (startedAt) => {
      expect(first.turnedAway(startedAt, 400)).toBe(true);
      expect(first.turnedAway(startedAt, 400)).toBe(false);
    });
    const start = Date.now();
    await other.run(async () => expect(Date.now() - start).toBeLessThan(300));
    await second.run(async () => expect(Date.now() - start).toBeGreaterThan(300));
  });

  it('gives a turn to the next when a process is gone with its requests', async () => {
    const { port } = address(server);
    const socket = createConnection(port, '127.0.0.1');
    socket.write(`${JSON.stringify({ type: 'hello', key: address(server).key, host: 'webexapis.com' })}\n`);
    for (let id = 0; id < IN_FLIGHT; id++) socket.write(`${JSON.stringify({ type: 'ask', id, ahead: false })}\n`);
    await sleep(100);
    const { open, finishAll } = requests(pacer());
    await sleep(100);
    expect(open).toHaveLength(0);
    socket.destroy();
    await sleep(100);
    expect(open).toHaveLength(1);
    await finishAll();
  });

  it('keeps no place for a process that asks twice for one request', async () => {
    const { port, key } = address(server);
    const socket = createConnection(port, '127.0.0.1').on('error', () => {});
    const lines = [{ type: 'hello', key, host: 'webexapis.com' }];
    for (let each = 0; each < IN_FLIGHT; each++) lines.push(JSON.parse('{ "type": "ask", "id": 1, "ahead": false }'));
    socket.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await once(socket, 'close');
    const { open, finishAll } = requests(pacer(), pacer(), pacer());
    await vi.waitFor(() => expect(open).toHaveLength(IN_FLIGHT));
    await finishAll();
  });

  it('is replaced by an own one if the shared one ends or is missing', async () => {
    const left = pacer();
    const { port } = address(server);
    const { open, finishAll } = requests(left, left, left, left);
    await sleep(100);
    expect(open).toHaveLength(IN_FLIGHT);
    await server.stop();
    await sleep(50);
    expect(open).toHaveLength(4);
    await finishAll();
    await expect(left.run(async () => 'done')).resolves.toBe('done');
    const nobody = pacer('webexapis.com', { [PACER_VARIABLE]: `127.0.0.1:${port}:key` });
    await expect(nobody.run(async () => 'done')).resolves.toBe('done');
    server = await PacerServer.start(IN_FLIGHT);
  });

  it('drops what waits for a process that is gone, at once', async () => {
    const socket = await connected();
    for (let id = 0; id < 200; id++) socket.write(line({ type: 'ask', id, ahead: false }));
    await sleep(100);
    socket.resetAndDestroy();
    await sleep(50);
    // Were they only let through one after the other, they would use up what Webex allows.
    const { open, finishAll } = requests(...Array.from({ length: IN_FLIGHT }, () => pacer()));
    await sleep(100);
    expect(open).toHaveLength(IN_FLIGHT);
    await finishAll();
    expect(server.requests).toBe(2 * IN_FLIGHT);
  });

  it.each([
    ['a reset in the middle of a line', '{"type":"ask","id":1'],
    ['a reset with a request that runs', line({ type: 'ask', id: 1, ahead: false })],
    ['garbage', '\u0000\u0001\n\n\n'],
    ['half of a character', Buffer.from([0xe2, 0x82])],
    ['a request that is not known', line({ type: 'stop' })],
    ['the key once more', line({ type: 'hello', key: 'wrong', host: 'webexapis.com' })],
  ])('is not ended by %s', async (_, bytes) => {
    const socket = await connected();
    socket.write(bytes);
    await sleep(30);
    socket.resetAndDestroy();
    await sleep(30);
    await expect(pacer().run(async () => 'served')).resolves.toBe('served');
  });

  it('serves no client without the key, and no invalid message', async () => {
    for (const line of [
      '{"type":"hello","key":"wrong","host":"webexapis.com"}',
      '{"type":"ask","id":1,"ahead":false}',
      'x',
    ]) {
      const socket = createConnection(address(server).port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write(`${line}\n`);
      await once(socket, 'close');
    }
    expect(server.requests).toBe(0);
  });

  it('closes a connection with an endless line, before and after the key', async () => {
    for (const socket of [createConnection(address(server).port, '127.0.0.1'), await connected()]) {
      socket.on('error', () => {});
      socket.write('x'.repeat(2000));
      await once(socket, 'close');
    }
  });

  it('closes the oldest of many connections that do not send the key, and serves those that do', async () => {
    const known = pacer();
    await known.run(async () => {});
    const idle = Array.from({ length: 100 }, () => createConnection(address(server).port, '127.0.0.1'));
    let closed = 0;
    for (const socket of idle)
      socket
        .on('error', () => {})
        .once('close', () => closed++)
        .resume();
    await vi.waitFor(() => expect(closed).toBeGreaterThanOrEqual(100 - 64), { timeout: 4000 });
    await expect(Promise.all([known, pacer()].map((each) => each.run(async () => 'served')))).resolves.toEqual([
      'served',
      'served',
    ]);
    for (const socket of idle) socket.destroy();
  });

  it('gives a connection five seconds to send the key', async () => {
    const socket = createConnection(address(server).port, '127.0.0.1').on('error', () => {});
    const begun = Date.now();
    await once(socket, 'close');
    expect(Date.now() - begun).toBeLessThan(6500);
  }, 10_000);

  /** A connection that has sent the key. */
  async function connected(): Promise<Socket> {
    const { port, key } = address(server);
    const socket = createConnection(port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(line({ type: 'hello', key, host: 'webexapis.com' }));
    return socket;
  }

  it('is the own one where the environment names none', () => {
    expect(pacer('webexapis.com', {})).toBeInstanceOf(Pacer);
  });
});

function line(message: object): string {
  return `${JSON.stringify(message)}\n`;
}

function address(server: PacerServer): { port: number; key: string } {
  const [, port, key = ''] = (server.environment[PACER_VARIABLE] ?? '').split(':');
  return { port: Number(port), key };
}
