import { execFile, execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL server for one test, on this machine only. */
export interface Postgres {
  /** For PULUMI_BACKEND_URL. */
  url: string;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs: from PATH, or from Debian's package; undefined if it isn't installed. */
export function postgresPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    ...versions.map((each) => path.join(debian, each, 'bin')),
  ];
  return folders.find((folder) =>
    ['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(path.join(folder, name))),
  );
}

/** Starts an empty PostgreSQL on a free port of 127.0.0.1. `stop()` it at the end of the test. */
export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(path.join(tmpdir(), 'webex-wholesale-postgres-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const port = await freePort();
  const program = (name: string, ...args: string[]) =>
    run(path.join(programs, name), args, { cwd: folder, env: { ...process.env, LC_ALL: 'C' }, ...user });
  const stop = async () => {
    await program('pg_ctl', 'stop', '-D', data, '-m', 'immediate').catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await program('initdb', '-D', data, '-U', 'pulumi', '--auth=trust', '--no-sync', '-E', 'UTF8');
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off`;
    await program('pg_ctl', 'start', '-w', '-D', data, '-l', path.join(folder, 'log'), '-o', options);
    return { url: `postgres://pulumi@127.0.0.1:${port}/postgres?sslmode=disable`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root, so root runs it as another user. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (option: string) => Number(execFileSync('id', [option, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The user doesn't exist.
    }
  }
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
