import { expect, it } from 'vitest';
import { isSettled } from '../../../provider/resources/customer-org/provisioning';
import { isFinished } from '../../../provider/resources/customer-org/schema';

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
