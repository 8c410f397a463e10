import type { Dice } from './dice.ts';
import {
  type Address,
  type Calling,
  type CustomerModel,
  hasCalling,
  hasLimit,
  type LocationModel,
  type TemplateModel,
  type UserModel,
} from './world.ts';

/** Roles of users that are no administrators, whose packages may be lowered. */
const PLAIN_ROLES = ['Compliance Officer'];
/** Administrator roles of GET /roles. */
export const ADMINISTRATOR_ROLES = ['Full Administrator', 'User and Device Administrator', 'Support Administrator'];
const FIRST_NAMES = ['John', 'Alice', 'Branch'];
const TIME_ZONES = ['America/Los_Angeles', 'America/Denver', 'America/Chicago', 'America/New_York'];
const CALLING = ['webex_calling', 'webex_suite', 'webex_voice', 'webex_calling_standard', 'cx_essentials'];
const NON_INTEGRATED = 'Non-integrated CCP';

/** Makes unique objects: each key, number, extension and name is used once in a run. */
export class Births {
  #count = 0;

  readonly #dice: Dice;

  constructor(dice: Dice) {
    this.#dice = dice;
  }

  /** The next unused number. */
  next(): number {
    return ++this.#count;
  }

  address(): Address {
    return {
      addressLine1: `${this.next()} Alder Drive`,
      city: 'Milpitas',
      stateOrProvince: 'CA',
      zipOrPostalCode: '95035',
      country: 'US',
    };
  }

  timeZone(): string {
    return this.#dice.pick(TIME_ZONES);
  }

  /** Phone numbers, E.164. */
  numbers(count: number): string[] {
    return Array.from({ length: count }, () => `+1214555${String(this.next()).padStart(4, '0')}`);
  }

  extension(): string {
    return String(10_000 + this.next());
  }

  /** The resource name of a new or renamed object. */
  resource(kind: string): string {
    return `${kind}-${this.next()}`;
  }

  calling(): Calling {
    const dice = this.#dice;
    if (dice.chance(0.2)) return { pstn: { displayName: dice.pick(['Integrated CCP', 'Cisco Calling Plans']) } };
    const phoneNumbers = this.numbers(dice.int(0, 8));
    const [mainNumber] = phoneNumbers;
    return {
      pstn: { displayName: NON_INTEGRATED },
      phoneNumbers,
      ...(mainNumber !== undefined && dice.chance(0.7) && { mainNumber }),
      ...(dice.chance(0.3) && { callingLineIdName: `Caller ${this.next()}` }),
    };
  }

  template(): TemplateModel {
    const number = this.next();
    return {
      key: `template ${number}`,
      resource: this.resource('template'),
      name: `Template ${number}`,
      country: 'US',
      serviceProviderAdminEmail: `admin${number}@example.com`,
    };
  }

  customer(templates: readonly TemplateModel[]): CustomerModel {
    const dice = this.#dice;
    const number = this.next();
    const calling = dice.chance(0.85);
    const packages = calling ? dice.some(CALLING, dice.int(1, 3)) : ['webex_meetings'];
    if (calling && dice.chance(0.6)) packages.push('webex_meetings');
    if (needsNothingElse(packages) && dice.chance(0.3)) packages.push('attendant_console');
    return {
      key: `customer ${number}`,
      resource: this.resource('customer'),
      template: dice.chance(0.4) ? dice.maybe(templates)?.key : undefined,
      externalId: `external-${number}`,
      name: `John's Pizza ${number}`,
      primaryEmail: `john.anderson${number}@example.com`,
      address: this.address(),
      packages,
      packageLimits: Object.fromEntries(
        dice.some(packages.filter(hasLimit), dice.int(0, 2)).map((name) => [name, 50 + this.next()]),
      ),
      ...(calling && {
        headquarters: {
          name: `Head Office ${number}`,
          address: this.address(),
          timeZone: this.timeZone(),
          language: 'en_us',
          ...(dice.chance(0.5) && { calling: this.calling() }),
        },
      }),
      removal: dice.chance(0.75) ? 'delete' : 'unlink',
      adopt: dice.chance(0.5),
      allowReplacement: dice.chance(0.4),
    };
  }

  location(customer: CustomerModel): LocationModel {
    const dice = this.#dice;
    const number = this.next();
    const mayCall = customer.headquarters !== undefined;
    return {
      key: `location ${number}`,
      resource: this.resource('location'),
      customer: customer.key,
      name: `Denver ${number}`,
      address: this.address(),
      timeZone: this.timeZone(),
      announcementLanguage: 'en_us',
      ...(dice.chance(0.3) && { notes: `Note ${this.next()}` }),
      ...(mayCall && dice.chance(0.85) && { calling: this.calling() }),
      adopt: dice.chance(0.5),
      allowReplacement: customer.allowReplacement || dice.chance(0.5),
    };
  }

  /** @param numbers unused phone numbers of the place */
  user(customer: CustomerModel, location: LocationModel | undefined, numbers: readonly string[]): UserModel {
    const dice = this.#dice;
    const number = this.next();
    const packages = customer.packages.filter((name) => name !== 'attendant_console');
    const name = dice.pick(location ? packages.filter(hasCalling) : packages);
    const phoneNumber = hasCalling(name) && dice.chance(0.5) ? dice.maybe(numbers) : undefined;
    const needsExtension = hasCalling(name) && (phoneNumber === undefined || dice.chance(0.6));
    const roles = dice.chance(0.3) ? [dice.pick(dice.chance(0.5) ? ADMINISTRATOR_ROLES : PLAIN_ROLES)] : undefined;
    return {
      key: `user ${number}`,
      resource: this.resource('user'),
      customer: customer.key,
      ...(location && { location: location.key }),
      email: `user${number}@example.com`,
      firstName: dice.pick(FIRST_NAMES),
      lastName: `Anderson ${number}`,
      package: name,
      ...(needsNothingElse([name]) &&
        customer.packages.includes('attendant_console') && { attendantConsole: dice.chance(0.4) }),
      ...(needsExtension && { extension: this.extension() }),
      ...(phoneNumber !== undefined && { phoneNumber }),
      ...(roles && { roles }),
      removal: customer.removal === 'delete' || dice.chance(0.5) ? 'delete' : 'unlink',
      // Without adopt, a user without its roles (the run was killed before they were set) is refused, as documented.
      adopt: dice.chance(0.5) || roles !== undefined,
      allowReplacement: customer.allowReplacement || dice.chance(0.5),
    };
  }
}

/** True if attendant_console is allowed with these packages (API document, "packages Note"). */
export function needsNothingElse(packages: readonly string[]): boolean {
  return packages.some((name) => ['webex_calling', 'webex_suite', 'cx_essentials'].includes(name));
}
