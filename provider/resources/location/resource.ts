import type * as pulumi from '@pulumi/pulumi';
import { idToRead, ModuleResource, type OutputsOf } from '../../dynamic/resource';
import { KINDS } from '../../kinds';
import type { Address, LocationCalling } from '../inputs/args';
import { checkConfig } from '../run/program-config';
import type { Coordinates, LocationArgs } from './args';
import type { LocationState } from './schema';

/** The outputs that the class declares, so that they exist also where the program gives no value: for `get`. */
const OUTPUTS = {
  orgId: undefined,
  customerId: undefined,
  preferredLanguage: undefined,
  announcementLanguage: undefined,
  address: undefined,
  coordinates: undefined,
  notes: undefined,
  name: undefined,
  timeZone: undefined,
  calling: undefined,
} satisfies OutputsOf<Location, LocationState>;

/**
 * Webex Calling of a location with its real values: the properties that the program declares, or all of them for `get`.
 */
export type LocationCallingState = pulumi.Unwrap<LocationCalling>;

/**
 * A further location of a customer organization, with its PSTN connection and phone numbers. Its `id` is the location
 * ID.
 *
 * Where Webex refuses a part of a new location, the location is removed again and the run fails; where something else
 * fails half-way, it is kept and the next `pulumi up` goes on. Deleting it disables Webex Calling first, which Webex
 * refuses while users are at it and for the organization's last calling location.
 *
 * @example
 * const denver = new Location('denver', {
 *   customerId: customer.id,
 *   name: 'Denver',
 *   timeZone: 'America/Denver',
 *   preferredLanguage: 'en_us',
 *   announcementLanguage: 'en_us',
 *   address,
 *   calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: ['+12145557861'] },
 * });
 */
export class Location extends ModuleResource {
  /** ID of the Webex organization that the location belongs to. */
  declare readonly orgId: pulumi.Output<string>;
  /** ID of the customer that the location belongs to. */
  declare readonly customerId: pulumi.Output<string>;
  /** Language of e-mails. Absent where Webex doesn't return it and the program doesn't declare it. */
  declare readonly preferredLanguage: pulumi.Output<string | undefined>;
  /** Language of phone announcements; returned while calling is enabled. */
  declare readonly announcementLanguage: pulumi.Output<string | undefined>;
  declare readonly address: pulumi.Output<pulumi.Unwrap<Address>>;
  declare readonly coordinates: pulumi.Output<pulumi.Unwrap<Coordinates> | undefined>;
  declare readonly notes: pulumi.Output<string | undefined>;
  /** Name of the location. */
  declare readonly name: pulumi.Output<string>;
  /** IANA time zone. */
  declare readonly timeZone: pulumi.Output<string>;
  /** Absent where the program declares no `calling`. */
  declare readonly calling: pulumi.Output<LocationCallingState | undefined>;

  /**
   * @param name logical name in the Pulumi program
   * @throws RunError where the stack configuration holds a credential
   */
  constructor(name: string, args: LocationArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KINDS.Location, name, { ...OUTPUTS, ...args }, opts);
  }

  /**
   * Reads an existing location by its location ID, without managing it.
   * @param id `Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLw...`; one that doesn't exist is an error of the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Location {
    return new Location(name, {} as LocationArgs, { ...opts, id: idToRead('Location', name, id) });
  }
}
