import path from 'node:path';
import { root } from '../../../tools/setup/paths.mjs';
import type { Hub } from '../../unit/adoption/partner';
import { outputIn } from '../../unit/docs/markdown';
import { createWorkspace, type Run, type TestSimulator, type Workspace } from '../harness';

const COMMAND = path.join(root, 'provider', 'bin', 'webex-wholesale.js');

/** A workspace with a partner that was created without Pulumi, and the commands under test. */
export interface Place {
  workspace: Workspace;
  hub: Hub;
  /** `webex-wholesale ARGS` in a folder below the workspace's. */
  wholesale(folder: string, ...args: string[]): Promise<Run>;
  /** `pulumi ARGS` in a folder below the workspace's. */
  pulumi(folder: string, ...args: string[]): Promise<Run>;
  /** Number of write requests since the last call. */
  writes(): Promise<number>;
  /** Write requests by operation. Doesn't reset the count. */
  writesByOperation(): Promise<Record<string, number>>;
}

export async function createPlace(program = ''): Promise<Place> {
  const workspace = await createWorkspace({ program, language: 'ts', simulator: { provisioningSeconds: 15 } });
  const { simulator } = workspace;
  const inside = (folder: string, command: string, args: string[]) =>
    workspace.command('sh', ['-c', 'cd "$1" && shift && exec "$@"', 'sh', folder, command, ...args]);
  return {
    workspace,
    hub: hubOf(simulator),
    wholesale: (folder, ...args) => inside(folder, 'node', [COMMAND, ...args]),
    pulumi: (folder, ...args) => inside(folder, 'pulumi', [...args, '--non-interactive', '--color=never']),
    writes: async () => {
      const { writes } = await simulator.requests();
      await simulator.resetRequests();
      return writes;
    },
    writesByOperation: async () => {
      const { byOperation } = await simulator.requests();
      const writes = Object.entries(byOperation).filter(([name]) => /^(POST|PUT|PATCH|DELETE)/.test(name));
      return Object.fromEntries(writes.filter(([name]) => !name.endsWith('/validate')));
    },
  };
}

/** Lines in docs/adopt.md that commands print, with a program or a fleet. */
export function printedIn(kind: 'program' | 'fleet'): string[] {
  return outputIn('docs/adopt.md', kind).flatMap((text) => text.split('\n').map((line) => line.trim()));
}

/** Requests to the simulator, as from Partner Hub and Control Hub. */
export function hubOf(simulator: TestSimulator): Hub {
  return {
    api: async (method, at, body) => {
      const answer = await simulator.api(method, at, body);
      if (answer.status >= 300) throw new Error(`${method} ${at}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    control: (method, at, body) => simulator.control(method, at, body),
  };
}
