import type { Caller, Checked, CheckFailure } from '../../lifecycle';
import { numbersDeclaredTwice } from '../calling/declared-numbers';
import { hasUnknown, same } from '../inputs/compare';
import { validate } from '../inputs/validation';
import { noteNewCustomer } from '../lookups/new-customers';
import { immutableFailures } from '../outcomes/lifecycle-helpers';
import { immutableConflict } from '../outcomes/refusals';
import { PrechecksAhead } from '../prechecks/ahead';
import { mayPrecheck, precheck, prechecks } from '../prechecks/precheck';
import { once } from '../run/once';
import { declare, expectTakeover, isReplacementCheck } from '../run/ownership';
import { session } from '../run/session';
import { checkSession } from '../run/session-check';
import { warn } from '../run/warnings';
import { precheckOf } from './backend';
import {
  conflict,
  differencesFrom,
  findExisting,
  findUnlinkedOrganization,
  immutableDifferences,
  unlinked,
} from './existing';
import { type CustomerOrgInputs, customerOrgInputs, customerOrgRules } from './schema';
import { IMMUTABLE_KEYS } from './state';

/** Words of Cisco's descriptions, and the input that each is about. */
const HINTS = [
  [/provisioning ?id|template/i, 'provisioningId'],
  [/external ?id/i, 'externalId'],
  [/e-?mail/i, 'primaryEmail'],
  [/limit/i, 'packageLimits'],
  [/timezone|time zone/i, 'headquarters.timeZone'],
  [/country/i, 'address.country'],
  [/location/i, 'headquarters'],
  [/address|state|postal|zip/i, 'address'],
  [/package/i, 'packages'],
  [/organi[sz]ation|orgId/i, 'orgId'],
  [/language/i, 'language'],
  [/name/i, 'name'],
] as const;

/** Validates a customer organization, and asks Cisco's precheck about a new one in preview. */
export async function check(
  news: Record<string, unknown>,
  olds: CustomerOrgInputs | undefined,
  caller: Caller,
): Promise<Checked<CustomerOrgInputs>> {
  checkSession();
  const { inputs, failures } = validated(news);
  const isNew = !isReplacementCheck('customer', caller.urn, olds) && olds === undefined;
  ahead.checking(caller, isNew);
  if (failures.length === 0) {
    failures.push(...customerOrgRules(inputs), ...immutable(olds, inputs), ...declaredTwice(inputs, caller));
    failures.push(...numbersDeclaredTwice(inputs.headquarters?.calling, 'headquarters.calling', caller));
  }
  if (failures.length === 0 && olds === undefined && caller.dryRun && !hasUnknown(inputs.externalId)) {
    noteNewCustomer(
      inputs.externalId,
      async () => (await once(`customer:${inputs.externalId}`, () => findExisting(inputs)))?.id,
    );
  }
  if (failures.length === 0 && isNew && caller.dryRun && prechecks('customer') && !hasUnknown(inputs)) {
    failures.push(...(await askCisco(inputs)));
  }
  if (olds && !same(olds.packages, inputs.packages) && !hasUnknown(inputs.packages)) {
    return { inputs: { ...inputs, previous: { packages: olds.packages } }, failures };
  }
  return { inputs, failures };
}

function validated(news: Record<string, unknown>) {
  const filled = { onBehalfOfSubPartnerOrgId: session.onBehalfOfSubPartnerOrgId, ...withoutOutputs(news) };
  return validate<CustomerOrgInputs>(customerOrgInputs, filled);
}

const ahead = new PrechecksAhead<CustomerOrgInputs>({
  validated: (news) => {
    const { inputs, failures } = validated(news);
    return failures.length > 0 || hasUnknown(inputs) ? undefined : inputs;
  },
  ask: (inputs) => session.webex.customers.precheck(precheckOf(inputs), inputs.onBehalfOfSubPartnerOrgId),
  requestOf: (inputs) => [precheckOf(inputs), inputs.onBehalfOfSubPartnerOrgId],
  hints: HINTS,
});

/** Outputs that the resource class asks for arrive as absent inputs. */
function withoutOutputs(news: Record<string, unknown>): Record<string, unknown> {
  const { status, packageStatus, headquartersLocationId, ...inputs } = news;
  return inputs;
}

function immutable(olds: CustomerOrgInputs | undefined, inputs: CustomerOrgInputs): CheckFailure[] {
  // An orgId that is declared later is compared with the real one in diff; one that is no longer declared stays attached.
  const declaredBefore = olds?.orgId !== undefined && inputs.orgId !== undefined;
  const keys = declaredBefore ? IMMUTABLE_KEYS : IMMUTABLE_KEYS.filter((key) => key !== 'orgId');
  return immutableFailures(keys, olds, inputs);
}

function declaredTwice({ externalId }: CustomerOrgInputs, caller: Caller): CheckFailure[] {
  if (hasUnknown(externalId)) return [];
  const other = declare('customer', externalId, caller);
  if (other === undefined) return [];
  return [
    {
      property: 'externalId',
      reason: `"${externalId}" is declared twice: ${other} has it too. It must be unique`,
    },
  ];
}

async function askCisco(inputs: CustomerOrgInputs): Promise<CheckFailure[]> {
  const failures = await ahead.failuresOf(inputs);
  // Its key is free, so it doesn't exist: its users need not ask.
  if (failures.length === 0 && mayPrecheck()) noteNewCustomer(inputs.externalId, async () => undefined);
  if (failures.length === 0) return [];
  // A customer that exists already may be ours: an earlier run may have been killed before it was recorded.
  const existing = await findExisting(inputs);
  if (existing === undefined) return askAboutUnlinked(inputs, failures);
  const differences = await differencesFrom(existing, inputs);
  const others = differences.length > 0 && inputs.adopt === true ? await immutableDifferences(existing, inputs) : [];
  if (others.length > 0) {
    const what = `a customer with externalId "${inputs.externalId}"`;
    return [{ property: 'externalId', reason: immutableConflict(what, others) }];
  }
  if (differences.length === 0 || inputs.adopt === true) {
    expectTakeover('customer', existing.id);
    warn(`customer "${inputs.externalId}" exists already; pulumi up will take it over`);
    return [];
  }
  return [{ property: 'externalId', reason: conflict(inputs.externalId, differences) }];
}

/** An organization of that name without a customer explains the failures; attaching it is what `adopt` allows. */
async function askAboutUnlinked(inputs: CustomerOrgInputs, failures: CheckFailure[]): Promise<CheckFailure[]> {
  const orgId = inputs.orgId === undefined ? await findUnlinkedOrganization(inputs) : undefined;
  if (orgId === undefined) return failures;
  if (inputs.adopt !== true) return [{ property: 'orgId', reason: unlinked(inputs.name, orgId) }];
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  return precheck(() => session.webex.customers.precheck({ ...precheckOf(inputs), orgId }, behalf), HINTS);
}
