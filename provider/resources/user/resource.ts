import type * as pulumi from '@pulumi/pulumi';
import { idToRead, ModuleResource, type OutputsOf } from '../../dynamic/resource';
import { KINDS } from '../../kinds';
import type { UserPackage } from '../../packages';
import { checkConfig } from '../run/program-config';
import type { UserArgs, UserStatus } from './args';
import type { UserState } from './schema';

/** The outputs that the class declares, so that they exist also where the program gives no value: for `get`. */
const OUTPUTS = {
  personId: undefined,
  status: undefined,
  email: undefined,
  firstName: undefined,
  lastName: undefined,
  package: undefined,
  extension: undefined,
  phoneNumber: undefined,
  roles: undefined,
  customerId: undefined,
  attendantConsole: undefined,
  locationId: undefined,
} satisfies OutputsOf<User, UserState>;

/**
 * A user of a customer organization: a wholesale subscriber. Its `id` is the subscriber ID.
 *
 * A person of another organization is `pending_user_migration` at first: that is success with a warning. After the
 * person has consented, the next `pulumi up` applies names, numbers and roles. A user with this e-mail address that
 * exists is taken over if it is as declared; if it differs, that is an error unless `adopt` is true, and always if it
 * is another customer's.
 *
 * @example
 * const alice = new User('alice', {
 *   customerId: customer.id,
 *   email: 'alice.anderson@acme.com',
 *   firstName: 'Alice',
 *   lastName: 'Anderson',
 *   package: 'webex_calling',
 *   extension: '51301',
 * });
 */
export class User extends ModuleResource {
  /** Person ID, for other Webex APIs. Absent while the user is pending migration. */
  declare readonly personId: pulumi.Output<string | undefined>;
  /** `provisioned`, or `pending_user_migration` until the person has consented. */
  declare readonly status: pulumi.Output<UserStatus>;
  /** E-mail address. */
  declare readonly email: pulumi.Output<string>;
  declare readonly firstName: pulumi.Output<string>;
  declare readonly lastName: pulumi.Output<string>;
  /** The user's one package. */
  declare readonly package: pulumi.Output<UserPackage>;
  /** Digits, without the location's routing prefix. */
  declare readonly extension: pulumi.Output<string | undefined>;
  /** E.164. */
  declare readonly phoneNumber: pulumi.Output<string | undefined>;
  /** ID of the customer that the user belongs to. */
  declare readonly customerId: pulumi.Output<string>;
  /** Whether the user has the add-on attendant_console. */
  declare readonly attendantConsole: pulumi.Output<boolean | undefined>;
  /** Where a calling user is, also where the program names no location. */
  declare readonly locationId: pulumi.Output<string | undefined>;
  /** Names of roles. Absent where the program doesn't manage them. */
  declare readonly roles: pulumi.Output<string[] | undefined>;

  /**
   * @param name logical name in the Pulumi program
   * @throws RunError where the stack configuration holds a credential
   */
  constructor(name: string, args: UserArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KINDS.User, name, { ...OUTPUTS, ...args }, opts);
  }

  /**
   * Reads an existing user by its subscriber ID, without managing it.
   * @param id `Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIv...`; one that doesn't exist is an error of the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): User {
    return new User(name, {} as UserArgs, { ...opts, id: idToRead('User', name, id) });
  }
}
