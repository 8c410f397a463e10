import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { WebexUnreachableError } from '../../../provider/webex';
import { clientOf, failure, NEW_CUSTOMER } from './server';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A key and a certificate that nobody trusts, made for this run. */
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

// Node can't make certificates by itself.
test.skipIf(spawnSync('openssl', ['version']).status !== 0)(
  'a certificate that is not trusted is refused, whatever NODE_TLS_REJECT_UNAUTHORIZED says, and nothing is sent',
  async () => {
    let requests = 0;
    const server = createServer(selfSigned(), (_, response) => {
      requests++;
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    try {
      const { client, clock } = clientOf({
        url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
        seen: [],
      });
      const error = await failure(client.customers.create(NEW_CUSTOMER), WebexUnreachableError);
      expect(error.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT');
      expect(error.message).toContain('NODE_EXTRA_CA_CERTS');
      expect(error.outcomeUnknown).toBe(false);
      expect(clock.slept).toEqual([]);
      expect(requests).toBe(0);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  },
);
