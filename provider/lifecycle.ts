/**
 * What a resource handler is: a plain object with plain functions. It knows nothing of Pulumi's protocol, so that
 * another protocol (a native provider plugin) can use the same handlers. `dynamic/` translates between this and Pulumi.
 */

/**
 * Stands for a value that isn't known yet during preview (an output of a resource that will be created).
 * Validation lets it pass; comparison treats it as "no difference" unless the property is an identity.
 */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/** The resource whose inputs are checked, and whether this run only previews. */
export interface Caller {
  /**
   * Identity of the resource: its URN, which holds the types of its parents. Two components may each have a child of
   * the same name. Equals `name` where no URN was sent.
   */
  readonly urn: string;
  /** Logical name in the Pulumi program, for messages; empty where none was sent. */
  readonly name: string;
  /** True during `pulumi preview` and the preview part of `pulumi up`. */
  readonly dryRun: boolean;
  /** Names of the inputs that are secret, or hold something secret. */
  readonly secrets: readonly string[];
  /**
   * URNs of the resources on whose outputs an input depends, by input. They identify the customer of a user before the
   * customer has an ID.
   */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  /**
   * Other resources that the program declares, as far as they are known. Pulumi checks one resource after the other,
   * and ends at the first that fails. With this list a handler can check many resources in Webex at the same time, know
   * what another resource will give up (such as a phone number), and report the failures of other resources, too.
   */
  readonly upcoming?: readonly Upcoming[];
  /** True if the run may omit resources that the program declares, and it isn't known which ones (`--target`). */
  readonly mayLeaveOut?: boolean;
}

/** A resource that the program declares; its check comes later in this run, or was earlier. */
export interface Upcoming extends Pick<Caller, 'urn' | 'name' | 'references'> {
  /** `MODULE:NAME` part of its type token. */
  readonly type: string;
  /** Raw inputs. */
  readonly inputs: Record<string, unknown>;
  /** Some inputs aren't known yet: they are {@link UNKNOWN}. */
  readonly isPartial?: boolean;
}

/** A resource as the stack recorded it before this run. */
export interface Recorded {
  readonly urn: string;
  readonly id: string;
  /** Its state. A secret value is an object with the encrypted value, not a text. */
  readonly state: Readonly<Record<string, unknown>>;
  /**
   * True if the object stays although no declaration of it is checked: by the options `protect` and `retainOnDelete`,
   * or because the run leaves the resource out (`--exclude`).
   */
  readonly isKept: boolean;
}

/** One thing that is wrong with the inputs. */
export interface CheckFailure {
  /** Path of the property, as the program writes it: `headquarters.address.country`. */
  readonly property: string;
  /** What is wrong and what to do, in one sentence or two. */
  readonly reason: string;
}

/** Inputs that check adds for policies: they are no difference, and no list of changes shows them. */
export const FOR_POLICIES: readonly string[] = ['previous', 'customer'];

/** What `check` makes of the inputs of a program. */
export interface Checked<Inputs> {
  readonly inputs: Inputs;
  readonly failures: CheckFailure[];
  /** If this check fails: the failures of resources with later checks. */
  readonly others?: readonly OtherFailures[];
}

/** The failures of a resource that Pulumi won't check, because it ends at the first check that fails. */
export interface OtherFailures extends Pick<Upcoming, 'urn' | 'name' | 'type'> {
  readonly failures: readonly CheckFailure[];
}

/** What `diff` found. */
export interface Difference {
  readonly changes: boolean;
  /** Properties whose change needs a new object. */
  readonly replaces?: string[];
}

/** The answer of `read` for an object that exists. */
export interface Found<Inputs, State> {
  readonly id: string;
  readonly state: State;
  readonly inputs: Inputs;
}

/** Reads one key of the non-secret provider configuration (`webex-wholesale:KEY`). */
export type ReadConfig = (key: string) => string | undefined;

/** The create/read/update/delete handlers of one kind of resource. */
export interface Lifecycle<Inputs extends object, State extends object> {
  /**
   * Properties of checked inputs and of states that reveal inputs under another name, with the names of those inputs.
   * If one of these inputs is secret, so is the property.
   */
  readonly derived?: Readonly<Record<string, readonly string[]>>;
  /**
   * Called once in each process, before all other functions.
   * @param warn shows a text to the user of Pulumi, as a warning.
   * @param recorded reads the resources in the stack's state; the list is empty if the state isn't known, or if the run
   *   may omit resources that the program declares
   */
  configure(config: ReadConfig, warn: (text: string) => void, recorded?: () => Promise<readonly Recorded[]>): void;
  /**
   * Validates. `news` is raw input of a program and may hold {@link UNKNOWN} anywhere.
   * @param olds the inputs of the last update; undefined for a resource that is new or is replaced.
   */
  check(news: Record<string, unknown>, olds: Inputs | undefined, caller: Caller): Promise<Checked<Inputs>>;
  /** Compares the recorded state with checked inputs. */
  diff(id: string, state: State, inputs: Inputs): Promise<Difference>;
  create(inputs: Inputs): Promise<{ id: string; state: State }>;
  /**
   * Reads the object. Undefined means that it is gone; a backend that can't be reached is an error.
   * @param state what was recorded; undefined where only the id is known (`X.get(name, id)`).
   */
  read(id: string, state: State | undefined): Promise<Found<Inputs, State> | undefined>;
  /**
   * Reads an object that is to be recorded for the first time.
   * @param key its ID, or its natural key
   * @param declared the inputs that a program declares of it, if they are known: only these are recorded, and values
   *   that Webex doesn't return are taken from here. Undefined: all that Webex returns is recorded
   */
  import(key: string, declared: Inputs | undefined): Promise<Found<Inputs, State> | undefined>;
  update(id: string, state: State, inputs: Inputs): Promise<State>;
  delete(id: string, state: State): Promise<void>;
}

/**
 * Thrown by `create` and `update` when something exists but isn't finished: the id and the state are kept, the run
 * fails with the reasons, and the next `pulumi up` goes on from there.
 */
export class PartialFailure<State extends object = object> extends Error {
  override readonly name = 'PartialFailure';
  constructor(
    readonly id: string,
    readonly state: State,
    readonly reasons: string[],
    cause?: unknown,
  ) {
    super(reasons.join('\n'), { cause });
  }
}
