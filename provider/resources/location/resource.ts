import type * as pulumi from '@pulumi/pulumi';
import { ModuleResource } from '../../dynamic/resource';
import { checkConfig } from '../shared/program-config';
import type { LocationArgs } from './args';

const KIND = { type: 'webex-wholesale:Location', handlers: 'pulumi-webex-wholesale/location' };

/** Webex Calling of a location, as it is. */
export interface LocationCallingState {
  readonly enabled?: boolean;
  /** E.164. */
  readonly phoneNumbers?: string[];
  /** E.164. */
  readonly mainNumber?: string;
}

/** A further location of a customer organization, with its PSTN connection and phone numbers. */
export class Location extends ModuleResource {
  /** ID of the Webex organization that the location belongs to. */
  declare readonly orgId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string>;
  declare readonly timeZone: pulumi.Output<string>;
  declare readonly calling: pulumi.Output<LocationCallingState | undefined>;

  constructor(name: string, args: LocationArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KIND, name, { orgId: undefined, calling: undefined, ...args }, opts);
  }

  /** Reads an existing location, without managing it. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Location {
    return new Location(name, {} as LocationArgs, { ...opts, id });
  }
}
