import { describe, expect, it } from 'vitest';
import { startSimulator } from 'webex-wholesale-simulator';
import { planOf } from '../../../../tools/chaos/plan';

const weathers = (seeds: number) =>
  Array.from({ length: seeds }, (_, seed) => planOf(seed)).flatMap(({ rounds }) =>
    rounds.map(({ weather }) => weather),
  );

describe('the weather of chaos runs', () => {
  it('is that of the seed', () => {
    expect(planOf(7)).toEqual(planOf(7));
    expect(planOf(7).rounds.map(({ weather }) => weather)).not.toEqual(planOf(8).rounds.map(({ weather }) => weather));
  });

  it('is at some time documented, observed, and each switch of the simulator', async () => {
    const drawn = weathers(80);
    expect(drawn).toContainEqual({});
    expect(drawn).toContainEqual({ weather: 'observed' });
    const simulator = await startSimulator();
    try {
      const set = async (weather: unknown) => {
        const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' };
        const body = JSON.stringify(weather);
        const answer = await fetch(`${simulator.url}/simulator/weather`, { method: 'PUT', headers, body });
        expect([answer.status, weather]).toEqual([200, weather]);
        return (await answer.json()) as object;
      };
      const switches = Object.keys(await set({}));
      for (const weather of drawn) await set(weather);
      expect([...new Set(drawn.flatMap(Object.keys))].sort()).toEqual([...switches, 'weather'].sort());
    } finally {
      await simulator.stop();
    }
  });
});
