import { z } from 'zod';

/** One user of a move. An empty extension or number is removed; an omitted one is kept. */
const movedUser = z.object({
  userId: z.string().optional(),
  extension: z.string().optional(),
  phoneNumber: z.string().optional(),
});

/** POST /telephony/config/jobs/person/moveLocation. rules.ts refuses missing fields with the operation's codes. */
export const moveUsersBody = z.object({
  usersList: z
    .array(
      z.object({
        locationId: z.string().optional(),
        validate: z.boolean().optional(),
        users: z.array(movedUser).optional(),
      }),
    )
    .optional(),
});
export type MoveUsers = z.infer<typeof moveUsersBody>;
export type MoveUsersEntry = NonNullable<MoveUsers['usersList']>[number];

/** One user and its target location. */
export interface Move {
  personId: string;
  locationId: string;
  extension?: string | undefined;
  phoneNumber?: string | undefined;
}
