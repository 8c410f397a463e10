import { describe, expect, it } from 'vitest';
import { CORE_MS, estimate, type Fleet, requestsOf, stateMegabytes } from '../../../tools/lib/capacity';

const FLEET: Fleet = {
  customers: 100_000,
  locationsEach: 1,
  usersEach: 4,
  machines: 1,
  coresEach: 2,
  requestsPerMinute: 300,
  customersPerStack: 20,
};

describe('the requests of a stack', () => {
  // Counted by npm run bench:requests for 100 customers, 100 locations and 400 users.
  it.each([
    ['create', 212 + 500],
    ['refresh', 602],
    ['destroy', 613],
    ['no-op', 0],
  ] as const)('%s: as counted, within 2 %%', (operation, counted) => {
    const calculated = requestsOf(operation, { customers: 100, locationsEach: 1, usersEach: 4 });
    expect(Math.abs(calculated - counted)).toBeLessThanOrEqual(0.02 * counted);
  });
});

describe('the time of a fleet', () => {
  it('is that of the requests where Webex is the bound, and more machines do not help', () => {
    const one = estimate('create', FLEET);
    expect(one.boundBy).toBe('requests');
    expect(one.minutes).toBeCloseTo(one.requests / 300);
    expect(estimate('create', { ...FLEET, machines: 16 }).minutes).toBe(one.minutes);
    expect(one.enoughMachines).toBe(1);
  });

  it('is that of the processors where Webex allows more, until there are enough machines', () => {
    const fast = { ...FLEET, requestsPerMinute: 30_000 };
    const one = estimate('create', fast);
    expect(one.boundBy).toBe('processors');
    expect(one.minutes).toBeCloseTo((600_000 * CORE_MS.create) / 60_000 / 2);
    expect(estimate('create', { ...fast, machines: 2 }).minutes).toBeCloseTo(one.minutes / 2);
    const enough = estimate('create', { ...fast, machines: one.enoughMachines });
    expect([enough.boundBy, one.enoughMachines > 1]).toEqual(['requests', true]);
    expect(estimate('create', { ...fast, machines: one.enoughMachines - 1 }).boundBy).toBe('processors');
  });

  it('grows with the fleet, and does not wait for Webex where nothing changed', () => {
    const ten = estimate('refresh', { ...FLEET, customers: 10_000 });
    expect(estimate('refresh', FLEET).minutes / ten.minutes).toBeCloseTo(10, 1);
    expect(estimate('no-op', FLEET)).toMatchObject({ requests: 0, boundBy: 'processors', enoughMachines: 0 });
    expect(estimate('no-op', { ...FLEET, customers: 0 }).boundBy).toBe('nothing');
  });

  it('counts a stack that is not full', () => {
    const { requests } = estimate('create', { ...FLEET, customers: 30 });
    const each = (customers: number) => requestsOf('create', { ...FLEET, customers });
    expect(requests).toBe(each(20) + each(10));
  });
});

it('the state that is written grows with the square of a stack', () => {
  expect(stateMegabytes(1000, 1700)).toBeCloseTo(850.85);
  expect(stateMegabytes(2000, 1700) / stateMegabytes(1000, 1700)).toBeCloseTo(4, 2);
});
