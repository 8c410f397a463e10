import { z } from 'zod';
import { partnerOrganization } from '../domain/organizations/find';
import { type Operation, operation } from '../http/operation';
import { flagParameter } from '../http/paging';
import { encodeId, uuidOf } from '../ids';

/** Whose token it is. */
export const meOperations: Operation[] = [
  operation({
    method: 'GET',
    path: '/people/me',
    query: z.object({ callingData: flagParameter }),
    handle: ({ world }) => {
      const { id: orgId, display_name: name } = partnerOrganization(world);
      return {
        status: 200,
        body: {
          // The token belongs to no person here: the partner organization's UUID stands for its administrator.
          id: encodeId('PEOPLE', uuidOf(orgId)),
          emails: ['partner.administrator@example.com'],
          displayName: `Administrator of ${name}`,
          orgId,
          type: 'person',
        },
      };
    },
  }),
];
