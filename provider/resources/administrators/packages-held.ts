import { CUSTOMER_PACKAGES, USER_ADD_ON, USER_PACKAGES } from '../../packages';
import type { Customer, Person, Subscriber } from '../../webex';
import { isSameId } from '../../webex/ids';
import type { Run } from '../run/run';

const OF_USERS: readonly string[] = [...USER_PACKAGES, USER_ADD_ON];

/** Packages of a subscriber. Undefined where it has none, or one that is not in the catalogue. */
export function packagesOfSubscriber({ packages }: Pick<Subscriber, 'packages'>): string[] | undefined {
  const known = packages.filter((name) => OF_USERS.includes(name));
  const hasPackage = known.some((name) => name !== USER_ADD_ON);
  return hasPackage && known.length === packages.length ? known : undefined;
}

/** Records the packages of a user that this run has removed: Webex doesn't return them any more. */
export function noteRemoved(run: Run, personId: string, packages: readonly string[]): void {
  removedIn(run).set(personId, packages);
}

/** Packages of the user of a person, where this run has removed that user. */
export function packagesOfRemoved(run: Run, personId: string): readonly string[] | undefined {
  return removedIn(run).get(personId);
}

function removedIn({ memory }: Run): Map<string, readonly string[]> {
  return memory.forRun('packages of removed users', () => new Map());
}

/**
 * Packages that the licenses of a person stand for; the person need not be a subscriber. Undefined where no license
 * stands for a package: an unlinked user's licenses are gone, although the person had some.
 * @param details of the customer, read with the licenses of its packages
 */
export function packagesOfPerson(
  { licenses }: Pick<Person, 'licenses'>,
  details: Customer['resourceDetails'],
): string[] | undefined {
  const held = (details?.packages ?? [])
    .filter(({ licenseIds = [] }) => licenseIds.some((id) => licenses?.some((each) => isSameId(each, id))))
    .map(({ name }) => name)
    .filter((name) => (CUSTOMER_PACKAGES as readonly string[]).includes(name));
  return held.length > 0 ? held : undefined;
}
