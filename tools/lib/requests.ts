import type { Simulator } from 'webex-wholesale-simulator';

/** Number of requests since the simulator's counts were reset. Prechecks don't count as writes. */
export interface RequestCounts {
  total: number;
  writes: number;
  byOperation: Record<string, number>;
  byStatus: Record<string, number>;
}

export async function requestCount(simulator: Simulator): Promise<RequestCounts> {
  const response = await fetch(`${simulator.url}/simulator/requests`);
  return (await response.json()) as RequestCounts;
}

/** Calls the control plane. */
export async function control(simulator: Simulator, method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`${simulator.url}/simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} /simulator${path}: ${response.status} ${await response.text()}`);
}
