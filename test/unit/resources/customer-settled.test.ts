import { expect, it } from 'vitest';
import { isSettled } from '../../../provider/resources/customer-org/provisioning';
import { remove } from '../../../provider/resources/customer-org/remove';
import { type CustomerOrgState, isFinished } from '../../../provider/resources/customer-org/schema';
import { Memory } from '../../../provider/resources/run/memory';
import type { Run } from '../../../provider/resources/run/run';
import { WebexApiError } from '../../../provider/webex';

const orgId = 'b3Jn';

// Found by the fuzzer: Webex said "provisioned" before it named the organization, and the headquarters was never
// configured.
it.each([
  [{ status: 'provisioned', orgId }, true, false],
  [{ status: 'provisioned' }, false, true],
  [{ status: 'provisioning', orgId }, false, true],
  [{ status: 'error' }, true, true],
  [{ status: 'pending_rpl_review' }, true, true],
])('a customer with %o: Webex is done with it: %s; the next update goes on: %s', (customer, done, goesOn) => {
  expect([isSettled(customer), !isFinished(customer)]).toEqual([done, goesOn]);
});

// A DELETE whose answer was lost is repeated; its 409 may come from a removal that ends before the customer is
// looked at.
it('a customer that is gone by the time the refusal is looked into is removed', async () => {
  const failure = (status: number) =>
    new WebexApiError({ status, method: 'DELETE', path: '/wholesale/customers/c', description: 'deleting' });
  const answers = [failure(409), failure(404)];
  const customers = {
    get: () => Promise.reject(failure(404)),
    remove: () => Promise.reject(answers.shift()),
    pages: () => ({ next: async () => ({ value: [], done: true }) }),
  };
  const run = { webex: { customers }, memory: new Memory(), warn: () => {} } as unknown as Run;
  await remove(run, 'c', { externalId: 'acme', orgId, status: 'provisioned' } as CustomerOrgState);
  expect(answers).toEqual([]);
});
