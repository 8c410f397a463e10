import type { Difference, Lifecycle } from '../../lifecycle';
import { changedKeys, differs } from '../inputs/compare';
import { hold, noteChange, release } from '../run/ownership';
import { session } from '../run/session';
import { check } from './check';
import { create } from './create';
import { remove } from './delete';
import { read } from './read';
import type { CustomerOrgInputs } from './schema';
import { type CustomerOrgState, IMMUTABLE_KEYS, INPUT_KEYS } from './state';
import { isUnfinished, update } from './update';

/** Handlers of a customer organization. */
export const customerOrg: Lifecycle<CustomerOrgInputs, CustomerOrgState> = {
  derived: { previous: ['packages'], packageStatus: ['packages'] },
  configure: (config, warn) => session.configure(config, warn),
  check,
  diff: async (id, state, inputs) => {
    const found = difference(state, inputs);
    const locationId = state.headquartersLocationId;
    const mark = found.replaces ? release : hold;
    mark('customer', id);
    if (found.changes) noteChange('customer', id);
    if (locationId !== undefined) mark('location', locationId);
    return found;
  },
  create,
  read: (id, state) => read(id, state),
  update,
  delete: remove,
};

function otherOrganization({ externalId, orgId }: CustomerOrgState, declared: string): string {
  return (
    `customer "${externalId}": orgId: the customer has the organization ${orgId ?? '(none yet)'}, declared is ${declared}. Remove orgId, ` +
    'or set allowReplacement: true to delete this customer and attach that organization'
  );
}

function difference(state: CustomerOrgState, inputs: CustomerOrgInputs): Difference {
  const changed: string[] = changedKeys(INPUT_KEYS, state, inputs);
  if (inputs.orgId !== undefined && differs(state.orgId, inputs.orgId)) {
    // check can't tell: the organization of a customer that was not attached is known to the state only.
    if (inputs.allowReplacement !== true) throw new Error(otherOrganization(state, inputs.orgId));
    changed.push('orgId');
  }
  const replaces = changed.filter((key) => (IMMUTABLE_KEYS as readonly string[]).includes(key));
  // check refuses these without allowReplacement; what is left of them here was never declared before.
  if (replaces.length > 0 && inputs.allowReplacement === true) return { changes: true, replaces };
  return { changes: changed.length > 0 || isUnfinished(state) };
}
