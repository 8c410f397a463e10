import type * as pulumi from '@pulumi/pulumi';
import { ModuleResource } from '../../dynamic/resource';
import type { UserPackage } from '../../packages';
import { checkConfig } from '../shared/program-config';
import type { UserArgs, UserStatus } from './args';

const KIND = { type: 'webex-wholesale:User', handlers: 'pulumi-webex-wholesale/user' };

/** A user of a customer organization: a wholesale subscriber. Its `id` is the subscriber ID. */
export class User extends ModuleResource {
  /** Person ID, for other Webex APIs. Absent while the user is pending migration. */
  declare readonly personId: pulumi.Output<string | undefined>;
  declare readonly status: pulumi.Output<UserStatus>;
  declare readonly email: pulumi.Output<string>;
  declare readonly firstName: pulumi.Output<string>;
  declare readonly lastName: pulumi.Output<string>;
  declare readonly package: pulumi.Output<UserPackage>;
  declare readonly extension: pulumi.Output<string | undefined>;
  /** E.164. */
  declare readonly phoneNumber: pulumi.Output<string | undefined>;
  declare readonly roles: pulumi.Output<string[] | undefined>;

  constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(
      KIND,
      name,
      {
        personId: undefined,
        status: undefined,
        extension: undefined,
        phoneNumber: undefined,
        roles: undefined,
        ...args,
      },
      opts,
    );
  }

  /** Reads an existing user by its subscriber ID, without managing it. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): User {
    return new User(name, {} as UserArgs, { ...opts, id });
  }
}
