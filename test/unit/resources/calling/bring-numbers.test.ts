import { expect, it } from 'vitest';
import { addOrBring } from '../../../../provider/resources/calling/bring-numbers';
import type { Run } from '../../../../provider/resources/run/run';
import { WebexApiError } from '../../../../provider/webex';

const TARGET = { orgId: 'org', locationId: 'here', name: 'Denver', path: 'calling' };

it('more numbers than a job of Webex takes are moved by several jobs, one after the other', async () => {
  const numbers = Array.from({ length: 1001 }, (_, index) => `+1214555${String(index).padStart(4, '0')}`);
  const moved: string[][] = [];
  const webex = {
    numbers: { list: async () => numbers.map((phoneNumber) => ({ phoneNumber, location: { id: 'elsewhere' } })) },
    manageNumbers: {
      startMove: async (_org: string, _from: string, _to: string, some: string[]) => {
        moved.push(some);
        return { id: `job ${moved.length}`, latestExecutionStatus: 'COMPLETED' };
      },
    },
  };
  const refused = new WebexApiError({
    ...{ status: 400, method: 'POST', path: '/numbers', description: 'in use', errors: [], outcomeUnknown: false },
  });
  const run = { webex, warn: () => undefined } as unknown as Run;
  const arriving = await addOrBring(run, TARGET as never, numbers, () => Promise.reject(refused));
  expect(arriving.size).toBe(0);
  expect(moved.map(({ length }) => length)).toEqual([1000, 1]);
  expect(moved.flat()).toEqual(numbers);
});
