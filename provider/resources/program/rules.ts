import type { CheckFailure } from '../../lifecycle';
import { type Exceeded, lackingReason, packagesLacking } from '../../packages';
import type { CustomerFacts, PlaceFacts, UserFacts } from './facts';

/** What customer and location lack that the user needs: the same for a program and a roster. */
export function userFailures(
  user: UserFacts,
  customer: CustomerFacts | undefined,
  place: PlaceFacts | undefined,
): CheckFailure[] {
  return [...packageFailures(user, customer), ...placeFailures(user, place)];
}

function packageFailures({ packages = [] }: UserFacts, customer: CustomerFacts | undefined): CheckFailure[] {
  if (customer?.packages === undefined) return [];
  const { title, packages: had } = customer;
  return packagesLacking(packages, had).map((name) => ({
    property: propertyOf(name, packages),
    reason: `${lackingReason(name, title, had)}. Add it there, or choose one of these`,
  }));
}

function placeFailures(user: UserFacts, place: PlaceFacts | undefined): CheckFailure[] {
  if (place === undefined) return [];
  const { title, numbers } = place;
  if (user.isCalling && place.withoutCalling !== undefined) {
    const reason = `${title} ${place.withoutCalling}, and the user's package needs it. Set calling: {} there, or choose another location`;
    return [{ property: user.namesLocation ? 'locationId' : 'package', reason }];
  }
  const { phoneNumber } = user;
  if (phoneNumber === undefined || numbers === undefined || numbers.includes(phoneNumber)) return [];
  const reason = `${phoneNumber} is not one of the phoneNumbers of the user's location, ${title}. Add it there, or choose one of these`;
  return [{ property: 'phoneNumber', reason }];
}

/** The property by which a user needs the package of an exceeded limit, where it does. */
export function exceededPackage({ name }: Exceeded, { packages = [] }: UserFacts): string | undefined {
  return packages.includes(name) ? propertyOf(name, packages) : undefined;
}

/** The property that gives a user one of its packages: the package comes first, the add-on after it. */
function propertyOf(name: string, packages: readonly string[]): string {
  return name === packages[0] ? 'package' : 'attendantConsole';
}

/** @param by which other user has the extension */
export function takenReason(extension: string, by: string): string {
  return `"${extension}" is already used by another user at this location: ${by}`;
}

/**
 * Why a customer with `removal: "delete"` can't be deleted with its users.
 * @param users its users that stay, in words
 */
export function staysReason(users: string): string {
  return `removal is "delete", but ${users} would only be unlinked, and Webex deletes no organization that has people`;
}
