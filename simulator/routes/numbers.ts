import { z } from 'zod';
import { badRequest } from '../api-error';
import { getCallingLocation } from '../domain/calling/find';
import { activateNumbers, addNumbers, removeNumbers } from '../domain/numbers/changes';
import { countNumbers, listNumbers } from '../domain/numbers/list';
import { addNumbersBody, deleteNumbersBody, numbersBody } from '../domain/numbers/schema';
import { validateNumbers } from '../domain/numbers/validate';
import { organizationOf } from '../domain/organizations/find';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
import { countParameter, flagParameter, page } from '../http/paging';
import { orgQuery } from './parameters';

const OWNER_TYPES = z.enum([
  'PEOPLE',
  'PLACE',
  'AUTO_ATTENDANT',
  'CALL_QUEUE',
  'GROUP_PAGING',
  'HUNT_GROUP',
  'VOICE_MESSAGING',
  'BROADWORKS_ANYWHERE',
  'CONTACT_CENTER_LINK',
  'ROUTE_LIST',
  'VOICEMAIL_GROUP',
  'VIRTUAL_LINE',
]);

const listQuery = orgQuery.extend({
  locationId: z.string().optional(),
  max: countParameter(2000, 2000, 1),
  start: countParameter(0),
  phoneNumber: z.string().optional(),
  available: flagParameter,
  order: z.enum(['lastName', 'dn', 'extension']).optional(),
  ownerName: z.string().max(255).optional(),
  ownerId: z.string().optional(),
  ownerType: OWNER_TYPES.optional(),
  extension: z.string().optional(),
  numberType: z.enum(['NUMBER', 'EXTENSION', 'Default']).optional(),
  phoneNumberType: z.enum(['PRIMARY', 'ALTERNATE', 'FAX', 'DNIS', 'Default']).optional(),
  state: z.enum(['ACTIVE', 'INACTIVE', 'Default']).optional(),
  details: flagParameter,
  tollFreeNumbers: flagParameter,
  restrictedNonGeoNumbers: flagParameter,
  includedTelephonyTypes: z.enum(['PSTN_NUMBER', 'MOBILE_NUMBER']).optional(),
  serviceNumber: flagParameter,
});

const PATH = '/telephony/config/locations/{locationId}/numbers';

/** Phone numbers: the operations of the numbers documents. */
export const numberOperations: Operation[] = [
  operation('GET', '/telephony/config/numbers', { query: listQuery }, ({ world, query, url }) => {
    if (query.available && query.ownerType) throw badRequest('available cannot be used along with ownerType.');
    if (query.numberType && (query.available || query.state))
      throw badRequest('numberType cannot be used along with available or state.');
    const orgId = organizationOf(world, query.orgId).id;
    // The simulator has no restricted non-geographical numbers.
    const found = query.restrictedNonGeoNumbers ? [] : listNumbers(world, { ...query, orgId }, query.max, query.start);
    const { items, headers } = page(found, query.max, query.start, 'start', url);
    const count = query.details ? { count: countNumbers(world, orgId) } : {};
    return { status: 200, headers, body: { ...count, phoneNumbers: items } };
  }),
  operation('POST', PATH, { query: orgQuery, body: addNumbersBody }, ({ world, query, body, param }) => {
    const refused = addNumbers(world, getCallingLocation(world, param('locationId'), query.orgId), body);
    if (refused.length > 0)
      return { status: world.weather.settings.numbersPartlyStatus ?? 200, body: [{ errors: refused }] };
    // The document has 200 without content.
    return { status: 200 };
  }),
  operation('PUT', PATH, { query: orgQuery, body: numbersBody }, ({ world, query, body, param }) => {
    activateNumbers(world, getCallingLocation(world, param('locationId'), query.orgId), body.phoneNumbers);
    return NO_CONTENT;
  }),
  operation('DELETE', PATH, { query: orgQuery, body: deleteNumbersBody }, ({ world, query, body, param }) => {
    removeNumbers(world, getCallingLocation(world, param('locationId'), query.orgId), body.phoneNumbers);
    return NO_CONTENT;
  }),
  operation(
    'POST',
    '/telephony/config/actions/validateNumbers/invoke',
    { query: orgQuery, body: z.object({ phoneNumbers: z.array(z.string()).min(1).max(1000) }) },
    ({ world, query, body }) => {
      organizationOf(world, query.orgId);
      return ok(validateNumbers(world, body.phoneNumbers));
    },
  ),
];
