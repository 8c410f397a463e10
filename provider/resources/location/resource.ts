import type * as pulumi from '@pulumi/pulumi';
import { ModuleResource, type OutputsOf } from '../../dynamic/resource';
import { checkConfig } from '../run/program-config';
import type { LocationArgs } from './args';
import type { LocationState } from './schema';

const KIND = { type: 'webex-wholesale:Location', handlers: 'pulumi-webex-wholesale/location', timeouts: true };

/** The outputs that the class declares, so that they exist also where the program gives no value: for `get`. */
const OUTPUTS = {
  orgId: undefined,
  name: undefined,
  timeZone: undefined,
  calling: undefined,
} satisfies OutputsOf<Location, LocationState>;

/** Webex Calling of a location, as it is: what the program declares of it, with its real values. */
export interface LocationCallingState {
  /** Whether Webex Calling is enabled. */
  readonly enabled?: boolean;
  /** All phone numbers of the location, E.164. */
  readonly phoneNumbers?: string[];
  /** E.164. */
  readonly mainNumber?: string;
}

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
    super(KIND, name, { ...OUTPUTS, ...args }, opts);
  }

  /**
   * Reads an existing location by its location ID, without managing it.
   * @param id `Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OLw...`; one that doesn't exist is an error of the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Location {
    return new Location(name, {} as LocationArgs, { ...opts, id });
  }
}
