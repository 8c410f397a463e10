import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Recorded } from '../../../provider/lifecycle';
import { cutConnection } from './cut-connection';
import {
  backend,
  callerWithUsers,
  callingWith,
  customerInputs,
  locationInputs,
  newProcess,
  recordedAs,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

// Each write of a change of several users takes effect, and the run is killed there, so that nothing is recorded. The
// same run again ends as declared.

type Inputs = ReturnType<typeof userInputs> & { locationId?: string };
interface Story {
  before: Inputs[];
  /** The changed declaration of each user of `before`; undefined for one that is removed. */
  wanted: (Inputs | undefined)[];
  joiner?: Inputs;
}

const MOST_WRITES = 20;

describe('a run that is killed at any write', () => {
  const { api, url } = backend();
  const proxy = cutConnection(url);
  let customerId = '';
  let branch = '';
  let extension = 53000;

  beforeAll(async () => {
    const made = await newProcess();
    customerId = (await made.customerOrg.create(customerInputs())).id;
    branch = (await made.location.create(locationInputs(customerId, callingWith([])))).id;
  });

  const person = () => userInputs(customerId, String(++extension));
  const STORIES: [string, () => Story][] = [
    [
      'two users swap extensions',
      () => {
        const [one, two] = [person(), person()];
        return {
          before: [one, two],
          wanted: [
            { ...one, extension: two.extension },
            { ...two, extension: one.extension },
          ],
        };
      },
    ],
    [
      'a joiner gets the extension of a leaver',
      () => {
        const leaver = person();
        return { before: [leaver], wanted: [undefined], joiner: { ...person(), extension: leaver.extension } };
      },
    ],
    [
      'users move by one job, and one of them gets the extension of another one',
      () => {
        const [one, two, three] = [person(), person(), person()];
        const there = [one, two, three].map((inputs) => ({ ...inputs, locationId: branch }));
        const [first, second, third] = there as [Inputs, Inputs, Inputs];
        const wanted = [first, { ...second, extension: three.extension }, { ...third, extension: two.extension }];
        return { before: [one, two, three], wanted };
      },
    ],
  ];

  it.each(STORIES)(
    '%s',
    async (_name, tell) => {
      let writes = 0;
      for (let cut = 1; cut <= MOST_WRITES && (cut === 1 || writes >= cut - 1); cut++) {
        const { before, wanted, joiner } = tell();
        const { user } = await newProcess();
        const made = [];
        for (const inputs of before) made.push({ inputs, ...(await user.create(inputs)) });
        const recorded = made.map(recordedAs);
        proxy.cutAtWrite(cut, 'connection');
        await run(made, wanted, joiner, recorded).catch(() => undefined);
        writes = proxy.writes;
        proxy.mend();
        const ends = await run(made, wanted, joiner, recorded);
        for (const { personId, inputs } of ends) {
          const found = await api('GET', `/people/${personId}?callingData=true`);
          const { extension, locationId } = inputs;
          expect(found, `cut at write ${cut}`).toMatchObject({
            extension,
            ...(locationId !== undefined && { locationId }),
          });
        }
      }
      expect(writes).toBeGreaterThan(0);
    },
    60_000,
  );

  /** The whole run, in Pulumi's order: creates and updates, then deletes. */
  async function run(
    made: { id: string; state: { personId?: string }; inputs: Inputs }[],
    wanted: (Inputs | undefined)[],
    joiner: Inputs | undefined,
    recorded: Recorded[],
  ) {
    // The client would retry for minutes after the connection is cut.
    const { user } = await newProcess({ 'webex-wholesale:retryTimeoutSeconds': '1' }, recorded);
    const ends: { personId: string | undefined; inputs: Inputs }[] = [];
    const declared = [...wanted, joiner].filter((inputs) => inputs !== undefined);
    if (joiner !== undefined) {
      await user.check({ ...joiner }, undefined, callerWithUsers(joiner.email, false, declared));
      ends.push({ personId: (await user.create(joiner)).state.personId, inputs: joiner });
    }
    for (const [index, { id, state, inputs }] of made.entries()) {
      const next = wanted[index];
      if (next === undefined) continue;
      await user.check({ ...next }, inputs, callerWithUsers(next.email, false, declared));
      ends.push({ personId: (await user.update(id, state as never, next)).personId, inputs: next });
    }
    for (const [index, { id, state }] of made.entries())
      if (wanted[index] === undefined) await user.delete(id, state as never);
    return ends;
  }
});
