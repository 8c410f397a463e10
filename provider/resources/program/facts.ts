import { UNKNOWN } from '../../lifecycle';
import { hasCalling, LIMITED_PACKAGES, type LimitedPackage, userPackages } from '../../packages';

// What rules across resources look at. Inputs that aren't checked yet may hold anything, and UNKNOWN anywhere: what
// isn't known for sure is left out, and no rule judges it.

type Inputs = Readonly<Record<string, unknown>>;

/** What others depend on in a declared customer. */
export interface CustomerFacts {
  /** As messages show it: `customer "johns-pizza"`. */
  readonly title: string;
  readonly packages: readonly string[] | undefined;
  readonly limits: Readonly<Partial<Record<LimitedPackage, number>>>;
  readonly headquarters: PlaceFacts | undefined;
}

/** What users depend on in a location or headquarters. */
export interface PlaceFacts {
  readonly title: string;
  /** The complete list of its phone numbers, where the program manages them. */
  readonly numbers: readonly string[] | undefined;
  /** Why users with calling can't be there; undefined where nothing is known to be in the way. */
  readonly withoutCalling: string | undefined;
}

/** What a declared user needs of customer and location. */
export interface UserFacts {
  /** Package and add-on; undefined while the package isn't known. */
  readonly packages: readonly string[] | undefined;
  readonly isCalling: boolean;
  readonly phoneNumber: string | undefined;
  readonly namesLocation: boolean;
}

/** What the inputs of a customer say for sure. */
export function customerFacts(title: string, { packages, packageLimits, headquarters }: Inputs): CustomerFacts {
  const limits = isInputs(packageLimits) ? packageLimits : {};
  const known = LIMITED_PACKAGES.filter((name) => typeof limits[name] === 'number');
  return {
    title,
    packages: texts(packages),
    limits: Object.fromEntries(known.map((name) => [name, limits[name] as number])),
    headquarters: isInputs(headquarters) ? placeFacts('the headquarters', headquarters) : undefined,
  };
}

/**
 * What the inputs of a location, or of a headquarters, say for sure.
 * @param needsCalling it has calling only if it declares it: it is new, or was declared with calling before
 */
export function placeFacts(title: string, { calling }: Inputs, needsCalling = false): PlaceFacts {
  const block = isInputs(calling) ? calling : {};
  const isLeftOut = needsCalling && calling === undefined;
  const withoutCalling = isLeftOut ? 'will have no Webex Calling, because it declares no calling' : undefined;
  return {
    title,
    numbers: texts(block.phoneNumbers),
    withoutCalling: block.enabled === false ? 'has Webex Calling turned off' : withoutCalling,
  };
}

/** What the inputs of a user say for sure. */
export function userFacts({ package: name, attendantConsole, phoneNumber, locationId }: Inputs): UserFacts {
  const isKnown = typeof name === 'string' && name !== UNKNOWN && attendantConsole !== UNKNOWN;
  return {
    packages: isKnown ? userPackages(name, attendantConsole === true) : undefined,
    isCalling: isKnown && hasCalling(name),
    phoneNumber: typeof phoneNumber === 'string' && phoneNumber !== UNKNOWN ? phoneNumber : undefined,
    namesLocation: locationId !== undefined,
  };
}

/** A list of texts; undefined where a part of it isn't known. */
function texts(value: unknown): string[] | undefined {
  const isText = (item: unknown): item is string => typeof item === 'string' && item !== UNKNOWN;
  return Array.isArray(value) && value.every(isText) ? value : undefined;
}

function isInputs(value: unknown): value is Inputs {
  return typeof value === 'object' && value !== null;
}
