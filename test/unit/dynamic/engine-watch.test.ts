import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { endWithEngine, engineAddress } from '../../../provider/dynamic/engine-watch';

describe('a plugin', () => {
  const engine = async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  it('ends when the engine is gone', async () => {
    const { server, address } = await engine();
    const [input, end] = [new PassThrough(), vi.fn()];
    endWithEngine(address, input, end);
    server.close();
    await once(server, 'close');
    expect(end).not.toHaveBeenCalled();
    input.end();
    await vi.waitFor(() => expect(end).toHaveBeenCalledOnce());
  });

  it('continues while the engine runs, also after the end of its standard input', async () => {
    const { server, address } = await engine();
    const [input, end] = [new PassThrough(), vi.fn()];
    endWithEngine(address, input, end);
    const asked = once(server, 'connection');
    input.destroy();
    await asked;
    await sleep(50);
    expect(end).not.toHaveBeenCalled();
    // It was only late: its address goes after our input.
    server.close();
    await vi.waitFor(() => expect(end).toHaveBeenCalledOnce(), 3000);
  });

  it('exists only if the engine has passed its address', () => {
    expect(engineAddress(['127.0.0.1:36805'])).toBe('127.0.0.1:36805');
    for (const args of [[], ['run'], ['--project', 'unit']]) expect(engineAddress(args)).toBeUndefined();
    const input = new PassThrough();
    endWithEngine(undefined, input);
    expect(input.listenerCount('close')).toBe(0);
  });
});
