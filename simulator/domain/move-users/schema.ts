import { z } from 'zod';

/** One user of a move. An empty extension or number takes it away, one that is left out comes along. */
const movedUser = z.object({
  userId: z.string().optional(),
  extension: z.string().optional(),
  phoneNumber: z.string().optional(),
});

/** POST /telephony/config/jobs/person/moveLocation. What is missing is refused with codes of the operation's own. */
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

/** One user and where it is to go. */
export interface Move {
  personId: string;
  locationId: string;
  extension?: string | undefined;
  phoneNumber?: string | undefined;
}
