import { KINDS } from '../../kinds';
import { UNKNOWN } from '../../lifecycle';
import type { Location } from '../../webex';
import { isIntegrated } from '../calling/api';
import { declaredNumbers } from '../calling/declared-keys';
import { numbersNow } from '../calling/numbers';
import { callingPreview } from '../calling/preview';
import { connectionFailures, INTEGRATED_REASON } from '../calling/schema';
import { defineResource } from '../define';
import { differs, same } from '../inputs/compare';
import { customerById } from '../lookups/customers';
import { listedLocation } from '../lookups/locations';
import { complete, post, prepare } from './create';
import { compare, find, lookUp } from './find';
import { adopted, identify, refuseHeadquarters, withUnreturned } from './import';
import { read } from './read';
import { remove } from './remove';
import {
  IMMUTABLE_KEYS,
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
  immutable: IMMUTABLE_KEYS,
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
    if (customerId === UNKNOWN || calling === undefined || same(olds?.calling, calling)) return [];
    const customer = await customerById(run, customerId, inputs.onBehalfOfSubPartnerOrgId);
    if (!customer?.orgId) return [];
    const existing = await listedLocation(run, customer.orgId, (olds ?? inputs).name);
    const location = { orgId: customer.orgId, locationId: existing?.id, path: 'calling' };
    return callingPreview(run, location, olds?.calling, calling);
  },
  existsAlready: lookUp,
  rulesOfNew: ({ calling }) => connectionFailures(calling, 'calling'),
  current: async (run, id, state, inputs) => {
    const calling = await numbersNow(run, state.orgId, id, state.calling, inputs.calling);
    return calling === state.calling ? state : { ...state, calling };
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

/** The type of a connection is known once it is set; from then on preview refuses numbers. */
function refuseNumbersOnIntegrated(state: LocationState, { calling, name }: LocationInputs): void {
  const unchanged = same(calling?.pstn, state.calling?.pstn);
  const newNumbers =
    differs(state.calling?.phoneNumbers, calling?.phoneNumbers) && (calling?.phoneNumbers ?? []).length > 0;
  if (unchanged && newNumbers && isIntegrated(state.pstnConnectionType)) {
    throw new Error(`location "${name}": calling.phoneNumbers: ${INTEGRATED_REASON}`);
  }
}
