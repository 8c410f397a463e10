import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebexUnreachableError } from '../../../provider/webex';
import { clientOf, failure, NEW_CUSTOMER } from './server';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A key and an untrusted certificate, made for this run. */
function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), 'webex-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const files = ['-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...subject, ...files], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A server with an untrusted certificate, and a proxy that leads every tunnel to it. */
async function untrusted() {
  let requests = 0;
  const server = createServer(selfSigned(), (_, response) => {
    requests++;
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  let tunnels = 0;
  const proxy = createProxy().on('connect', (_, socket) => {
    tunnels++;
    const there = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection Established\r\n\r\n'));
    there.on('error', () => socket.destroy()).pipe(socket);
    socket.on('error', () => there.destroy()).pipe(there);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${port}`,
    proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    seen: () => ({ requests, tunnels: tunnels > 0 }),
    close: async () => {
      for (const one of [server, proxy]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}

// Node can't make certificates by itself.
describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('a certificate that is not trusted', () => {
  test.each([
    ['directly', false],
    ['through a proxy', true],
  ])('is refused, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and nothing is sent: %s', async (_, proxied) => {
    const server = await untrusted();
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    for (const name of ['HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, proxied ? server.proxy : '');
    for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '');
    try {
      const { client, clock } = clientOf({
        url: proxied ? 'https://webex.example.com' : server.url,
        seen: [],
        proofs: 0,
      });
      const error = await failure(client.customers.create(NEW_CUSTOMER), WebexUnreachableError);
      expect(error.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(error.outcomeUnknown).toBe(false);
      expect(clock.slept).toEqual([]);
      expect(server.seen()).toEqual({ requests: 0, tunnels: proxied });
    } finally {
      await server.close();
    }
  });
});
