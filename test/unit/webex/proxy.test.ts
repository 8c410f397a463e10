import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { WebexUnreachableError } from '../../../provider/webex';
import { CUSTOMER, clientOf, failure, startServer } from './server';

afterEach(() => {
  vi.unstubAllEnvs();
});

test("a company's proxy gets a tunnel for https and never sees the token; this machine is reached without it", async () => {
  const tunnels: { target: string; headers: IncomingHttpHeaders }[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    tunnels.push({ target: request.url ?? '', headers: request.headers });
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, address);
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
  try {
    const { client } = clientOf({ url: 'https://webex.example.com', seen: [], proofs: 0 });
    await failure(client.customers.get('x'), WebexUnreachableError);
    expect(tunnels[0]?.target).toBe('webex.example.com:443');
    expect(tunnels.some(({ headers }) => 'authorization' in headers)).toBe(false);

    const before = tunnels.length;
    const server = await startServer([{ status: 200, json: CUSTOMER }]);
    await clientOf(server).client.customers.get('x');
    expect(server.seen).toHaveLength(1);
    expect(tunnels).toHaveLength(before);
  } finally {
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
  }
});
