import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Simulator } from '../server';
import { CONTROL_TOKEN_VARIABLE } from './command-line';

/** The signals that are forwarded to the child. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a command with the simulator's URLs and tokens in its environment.
 * @returns its exit code, or 128 + the number of the signal that ended it, as shells do
 * @throws the system's error if the command can't be started (`ENOENT`)
 */
export async function runWith(simulator: Simulator, [command = '', ...args]: readonly string[]): Promise<number> {
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: {
      ...process.env,
      WEBEX_BASE_URL: simulator.baseUrl,
      WEBEX_ACCESS_TOKEN: simulator.token,
      WEBEX_TEMPLATE_API_URL: simulator.templateApiUrl,
      ...(simulator.controlToken === undefined ? {} : { [CONTROL_TOKEN_VARIABLE]: simulator.controlToken }),
    },
  });
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } finally {
    for (const signal of SIGNALS) process.off(signal, forward);
  }
}
