import { type Caller, type CheckFailure, UNKNOWN } from '../../lifecycle';
import { exceededLimits, exceededReason, type LimitedPackage, lackingReason, packagesLacking } from '../../packages';
import { hasUnknown } from '../inputs/compare';
import type { Run } from '../run/run';

/** What others depend on in a declared customer. */
export interface DeclaredCustomer {
  /** As messages show it: `customer "johns-pizza"`. */
  readonly title: string;
  readonly packages: readonly string[];
  readonly limits?: Readonly<Partial<Record<LimitedPackage, number>>>;
  /** Whether its organization is deleted with it (`removal: "delete"`). */
  readonly isDeleted: boolean;
  /** The headquarters; its customer is this one. */
  readonly headquarters?: Pick<DeclaredLocation, 'title' | 'numbers' | 'hasCalling'>;
}

/** What others depend on in a declared location. */
export interface DeclaredLocation {
  readonly title: string;
  readonly customerId: string;
  /** The complete list of its phone numbers, where the program manages them. */
  readonly numbers?: readonly string[];
  /** False where the program turns Webex Calling off. */
  readonly hasCalling: boolean;
}

/** What a declared user needs of customer and location. */
export interface DeclaredUser {
  /** A new user without a location goes to the headquarters; one that exists stays where it is. */
  readonly isNew: boolean;
  readonly customerId: string;
  readonly locationId?: string;
  /** Package and add-on; undefined while the package isn't known. */
  readonly packages?: readonly string[];
  readonly isCalling: boolean;
  /** Whether the person stays in the organization when the resource is removed. */
  readonly stays: boolean;
  readonly extension?: string;
  readonly phoneNumber?: string;
}

interface Placed extends DeclaredUser {
  readonly name: string;
  readonly customer: string | undefined;
  readonly place: string | undefined;
}

/**
 * What the program declares, as far as this run has checked it: a rule about more than one resource fails in the check of
 * the one that comes last. Pulumi checks a resource after those that it refers to.
 *
 * A reference is known by the URN that an input refers to, so that it works while there is no ID yet; without one, by the
 * ID that the program gives as a text.
 */
export class Program {
  private readonly customers = new Map<string, DeclaredCustomer>();
  private readonly locations = new Map<string, DeclaredLocation & { readonly customer: string | undefined }>();
  private readonly users = new Map<string, Placed>();

  private readonly adopted = new Map<string, string>();
  private readonly advised = new Set<string>();

  static of(run: Run): Program {
    return run.memory.forRun('program', () => new Program(run.warn));
  }

  private constructor(private readonly warn: Run['warn']) {}

  /** Preview found that a new resource will take this object over: what refers to it can be judged by its ID. */
  expectAdoption(kind: string, urn: string, id: string): void {
    this.adopted.set(`${kind}Id:${urn}`, id);
  }

  /** Inputs in which `customerId`, and other IDs named so after a kind, are known where {@link expectAdoption} told. */
  withAdoptedIds<I extends object>({ references = {} }: Caller, inputs: I): I {
    const known = Object.entries(references).flatMap(([input, [urn, ...others]]) => {
      const id = others.length === 0 ? this.adopted.get(`${input}:${urn}`) : undefined;
      return id !== undefined && (inputs as Record<string, unknown>)[input] === UNKNOWN ? [[input, id]] : [];
    });
    return { ...inputs, ...Object.fromEntries(known) };
  }

  addCustomer({ urn }: Caller, customer: DeclaredCustomer): void {
    this.customers.set(urn, customer);
  }

  addLocation(caller: Caller, location: DeclaredLocation): void {
    this.locations.set(caller.urn, { ...location, customer: referred(caller, 'customerId', location.customerId) });
  }

  /** Adds a user, and says what of the program contradicts it. */
  addUser(caller: Caller, user: DeclaredUser): CheckFailure[] {
    const customer = referred(caller, 'customerId', user.customerId);
    const placed = { ...user, name: caller.name, customer, place: this.placeOf(caller, user, customer) };
    this.users.set(caller.urn, placed);
    if (caller.dryRun) this.adviseRemoval(placed);
    return [
      ...this.packageFailures(placed),
      ...this.locationFailures(placed),
      ...this.extensionFailures(caller, placed),
    ];
  }

  /** Once for each customer: Pulumi shows the provider nothing of what it will delete, so that is too late to tell. */
  private adviseRemoval({ name, customer = '', stays }: Placed): void {
    const declared = this.customers.get(customer);
    if (!stays || declared?.isDeleted !== true || this.advised.has(customer)) return;
    this.advised.add(customer);
    this.warn(
      `${declared.title} has removal: "delete", but user "${name}" would only be unlinked, and Webex deletes no organization that ` +
        'has people. Set removal: "delete" for its users, too, and run pulumi up before you remove them',
    );
  }

  /** The headquarters counts as a place of its customer: it has an ID, but no resource. */
  private placeOf(
    caller: Caller,
    { isNew, locationId }: DeclaredUser,
    customer: string | undefined,
  ): string | undefined {
    if (locationId === undefined) return isNew && customer !== undefined ? headquartersOf(customer) : undefined;
    const location = referred(caller, 'locationId', locationId);
    return location !== undefined && this.customers.has(location) ? headquartersOf(location) : location;
  }

  private packageFailures({ customer, packages }: Placed): CheckFailure[] {
    const declared = customer === undefined ? undefined : this.customers.get(customer);
    if (declared === undefined || packages === undefined) return [];
    const [name, addOn] = packages;
    const propertyOf = (packageName: string) => (packageName === addOn ? 'attendantConsole' : 'package');
    if (!hasUnknown(declared.packages)) {
      const lacking = packagesLacking(packages, declared.packages);
      const reasons = lacking.map((each) => ({
        property: propertyOf(each),
        reason: `${lackingReason(each, declared.title, declared.packages)}. Add it there, or choose one of these`,
      }));
      if (reasons.length > 0) return reasons;
    }
    const all = [...this.users.values()].filter((user) => user.customer === customer);
    return exceededLimits(
      declared.limits ?? {},
      all.map((user) => user.packages ?? []),
    )
      .filter((exceeded) => exceeded.name === name || exceeded.name === addOn)
      .map((exceeded) => ({ property: propertyOf(exceeded.name), reason: exceededReason(exceeded, declared.title) }));
  }

  private locationFailures({ customer, place, locationId, isCalling, phoneNumber }: Placed): CheckFailure[] {
    if (place === undefined) return [];
    const elsewhere = this.locations.get(place);
    if (elsewhere?.customer !== undefined && customer !== undefined && elsewhere.customer !== customer)
      return [{ property: 'locationId', reason: `${elsewhere.title} belongs to another customer than the user` }];
    const at =
      elsewhere ??
      (customer !== undefined && place === headquartersOf(customer) ? this.headquarters(customer) : undefined);
    if (at === undefined) return [];
    if (isCalling && !at.hasCalling) {
      const reason = `${at.title} has Webex Calling turned off, and the user's package needs it. Choose another location`;
      return [{ property: locationId === undefined ? 'package' : 'locationId', reason }];
    }
    const { numbers } = at;
    if (phoneNumber === undefined || phoneNumber === UNKNOWN || numbers === undefined || hasUnknown(numbers)) return [];
    if (numbers.includes(phoneNumber)) return [];
    const reason = `${phoneNumber} is not one of the phoneNumbers of the user's location, ${at.title}. Add it there, or choose one of these`;
    return [{ property: 'phoneNumber', reason }];
  }

  private headquarters(customer: string): DeclaredCustomer['headquarters'] {
    return this.customers.get(customer)?.headquarters;
  }

  /** Where customer and location are known, the extension is a key of the user, and claims compare it. */
  private extensionFailures({ urn }: Caller, user: Placed): CheckFailure[] {
    const { place, extension } = user;
    if (user.customerId !== UNKNOWN && user.locationId !== UNKNOWN) return [];
    if (place === undefined || extension === undefined || extension === UNKNOWN) return [];
    for (const [otherUrn, other] of this.users) {
      if (otherUrn === urn || other.place !== place || other.extension !== extension) continue;
      const reason = `"${extension}" is that of another user at this location: resource "${other.name}" has it too`;
      return [{ property: 'extension', reason }];
    }
    return [];
  }
}

/** What an input refers to: the URN of the one resource that it was made of, else the ID that it is. */
function referred({ references }: Caller, input: string, id: string): string | undefined {
  const [urn, ...others] = references?.[input] ?? [];
  if (urn !== undefined) return others.length === 0 ? urn : undefined;
  return id === UNKNOWN ? undefined : id;
}

function headquartersOf(customer: string): string {
  return `headquarters of ${customer}`;
}
