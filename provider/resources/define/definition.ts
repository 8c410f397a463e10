import type { z } from 'zod';
import type { Caller, CheckFailure } from '../../lifecycle';
import type { Hints } from '../prechecks/precheck';
import type { DeclaredKey } from '../run/claims';
import type { Run } from '../run/run';

/** Inputs that the contract itself looks at; a resource has those that its schema names. */
export interface SharedInputs {
  customerId?: string;
  onBehalfOfSubPartnerOrgId?: string;
  adopt?: boolean;
  allowReplacement?: boolean;
}

/** An object of the API. */
export interface Identified {
  readonly id: string;
}

/** How an existing object compares with the declaration. */
export interface Comparison<S> {
  /** All differences, in words; none means that the object is what is declared. */
  readonly differences: readonly string[];
  /**
   * What an interrupted create leaves out, and what is not written to an existing object without `adopt`: roles,
   * limits. A difference, unless this run has made the object.
   */
  readonly missing?: readonly string[];
  /** Those of the differences that no operation can change. */
  readonly immutable?: readonly string[];
  /** The existing object as a state, for update(). */
  state(): Promise<S>;
}

/** What is checked: in a preview or not, and whether the object will be replaced. */
export interface Checking extends Pick<Caller, 'urn'> {
  readonly dryRun: boolean;
  readonly isReplacement: boolean;
}

/** What an object was before a change. */
export interface Past<I> {
  readonly was?: I | undefined;
  /** What is wrong with the change beyond what `was` shows; of the same property, the rules have nothing to add. */
  readonly failures?: readonly CheckFailure[];
}

/** How Cisco's precheck is asked about a new object in preview. */
export interface PrecheckDefinition<I> {
  /** The config `precheck` values that include this kind: `customers` means both. */
  readonly scope: 'all' | 'customers';
  /** Body of the request; the same body means the same answer. */
  body(inputs: I): unknown;
  send(run: Run, inputs: I): Promise<unknown>;
  readonly hints: Hints;
  /** Called where Cisco has no objection. */
  passed?(run: Run, inputs: I): void;
  /** What to report where Cisco objects and the object doesn't exist. Default: the failures. */
  refused?(run: Run, inputs: I, failures: CheckFailure[]): Promise<CheckFailure[]>;
}

/** How an object is created. */
export interface CreateDefinition<I, S, Posted extends Identified> {
  /** What must be true before anything is created. Throws what is wrong. */
  prepare?(run: Run, inputs: I): Promise<void>;
  /** Sends the request that creates the object. */
  post(run: Run, inputs: I): Promise<Posted>;
  /** Another way where the request was refused and the object doesn't exist; throws `error` where there is none. */
  otherwise?(run: Run, inputs: I, error: unknown): Promise<Posted>;
  /** What follows the request, up to the finished object. Throws PartialFailure where the object stays unfinished. */
  complete(run: Run, posted: Posted, inputs: I): Promise<S>;
}

/** What a resource states about itself; {@link defineResource} makes its handlers of it. */
export interface Definition<
  I extends SharedInputs,
  S extends object,
  Existing extends Identified,
  Posted extends Identified,
> {
  /** Name of the kind, in claims and messages: `location`. */
  readonly kind: string;
  /** `MODULE:NAME` part of its type token (kinds.ts). */
  readonly type: string;
  readonly schema: z.ZodObject;
  /**
   * The input that is the ID of the resource, where there is one: Pulumi stores an ID in the clear, so it can't be
   * secret.
   */
  readonly idInput?: keyof I & string;
  /** Properties that reveal an input, and which: secret where that input is (see `Lifecycle`). */
  readonly derived?: Readonly<Record<string, readonly string[]>>;
  /** Inputs that are recorded in the state and compared by diff. */
  readonly inputKeys: readonly (keyof I & keyof S & string)[];
  /** Inputs that no operation changes. */
  readonly immutable: readonly (keyof I & string)[];
  /** Immutable inputs that may be declared later, because the object has them anyway. */
  readonly immutableOnceDeclared?: readonly (keyof I & string)[];
  /** The object belongs to `customerId`, and is replaced with its customer. */
  readonly followsCustomer?: boolean;

  /** The object in warnings: `location "Denver"`. */
  title(object: I | S): string;
  /** An existing object in errors: `a location "Denver"`. */
  existing(inputs: I): string;
  /** Natural keys; the first is the one by which `find` looks. Those that aren't known yet are ignored. */
  keys(inputs: I, isNew: boolean): readonly DeclaredKey[];

  /** Inputs with what Pulumi doesn't know in a preview and this run does. */
  withKnown?(run: Run, news: Readonly<Record<string, unknown>>, caller: Caller): Readonly<Record<string, unknown>>;
  /** What the object was before this change, where the old inputs aren't enough. Default: the old inputs. */
  before?(run: Run, inputs: I, olds: I | undefined, checking: Checking): Promise<Past<I>>;
  /** Rules that need no request. */
  rules(run: Run, inputs: I, before: I | undefined): CheckFailure[];
  /** The `previous` that policies see, where it differs from the inputs. */
  previous?(inputs: I, before: I | undefined): object | undefined;
  /**
   * The URN of the customer, where policies need it (`customer`): a policy for a single resource doesn't see what it
   * refers to.
   */
  customerForPolicies?(inputs: I, references: Caller['references']): string | undefined;
  /** Questions to Webex in preview, other than the precheck. `was` is the answer of `before`. */
  preview?(run: Run, inputs: I, olds: I | undefined, was: I | undefined): Promise<CheckFailure[]>;
  readonly precheck?: PrecheckDefinition<I>;
  /**
   * Looks for the object of a new resource in preview, where Cisco has no precheck that would report it. Unlike `find`,
   * it may use a list that many share.
   */
  existsAlready?(run: Run, inputs: I): Promise<Existing | undefined>;
  /** Rules for an object that doesn't exist yet. Inputs may hold UNKNOWN anywhere. */
  rulesOfNew?(inputs: I): CheckFailure[];

  /**
   * The record with what another resource of the last run may have changed after it was made, where it differs from the
   * declaration. Asks Webex only there.
   */
  current?(run: Run, id: string, state: S, inputs: I): Promise<S>;
  /** Whether the object changes for sure, although preview doesn't know a new value yet. */
  isSureToChange?(run: Run, inputs: I): boolean;
  /** Inputs whose difference is ignored for now. */
  ignored?(state: S, inputs: I): readonly string[];
  /** Whether Webex is done with the object; otherwise diff reports a change, so that the next update continues. */
  isFinished?(state: S): boolean;
  /** Changes that mean another object although the inputs aren't immutable. Throws for one that isn't allowed. */
  replaces?(state: S, inputs: I): readonly string[];
  /** Changes that Webex must be asked about by ID, before a preview or a replacement. Throws the reason. */
  guard?(run: Run, id: string, state: S, inputs: I, isReplacement: boolean): Promise<void>;
  /** Changes that can't be made, and that only the state shows. Throws the reason. */
  refuse?(state: S, inputs: I): void;
  /** Whether the resource only records an object that it never changes: deleting it then needs no care. */
  isExternal?(state: S): boolean;
  /** Other objects that the resource manages too. */
  parts?(state: S): readonly { readonly kind: string; readonly id: string | undefined }[];

  /** Looks for the object by its natural key. */
  find(run: Run, inputs: I, refusal?: unknown): Promise<Existing | undefined>;
  compare(run: Run, existing: Existing, inputs: I): Promise<Comparison<S>>;
  /**
   * What the update after an adoption would refuse, for a preview: diff is not called then.
   * @throws DeclarationError
   */
  guardAdoption?(run: Run, existing: Existing, inputs: I): Promise<void>;
  readonly create: CreateDefinition<I, S, Posted>;
  /** Undefined for an object that is gone. `state` is undefined where only the ID is known. */
  read(run: Run, id: string, state: S | undefined): Promise<S | undefined>;
  /** The inputs that a state stands for. */
  inputsOf(state: S): I;
  /** ID of an object that is imported by it or by a natural key. Throws where there is no such object. */
  identify(run: Run, key: string): Promise<string>;
  /** Throws for an object that can't be imported as this kind of resource. Of an object to `adopt`, more is known. */
  refuseImport?(run: Run, id: string, state: S): Promise<void>;
  /** An existing object as a state: what is declared of it, with its real values. Undefined where it is gone. */
  adopted(run: Run, id: string, declared: I): Promise<S | undefined>;
  /** Inputs or a state, completed by what Webex never returns where they were imported: as it is declared now. */
  withUnreturned?<T extends object>(recorded: T, inputs: I): T;
  /** Inputs that are removed in Webex where a program leaves them out; others are only no longer managed. */
  readonly removedWhenLeftOut?: readonly (keyof I & string)[];
  update(run: Run, id: string, state: S, inputs: I): Promise<S>;
  /** Throws the reason why the object must not be removed. May wait for the rest of the program. */
  guardRemoval?(run: Run, id: string, state: S): Promise<void>;
  remove(run: Run, id: string, state: S): Promise<void>;
}
