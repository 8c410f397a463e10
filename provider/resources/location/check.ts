import { type Caller, type Checked, type CheckFailure, UNKNOWN } from '../../lifecycle';
import { numbersDeclaredTwice } from '../calling/declared-numbers';
import { hasUnknown } from '../inputs/compare';
import { validate } from '../inputs/validation';
import { identityFailure, immutableFailures } from '../outcomes/lifecycle-helpers';
import { declare } from '../run/ownership';
import { session } from '../run/session';
import { checkSession } from '../run/session-check';
import { IMMUTABLE_KEYS, type LocationInputs, locationInputs, locationRules } from './schema';

/** Validates a location. */
export async function check(
  news: Record<string, unknown>,
  olds: LocationInputs | undefined,
  caller: Caller,
): Promise<Checked<LocationInputs>> {
  checkSession();
  const { orgId, pstnConnectionType, ...declared } = news;
  const filled = { onBehalfOfSubPartnerOrgId: session.onBehalfOfSubPartnerOrgId, ...declared };
  const { inputs, failures } = validate<LocationInputs>(locationInputs, filled);
  if (failures.length === 0) {
    failures.push(...locationRules(inputs));
    failures.push(...immutableFailures(IMMUTABLE_KEYS, olds, inputs));
    failures.push(...identityFailure(olds, inputs));
    failures.push(...declaredTwice(inputs, caller), ...numbersDeclaredTwice(inputs.calling, 'calling', caller));
  }
  return { inputs, failures };
}

function declaredTwice({ customerId, name }: LocationInputs, caller: Caller): CheckFailure[] {
  if (customerId === UNKNOWN || hasUnknown(name)) return [];
  const other = declare('location', `${customerId}/${name}`, caller);
  if (other === undefined) return [];
  return [{ property: 'name', reason: `"${name}" is declared twice for this customer: ${other} has it too` }];
}
