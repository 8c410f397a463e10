import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Activity } from '../../../../provider/resources/run/activity';

/** Milliseconds until the activity is quiet. */
async function quietAfter(activity: Activity): Promise<number> {
  const since = Date.now();
  await activity.quiet();
  return Date.now() - since;
}

it('is quiet some time after the last check', async () => {
  const activity = new Activity(100);
  const quiet = quietAfter(activity);
  await sleep(80);
  activity.noteCheck();
  expect(await quiet).toBeGreaterThanOrEqual(175);
});

it('is not quiet during a write, and some time after it, whether it succeeds or not', async () => {
  const activity = new Activity(50);
  const failing = activity.during(async () => {
    await sleep(150);
    throw new Error('refused');
  });
  const quiet = quietAfter(activity);
  await expect(failing).rejects.toThrow('refused');
  expect(await quiet).toBeGreaterThanOrEqual(195);
});
