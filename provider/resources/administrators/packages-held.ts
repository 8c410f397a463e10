import { CUSTOMER_PACKAGES, USER_ADD_ON, USER_PACKAGES } from '../../packages';
import type { Customer, Person, Subscriber } from '../../webex';
import type { Run } from '../run/run';

const OF_USERS: readonly string[] = [...USER_PACKAGES, USER_ADD_ON];

/** Packages of a subscriber. Undefined where that can't be told: there is none, or one that is not in the catalogue. */
export function packagesOfSubscriber({ packages }: Pick<Subscriber, 'packages'>): string[] | undefined {
  const known = packages.filter((name) => OF_USERS.includes(name));
  const hasPackage = known.some((name) => name !== USER_ADD_ON);
  return hasPackage && known.length === packages.length ? known : undefined;
}

/** Notes what a user had whom this run has removed: Webex doesn't tell that any more. */
export function noteRemoved(run: Run, personId: string, packages: readonly string[]): void {
  removedIn(run).set(personId, packages);
}

/** What the user of a person had whom this run has removed. */
export function packagesOfRemoved(run: Run, personId: string): readonly string[] | undefined {
  return removedIn(run).get(personId);
}

function removedIn({ memory }: Run): Map<string, readonly string[]> {
  return memory.forRun('packages of removed users', () => new Map());
}

/**
 * Packages that the licenses of a person stand for, who need not be a subscriber. Undefined where none of them stands for
 * a package: an unlinked user's licenses are gone, although the person had some.
 * @param details of the customer, read with the licenses of its packages
 */
export function packagesOfPerson(
  { licenses }: Pick<Person, 'licenses'>,
  details: Customer['resourceDetails'],
): string[] | undefined {
  const held = (details?.packages ?? [])
    .filter(({ licenseIds = [] }) => licenseIds.some((id) => licenses?.includes(id)))
    .map(({ name }) => name)
    .filter((name) => (CUSTOMER_PACKAGES as readonly string[]).includes(name));
  return held.length > 0 ? held : undefined;
}
