import { describe, expect, it } from 'vitest';
import { startSimulator } from 'webex-wholesale-simulator';
import { type Plan, planOf } from '../../../../tools/chaos/plan';

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

  it('lets no number stay behind in a plan that brings one to another place', () => {
    const plans = Array.from({ length: 600 }, (_, seed) => planOf(seed));
    const placesOf = ({ rounds }: Plan) => {
      const lists = rounds.flatMap(({ world: { customers, locations } }) => [
        ...customers.map(({ key, headquarters }) => ({ key, calling: headquarters?.calling })),
        ...locations,
      ]);
      return lists.flatMap(({ key, calling }) => (calling?.phoneNumbers ?? []).map((number) => [number, key] as const));
    };
    const bringing = plans.filter((plan) => {
      const places = placesOf(plan);
      return new Set(places.map(String)).size > new Set(places.map(([number]) => number)).size;
    });
    expect(bringing.length).toBeGreaterThan(5);
    for (const { seed, rounds } of bringing)
      for (const { weather } of rounds)
        expect([seed, weather]).not.toEqual([seed, expect.objectContaining({ numbersStay: true })]);
  });
});
