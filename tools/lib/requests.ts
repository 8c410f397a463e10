import type { Simulator } from 'webex-wholesale-simulator';

/** How many requests the simulator has answered since its database was made or reset; prechecks are no writes. */
export async function requestCount(simulator: Simulator): Promise<{ total: number; writes: number }> {
  const response = await fetch(`${simulator.url}/simulator/requests`);
  return (await response.json()) as { total: number; writes: number };
}
