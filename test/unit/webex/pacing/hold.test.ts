import { expect, it } from 'vitest';
import { Rate } from '../../../../provider/webex/pacing/rate';

const MINUTE = 60_000;

it('rises again within the hour where other processes have used up the minutes in which it measured', () => {
  const rate = new Rate(() => 0);
  let now = 0;
  const send = (count: number) => {
    for (let sent = 0; sent < count; sent++) {
      now = rate.nextStart(now);
      rate.started(now);
    }
  };
  // Slow answers: many requests are under way when the limit is reached.
  send(300);
  for (let refused = 0; refused < 16; refused++) rate.turnedAway(now);
  now += MINUTE;
  rate.resumed(now);
  // Another process takes the rest of the limit.
  send(6);
  now += MINUTE - 2000;
  rate.turnedAway(now);
  now += 1000;
  rate.resumed(now);
  expect(rate.perMinute).toBeLessThan(20);

  const end = now + 60 * MINUTE;
  while (now < end && (rate.perMinute ?? 0) <= 100) send(1);
  expect(rate.perMinute).toBeGreaterThan(100);
});
