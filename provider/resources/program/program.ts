import {
  type Caller,
  type CheckFailure,
  type OtherFailures,
  type Recorded,
  UNKNOWN,
  type Upcoming,
} from '../../lifecycle';
import { exceededCounts, exceededReason } from '../../packages';
import { hasUnknown } from '../inputs/compare';
import type { Claims } from '../run/claims';
import type { Run } from '../run/run';
import { type CustomerFacts, customerFacts, type PlaceFacts, placeFacts, userFacts } from './facts';
import { losesMainNumber, mainNumberFailure, numbersIn, stuckMainNumbers } from './main-numbers';
import { PackageCounts } from './package-counts';
import { exceededPackage, staysReason, takenReason, userFailures } from './rules';

/** Inputs of a resource, as the program gives them; those that aren't checked yet may hold anything. */
export type Declared = Readonly<Record<string, unknown>>;

/** A resource that the program declares. */
interface Declaration extends Pick<Caller, 'urn' | 'name' | 'references'> {
  readonly inputs: Declared;
  /** A new user without a location goes to the headquarters; one that exists stays where it is. */
  readonly isNew: boolean;
}

/** Declarations of one kind, by URN. */
interface OfKind {
  readonly checked: Map<string, Declaration>;
  /** Inputs of the last update. */
  readonly before: Map<string, Declared>;
  /** What the program has declared beyond what was checked, in its order. */
  readonly upcoming: Map<string, Upcoming>;
  /** As `upcoming`, where some inputs aren't known yet, or the run may leave the resource out. */
  readonly early: Map<string, Upcoming>;
  /** Inputs of the checked and the upcoming ones. A checked one counts, not what was known of it before. */
  readonly all: Map<string, Declared>;
}

/** A kind of resource, and its rules for a resource of which only the declaration is known. */
export interface JudgedKind {
  readonly kind: string;
  /** `MODULE:NAME` part of its type token. */
  readonly type: string;
  judge(declared: Upcoming, recorded: Recorded | undefined): readonly CheckFailure[];
}

/**
 * What the program of this run declares. Pulumi shows a handler one resource at a time: a rule about more than one
 * fails in the check of the one that comes last, and an update that needs what another resource still has (an
 * extension, a phone number) must know whether that one is going to give it up. Pulumi checks a resource after those
 * that it refers to.
 *
 * A reference is known by the URN that an input refers to, so that it works while there is no ID yet; without one, by
 * the ID that the program gives as a text. A resource with the option `ignoreChanges` is known only once it was
 * checked: until then it isn't known what Pulumi makes of its inputs.
 */
export class Program {
  private readonly kinds = new Map<string, OfKind>();
  private readonly judged = new Map<string, JudgedKind>();
  private readonly packages = new PackageCounts();
  private isPreview = false;
  private judgesEarly = false;
  private readonly stays = new Set<string>();
  private readonly unknownPlaces = new Map<unknown, string>();

  static of(run: Run): Program {
    return run.memory.forRun('program', () => new Program(run.claims));
  }

  private constructor(private readonly claims: Claims) {}

  /** Makes a kind of resource known: upcoming ones of other types are ignored. */
  register(kind: JudgedKind): void {
    this.judged.set(kind.type, kind);
  }

  /** Adds the resources that come with the check of another one: their own check comes later. */
  announce({ upcoming = [], dryRun, mayLeaveOut = false }: Caller): void {
    this.isPreview = dryRun;
    this.judgesEarly = dryRun && !mayLeaveOut;
    for (const other of upcoming) {
      const kind = this.judged.get(other.type)?.kind;
      if (kind === undefined || this.of(kind).checked.has(other.urn)) continue;
      const { early, upcoming: next, all } = this.of(kind);
      early.delete(other.urn);
      if (other.isPartial || mayLeaveOut) early.set(other.urn, other);
      else {
        next.set(other.urn, other);
        all.set(other.urn, other.inputs);
        this.countPackages(kind, other, false);
      }
    }
  }

  /** Whether this run removes a recorded resource, as far as the program has declared its resources by now. */
  removes(kind: string, { urn, isKept }: Pick<Recorded, 'urn' | 'isKept'>): boolean {
    const { checked, upcoming, early } = this.of(kind);
    return !isKept && !checked.has(urn) && !upcoming.has(urn) && !early.has(urn);
  }

  /** Those of a kind that were announced, with all of their inputs, and are not added yet. */
  upcoming(kind: string): ReadonlyMap<string, Upcoming> {
    return this.of(kind).upcoming;
  }

  /**
   * Adds a resource, with its checked inputs.
   * @param olds its inputs of the last update
   */
  add(
    kind: string,
    { urn, name, references }: Pick<Caller, 'urn' | 'name' | 'references'>,
    inputs: object,
    olds: object | undefined,
    isNew: boolean,
  ): void {
    const { checked, before, upcoming, early, all } = this.of(kind);
    checked.set(urn, { urn, name, references, inputs: inputs as Declared, isNew });
    all.set(urn, inputs as Declared);
    this.countPackages(kind, { urn, references, inputs: inputs as Declared }, true);
    if (olds !== undefined) before.set(urn, olds as Declared);
    const { email, locationId } = inputs as Declared;
    const [at, ...others] = references?.locationId ?? [];
    if (locationId === UNKNOWN && at !== undefined && others.length === 0) this.unknownPlaces.set(email, at);
    upcoming.delete(urn);
    early.delete(urn);
  }

  /** Whether a user is declared at a location that this run creates: in preview nothing has its ID, so it is a move. */
  goesToNewLocation(email: string): boolean {
    const at = this.unknownPlaces.get(email);
    if (at === undefined || this.claims.isAdopted('location', at)) return false;
    return this.of('location').checked.get(at)?.isNew === true;
  }

  /**
   * What is wrong with the resources that were announced, as far as their declaration shows.
   * @param recorded what the stack recorded before this run
   */
  failuresOfUpcoming(recorded: readonly Recorded[]): OtherFailures[] {
    const byUrn = new Map(recorded.map((each) => [each.urn, each]));
    return [...this.judged.values()].flatMap(({ kind, type, judge }) =>
      [...this.upcoming(kind).values(), ...(this.judgesEarly ? this.of(kind).early.values() : [])]
        .map((declared) => ({
          urn: declared.urn,
          name: declared.name,
          type,
          failures: judge(declared, byUrn.get(declared.urn)),
        }))
        .filter(({ failures }) => failures.length > 0),
    );
  }

  /** The declarations of a kind, by URN: those that were checked or announced with all of their inputs. */
  all(kind: string): ReadonlyMap<string, Declared> {
    return this.of(kind).all;
  }

  /**
   * The first declaration of a kind that passes the test, or whose inputs of the last update do, as far as they are
   * known: an object may get another key, unless it is at another customer: then it is another object.
   */
  find(kind: string, test: (inputs: Declared) => boolean): Declared | undefined {
    const { before, all } = this.of(kind);
    const found = [...all.values()].find(test);
    if (found !== undefined) return found;
    const [urn, was] = [...before].find(([, inputs]) => test(inputs)) ?? [];
    const now = urn === undefined ? undefined : all.get(urn);
    const isSame = now?.customerId === UNKNOWN || now?.customerId === was?.customerId;
    return isSame ? now : undefined;
  }

  /**
   * The first declaration of a kind that passes the test, also of a resource that is sent later because some of its
   * inputs aren't known yet: these are UNKNOWN.
   */
  findEarly(kind: string, test: (inputs: Declared) => boolean): Declared | undefined {
    const { all, early } = this.of(kind);
    return [...all.values(), ...[...early.values()].map(({ inputs }) => inputs)].find(test);
  }

  /**
   * The users or locations at a customer, also those of which some inputs aren't known yet: these are UNKNOWN.
   * @param urn of the customer
   */
  at(kind: string, customerId: string, urn: string | undefined): Declared[] {
    return this.every(kind)
      .filter((each) => [customerId, urn].includes(referred(each, 'customerId') ?? UNKNOWN))
      .map(({ inputs }) => inputs);
  }

  /**
   * Whether a location or the headquarters of a customer has the number, as far as its numbers are known.
   * @param urn of the customer; without it any headquarters counts
   */
  mayHaveNumber(number: string, customerId: string, urn: string | undefined): boolean {
    const mayHave = (kind: string, inputs: Declared, block: unknown) =>
      numbersIn(kind, inputs).numbers?.includes(number) || hasUnknown(block);
    return (
      this.at('location', customerId, urn).some((inputs) => mayHave('location', inputs, inputs.calling)) ||
      this.every('customer')
        .filter((each) => urn === undefined || each.urn === urn)
        .some(({ inputs }) => mayHave('customer', inputs, inputs.headquarters))
    );
  }

  private every(kind: string) {
    const { checked, upcoming, early } = this.of(kind);
    return [...checked.values(), ...upcoming.values(), ...early.values()];
  }

  /** What of the rest of the program contradicts a resource. Inputs may hold UNKNOWN anywhere. */
  failuresOf(kind: string, urn: string): CheckFailure[] {
    const found = this.of(kind).checked.get(urn);
    if (found === undefined) return [];
    return kind === 'user' ? this.failuresOfUser(found) : this.mainNumberFailures(kind, urn);
  }

  /** A main number that is stuck is found in the check of the last one of the places that exchange numbers. */
  private mainNumberFailures(kind: string, urn: string): CheckFailure[] {
    const numbered = (each: string, of: string, now: Declared | undefined) => ({
      urn: of,
      now: numbersIn(each, now),
      before: numbersIn(each, this.of(each).before.get(of)),
    });
    // Comparing each place with all others would cost quadratic time.
    if (!losesMainNumber(numbered(kind, urn, this.of(kind).checked.get(urn)?.inputs))) return [];
    const places = ['location', 'customer'].flatMap((each) =>
      [...this.all(each)].map(([of, now]) => numbered(each, of, now)),
    );
    const stuck = stuckMainNumbers(places).find((place) => place.urn === urn);
    return stuck === undefined ? [] : [mainNumberFailure(kind, stuck)];
  }

  /**
   * The warning that a user would stay in an organization that is to be deleted; once for each customer. Pulumi doesn't
   * show the provider what it will delete, so a later warning would be too late.
   */
  staysOf(kind: string, urn: string): string | undefined {
    const user = kind === 'user' ? this.of(kind).checked.get(urn) : undefined;
    const owner = user && referred(user, 'customerId');
    const customer = owner === undefined ? undefined : this.of('customer').checked.get(owner);
    if (user === undefined || customer === undefined || this.stays.has(customer.urn)) return undefined;
    if (customer.inputs.removal !== 'delete' || (user.inputs.removal ?? 'unlink') !== 'unlink') return undefined;
    this.stays.add(customer.urn);
    return (
      `customer "${customer.name}": ${staysReason(`user "${user.name}"`)}. Set removal: "delete" for its users, too, and run pulumi up ` +
      'before you remove them'
    );
  }

  private failuresOfUser(user: Declaration): CheckFailure[] {
    const facts = userFacts(user.inputs);
    const [owner, at] = [referred(user, 'customerId'), this.placeOf(user)];
    const customer = this.customer(owner);
    const location = at === undefined ? undefined : this.of('location').checked.get(at);
    if (location !== undefined) {
      const other = referred(location, 'customerId');
      if (other !== undefined && owner !== undefined && other !== owner) {
        const reason = `location "${location.name}" belongs to another customer than the user`;
        return [...userFailures(facts, customer, undefined), { property: 'locationId', reason }];
      }
    }
    return [
      ...userFailures(facts, customer, this.place(at, owner)),
      ...(customer === undefined ? [] : this.limitFailures(user, customer)),
      ...this.extensionFailures(user, at),
    ];
  }

  private customer(urn: string | undefined): CustomerFacts | undefined {
    const found = urn === undefined ? undefined : this.of('customer').checked.get(urn);
    return found && customerFacts(`customer "${found.name}"`, found.inputs);
  }

  /** Where a user is: a location, or the headquarters, which has an ID, but no resource. */
  private placeOf(user: Declaration): string | undefined {
    if (user.inputs.locationId === undefined) {
      const customer = referred(user, 'customerId');
      return user.isNew && customer !== undefined ? headquartersOf(customer) : undefined;
    }
    const location = referred(user, 'locationId');
    return location !== undefined && this.of('customer').checked.has(location) ? headquartersOf(location) : location;
  }

  private place(at: string | undefined, customer: string | undefined): PlaceFacts | undefined {
    if (at === undefined) return undefined;
    const location = this.of('location').checked.get(at);
    if (location !== undefined) {
      // In an update, one that is declared as new may exist: preview has looked for it.
      const isNew = this.isPreview && location.isNew && !this.claims.isAdopted('location', at);
      const losesCalling = this.of('location').before.get(at)?.calling !== undefined;
      return placeFacts(`location "${location.name}"`, location.inputs, isNew || losesCalling);
    }
    return customer !== undefined && at === headquartersOf(customer)
      ? this.customer(customer)?.headquarters
      : undefined;
  }

  /** The first user above a limit fails: one limit, one failure. */
  private limitFailures(user: Declaration, customer: CustomerFacts): CheckFailure[] {
    const owner = referred(user, 'customerId');
    if (owner === undefined) return [];
    return exceededCounts(customer.limits, (name) => this.packages.count(owner, name)).flatMap((exceeded) => {
      const isFirst = this.packages.before(user.urn, owner, exceeded.name) === exceeded.limit;
      const property = isFirst ? exceededPackage(exceeded, userFacts(user.inputs)) : undefined;
      return property === undefined ? [] : [{ property, reason: exceededReason(exceeded, customer.title) }];
    });
  }

  private countPackages(kind: string, user: Pick<Declaration, 'urn' | 'inputs' | 'references'>, isChecked: boolean) {
    if (kind !== 'user') return;
    this.packages.set(user.urn, referred(user, 'customerId'), userFacts(user.inputs).packages, isChecked);
  }

  /** Where customer and location are known, the extension is a key of the user, and claims compare it. */
  private extensionFailures(user: Declaration, at: string | undefined): CheckFailure[] {
    const { customerId, locationId, extension } = user.inputs;
    if (customerId !== UNKNOWN && locationId !== UNKNOWN) return [];
    if (at === undefined || extension === undefined || extension === UNKNOWN) return [];
    const others = [...this.of('user').checked.values()].filter(({ urn }) => urn !== user.urn);
    const other = others.find((each) => each.inputs.extension === extension && this.placeOf(each) === at);
    if (other === undefined) return [];
    return [{ property: 'extension', reason: takenReason(String(extension), `resource "${other.name}" has it too`) }];
  }

  private of(kind: string): OfKind {
    const found = this.kinds.get(kind) ?? {
      checked: new Map(),
      before: new Map(),
      upcoming: new Map(),
      early: new Map(),
      all: new Map(),
    };
    this.kinds.set(kind, found);
    return found;
  }
}

/** What an input refers to: the URN of the one resource that it was made of, else the ID that it is. */
function referred(
  { references, inputs }: Pick<Declaration, 'references' | 'inputs'>,
  input: string,
): string | undefined {
  const [urn, ...others] = references?.[input] ?? [];
  if (urn !== undefined) return others.length === 0 ? urn : undefined;
  const id = inputs[input];
  return typeof id !== 'string' || id === UNKNOWN ? undefined : id;
}

function headquartersOf(customer: string): string {
  return `headquarters of ${customer}`;
}
