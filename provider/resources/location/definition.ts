import { KINDS } from '../../kinds';
import { UNKNOWN } from '../../lifecycle';
import type { Location } from '../../webex';
import { isIntegrated } from '../calling/api';
import { declaredNumbers } from '../calling/declared-keys';
import { numbersNow } from '../calling/numbers';
import { callingPreview } from '../calling/preview';
import { warnOfPeople } from '../calling/remove-calling';
import { type Calling, connectionFailures, INTEGRATED_REASON } from '../calling/schema';
import { defineResource } from '../define';
import { differs, same } from '../inputs/compare';
import { keysBy } from '../inputs/keys';
import { customerById } from '../lookups/customers';
import { listedLocation } from '../lookups/locations';
import { orGone } from '../outcomes/errors';
import { complete, post, prepare } from './create';
import { compare, find, lookUp } from './find';
import { adopted, identify, refuseHeadquarters, withUnreturned } from './import';
import { read } from './read';
import { remove } from './remove';
import {
  CHANGES,
  INPUT_KEYS,
  inputsOf,
  type LocationInputs,
  type LocationState,
  locationInputs,
  locationRules,
} from './schema';
import { update } from './update';

/** Handlers of a location. */
export const location = defineResource<LocationInputs, LocationState, Location, { id: string }>({
  kind: 'location',
  type: KINDS.Location.type,
  schema: locationInputs,
  derived: { pstnConnectionType: ['calling'] },
  inputKeys: INPUT_KEYS,
  immutable: keysBy(CHANGES, 'never'),
  followsCustomer: true,
  title: ({ name }) => `location "${name}"`,
  existing: ({ name }) => `a location "${name}"`,
  keys: ({ customerId, name, calling }) => [
    {
      kind: 'location',
      property: 'name',
      key: `${customerId}/${name}`,
      shown: `"${name}"`,
      among: ' for this customer',
    },
    ...declaredNumbers(calling, 'calling'),
  ],

  rules: (_run, inputs) => locationRules(inputs),
  preview: async (run, inputs, olds) => {
    const { customerId, calling } = inputs;
    const loses = isLost(olds?.calling, calling);
    if (customerId === UNKNOWN || same(olds?.calling, calling) || (calling === undefined && !loses)) return [];
    const customer = await customerById(run, customerId, inputs.onBehalfOfSubPartnerOrgId);
    if (!customer?.orgId) return [];
    const existing = await listedLocation(run, customer.orgId, (olds ?? inputs).name);
    if (loses && existing !== undefined) await warnOfPeople(run, customer.orgId, existing.id, existing.name);
    const location = { orgId: customer.orgId, locationId: existing?.id, path: 'calling' };
    return callingPreview(run, location, olds?.calling, calling);
  },
  existsAlready: lookUp,
  rulesOfNew: ({ calling }) => connectionFailures(calling, 'calling'),
  current: async (run, id, state, inputs) => {
    const { orgId, calling: recorded } = state;
    // The last of its people may have been moved since, and calling disabled.
    const isDisabled =
      isLost(recorded, inputs.calling) && (await orGone(run.webex.calling.get(orgId, id))) === undefined;
    if (isDisabled || (recorded?.enabled === false && inputs.calling === undefined))
      return { ...state, calling: inputs.calling };
    const calling = await numbersNow(run, orgId, id, recorded, inputs.calling);
    return calling === recorded ? state : { ...state, calling };
  },
  refuse: refuseNumbersOnIntegrated,

  find,
  compare,
  create: { prepare, post, complete },
  read,
  inputsOf,
  identify,
  refuseImport: refuseHeadquarters,
  adopted,
  withUnreturned,
  removedWhenLeftOut: ['calling'],
  update,
  remove,
});

/** Whether a location with calling is declared without it. */
function isLost(recorded: Calling | undefined, wanted: Calling | undefined): boolean {
  return recorded?.enabled === true && (wanted === undefined || wanted.enabled === false);
}

/** The type of a connection is known once it is set; from then on preview refuses numbers. */
function refuseNumbersOnIntegrated(state: LocationState, { calling, name }: LocationInputs): void {
  const unchanged = same(calling?.pstn, state.calling?.pstn);
  const newNumbers =
    differs(state.calling?.phoneNumbers, calling?.phoneNumbers) && (calling?.phoneNumbers ?? []).length > 0;
  if (unchanged && newNumbers && isIntegrated(state.pstnConnectionType)) {
    throw new Error(`location "${name}": calling.phoneNumbers: ${INTEGRATED_REASON}`);
  }
}
