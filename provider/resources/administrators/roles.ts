import { administratorBy, isAdministratorRole, unlistedReason } from '../../packages';
import type { Person } from '../../webex';
import { allRoles, roleIn } from '../lookups/roles';
import type { Run } from '../run/run';

/** Whether a person is an administrator, by what Webex says. */
export type Standing =
  /** Answer of {@link administratorBy}. */
  | { readonly because: string }
  /** Webex leaves out what the answer needs, in words. */
  | { readonly missing: string }
  | undefined;

/**
 * Whether a person is an administrator, or becomes one. A role that `GET /roles` doesn't list may be an
 * administrator's: the answer is `missing` then, unless another role of the person is an administrator's.
 * @param gets names of the roles that are declared
 */
export async function standingOf(
  run: Run,
  person: Pick<Person, 'roles'>,
  gets: readonly string[] | undefined,
): Promise<Standing> {
  const { roles: ids } = person;
  const listed = ids === undefined || ids.length === 0 ? [] : await allRoles(run);
  const names = (ids ?? []).map((id) => roleIn(listed, id)?.name || undefined);
  const because = administratorBy(
    names.filter((name) => name !== undefined),
    gets,
  );
  if (because !== undefined) return { because };
  if (ids === undefined) return { missing: 'Webex does not give the roles of this person' };
  const unlisted = ids.find((_, index) => names[index] === undefined);
  return unlisted === undefined ? undefined : { missing: unlistedReason(unlisted) };
}

/** Whether one of these roles, given by name, makes an administrator. */
export function isAdministrator(roles: readonly string[] | undefined): boolean {
  return (roles ?? []).some(isAdministratorRole);
}
