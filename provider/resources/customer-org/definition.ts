import { KINDS } from '../../kinds';
import type { Customer } from '../../webex';
import { isSameId } from '../../webex/ids';
import { adviseUnknownPackages, guardCustomerPackages, guardReattachment } from '../administrators/customer-packages';
import { declaredNumbers } from '../calling/declared-keys';
import { numbersNow } from '../calling/numbers';
import { connectionFailures } from '../calling/schema';
import { defineResource } from '../define';
import type { Checking, Past } from '../define/definition';
import { differs, hasUnknown, same } from '../inputs/compare';
import { keysBy } from '../inputs/keys';
import { headquarters as headquartersOf } from '../lookups/headquarters';
import { NewCustomers } from '../lookups/new-customers';
import { asFailures } from '../outcomes/errors';
import type { Run } from '../run/run';
import { precheckBody } from './api';
import { type Accepted, attachUnlinked, complete, post } from './create';
import { compare, find } from './find';
import { headquartersPreview } from './headquarters-preview';
import { adopted, identify, withUnreturned } from './import';
import { packagesNow, warnOfPackagesInUse } from './packages-in-use';
import { HINTS, refusedPrecheck, sendPrecheck } from './precheck';
import { read } from './read';
import { remove } from './remove';
import {
  CHANGES,
  type CustomerOrgInputs,
  type CustomerOrgState,
  customerOrgInputs,
  customerOrgRules,
  INPUT_KEYS,
  inputsOf,
  isFinished,
} from './schema';
import { update } from './update';

/** Handlers of a customer organization. */
export const customerOrg = defineResource<CustomerOrgInputs, CustomerOrgState, Customer, Accepted>({
  kind: 'customer',
  type: KINDS.CustomerOrg.type,
  schema: customerOrgInputs,
  derived: { previous: ['packages'], packageStatus: ['packages'] },
  inputKeys: INPUT_KEYS,
  immutable: keysBy(CHANGES, 'never'),
  // Declared later, it is compared with the real one in diff; no longer declared, the organization stays attached.
  immutableOnceDeclared: ['orgId'],
  title: ({ externalId }) => `customer "${externalId}"`,
  existing: ({ externalId }) => `a customer with externalId "${externalId}"`,
  keys: ({ externalId, headquarters }) => [
    { kind: 'customer', property: 'externalId', key: externalId, shown: `"${externalId}"` },
    ...declaredNumbers(headquarters?.calling, 'headquarters.calling'),
  ],

  before: beforeAttachment,
  rules: (_run, inputs) => customerOrgRules(inputs),
  previous: ({ packages }, before) =>
    before && !hasUnknown(packages) && !same(before.packages, packages) ? { packages: before.packages } : undefined,
  preview: async (run, inputs, olds) => {
    const { externalId, orgId, packages } = inputs;
    if (olds === undefined && orgId !== undefined && !hasUnknown([orgId, packages])) {
      NewCustomers.of(run).addAttached(orgId, packages);
    }
    if (olds === undefined && !hasUnknown(externalId)) {
      const id = () => run.memory.forRun(`customer:${externalId}`, async () => (await find(run, inputs))?.id);
      NewCustomers.of(run).add(externalId, id);
    }
    if (olds !== undefined && hasUnknown(packages)) {
      await adviseUnknownPackages(run, olds, Array.isArray(packages) ? packages : []);
    }
    await warnOfPackagesInUse(run, inputs, olds);
    return headquartersPreview(run, inputs, olds);
  },
  // Webex enables calling at a new headquarters, without a PSTN connection.
  rulesOfNew: ({ orgId, headquarters }) =>
    orgId === undefined ? connectionFailures(headquarters?.calling, 'headquarters.calling') : [],
  precheck: {
    scope: 'customers',
    body: precheckBody,
    send: sendPrecheck,
    hints: HINTS,
    // Its key is free, so it doesn't exist, and its users need no lookup.
    passed: (run, { externalId }) => NewCustomers.of(run).add(externalId, async () => undefined),
    refused: refusedPrecheck,
  },

  current: async (run, id, state, inputs) => {
    if (state.headquartersLocationId !== undefined) headquartersOf(run).set(id, state.headquartersLocationId);
    const now = await packagesNow(run, id, state, inputs);
    const { orgId, headquartersLocationId, headquarters } = now;
    const wanted = inputs.headquarters?.calling;
    const calling = await numbersNow(run, orgId, headquartersLocationId, headquarters?.calling, wanted);
    return headquarters && calling !== headquarters.calling
      ? { ...now, headquarters: { ...headquarters, calling } }
      : now;
  },
  guard: async (run, id, state, inputs, isReplacement) => {
    const { packages, onBehalfOfSubPartnerOrgId } = inputs;
    if (isReplacement ? !keepsOrganization(state, inputs) : !run.isPreview) return;
    const customer = { id, packages, onBehalfOfSubPartnerOrgId };
    const changesPackages = !same(state.packages, packages);
    if (isReplacement) return guardReattachment(run, customer, changesPackages);
    if (changesPackages) await guardCustomerPackages(run, customer);
  },
  isFinished,
  replaces: (state, { orgId, allowReplacement }) => {
    if (orgId === undefined || !differs(state.orgId, orgId)) return [];
    // check can't find this: the organization of a customer that was not attached is in the state only.
    if (allowReplacement !== true) throw new Error(otherOrganization(state, orgId));
    return ['orgId'];
  },
  parts: ({ headquartersLocationId: id }) => [{ kind: 'location', id }],

  find,
  compare,
  guardAdoption: async (run, { id, packages: now }, { packages, onBehalfOfSubPartnerOrgId }) => {
    if (!same(now, packages)) await guardCustomerPackages(run, { id, packages, onBehalfOfSubPartnerOrgId });
  },
  create: { post, otherwise: attachUnlinked, complete },
  read,
  inputsOf,
  identify,
  adopted,
  withUnreturned,
  update,
  remove,
});

/**
 * The customer that has the organization already, for a resource without a record: it is taken over, or Pulumi replaces
 * it without a diff (`--replace`, a taint). What its administrators would lose is judged before the first deletion.
 */
async function beforeAttachment(
  run: Run,
  inputs: CustomerOrgInputs,
  olds: CustomerOrgInputs | undefined,
  { urn }: Checking,
): Promise<Past<CustomerOrgInputs>> {
  const { orgId, adopt, packages, onBehalfOfSubPartnerOrgId: onBehalfOf } = inputs;
  if (olds !== undefined || (orgId === undefined && adopt !== true)) return { was: olds };
  if (hasUnknown([inputs.externalId, orgId, packages])) return {};
  const [is] = orgId === undefined ? [await find(run, inputs)] : await run.webex.customers.list({ orgId }, onBehalfOf);
  if (is === undefined) return {};
  const guarded = async () => {
    const customer = { ...inputs, id: is.id };
    const changesPackages = !same(is.packages, packages);
    const isReplaced = (await run.recorded()).some((recorded) => recorded.urn === urn && isSameId(recorded.id, is.id));
    if (isReplaced) await guardReattachment(run, customer, changesPackages);
    else if (changesPackages) await guardCustomerPackages(run, customer);
    return [];
  };
  return { was: { ...inputs, packages: is.packages as typeof packages }, failures: await asFailures(guarded()) };
}

/** Whether a customer that is replaced is attached to its organization again, with the people in it. */
function keepsOrganization(
  { orgId: is }: Pick<CustomerOrgState, 'orgId'>,
  { orgId, adopt }: CustomerOrgInputs,
): boolean {
  return orgId === undefined ? adopt === true : !differs(is, orgId);
}

function otherOrganization({ externalId, orgId }: CustomerOrgState, declared: string): string {
  return (
    `customer "${externalId}": orgId: the customer has the organization ${orgId ?? '(none yet)'}, declared is ${declared}. Remove orgId, ` +
    'or set allowReplacement: true to delete this customer and attach that organization'
  );
}
