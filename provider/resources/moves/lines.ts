import { setTimeout as sleep } from 'node:timers/promises';
import type { CheckFailure } from '../../lifecycle';
import { type Person, type PhoneNumber, personUpdateFrom, WebexApiError } from '../../webex';
import { isSameId } from '../../webex/ids';
import { organizationOf } from '../lookups/organizations';
import { DeclarationError, isRefusal } from '../outcomes/errors';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { changePerson } from './change-person';
import { type DeclaredLine, declaredLine, declaredLineOf, isDeclaredExtension } from './declared-lines';
import { Leftovers } from './leftovers';
import { MoveRefusedError } from './move-error';
import { recordedUrn } from './recorded-users';

/** An extension or number that a user is to have, and where. */
export interface WantedLine {
  readonly customerId: string;
  readonly onBehalfOfSubPartnerOrgId: string | undefined;
  /** Undefined where the user doesn't exist yet and goes to the headquarters. */
  readonly locationId: string | undefined;
  /** Undefined for a new user. */
  readonly personId: string | undefined;
  readonly extension: string | undefined;
  /** E.164. */
  readonly phoneNumber: string | undefined;
}

/** How long an exchange waits for the declaration of the other user. */
const DECLARED_WITHIN_MS = 2000;
const PAUSE_MS = 50;

const LEAVES: DeclaredLine = { leaves: true };

type Part = 'extension' | 'phoneNumber';

/** A part of a line that another person has. */
export interface Held {
  readonly part: Part;
  readonly holder: Person;
  /** What the program declares of the holder, where it does. */
  readonly declared: DeclaredLine | undefined;
}

/**
 * Extensions and phone numbers that users of one program hand to each other: two that swap, a cycle of three, one that
 * gives its number to a new user. Webex refuses each of these writes as long as the other has it.
 */
export class Lines {
  private queue: Promise<unknown> = Promise.resolve();
  private readonly temporary = new Set<string>();
  private declaredBy: number | undefined;

  static of(run: Run): Lines {
    return run.memory.forRun('lines', () => new Lines(run));
  }

  private constructor(private readonly run: Run) {}

  /**
   * Makes a write that gives a user its line. Where Webex refuses it because another user of this program has the
   * extension or number and is declared without it, that user gives it up first, and then gets what is declared for it
   * as far as that is free; the rest follows with its own update. One such exchange at a time.
   *
   * @throws DeclarationError that names the user that has it, where that user keeps it
   */
  async assign<T>(wanted: WantedLine, write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const isOfWebex = error instanceof WebexApiError || error instanceof MoveRefusedError;
      if (!isOfWebex || !isRefusal(error)) throw error;
      return this.oneAtATime(async () => {
        const held = await this.heldByDeclared(wanted);
        const [kept] = keptFailures(held, wanted);
        if (kept !== undefined) throw new DeclarationError(kept.property, kept.reason);
        for (const each of held) await this.park(each, wanted);
        // The number may be unassigned by now, because another exchange has just ended; it may be at another location.
        if (wanted.phoneNumber !== undefined) await Leftovers.of(this.run).bring(wanted.phoneNumber);
        const result = await write();
        for (const each of held) await this.giveDeclared(each);
        return result;
      });
    }
  }

  /** Whether an exchange of this run gave the person an extension for the time being. */
  hasTemporaryExtension(personId: string): boolean {
    return this.temporary.has(personId);
  }

  /** Which parts of a line other people have. */
  async heldBy(wanted: WantedLine): Promise<Held[]> {
    const { locationId, personId, extension, phoneNumber } = wanted;
    if (extension === undefined && phoneNumber === undefined) return [];
    const listed = await this.numbers(wanted);
    const isHere = ({ location }: PhoneNumber) => locationId === undefined || isSameId(location?.id, locationId);
    const owners = {
      extension: extension && listed.find((entry) => entry.extension === extension && isHere(entry))?.owner?.id,
      phoneNumber: phoneNumber && listed.find((entry) => entry.phoneNumber === phoneNumber)?.owner?.id,
    };
    const held: Held[] = [];
    for (const part of ['extension', 'phoneNumber'] as const) {
      const owner = owners[part];
      if (!owner || isSameId(owner, personId)) continue;
      const holder = await this.run.webex.people.get(owner);
      held.push({ part, holder, declared: await declaredLineOf(this.run, holder) });
    }
    return held;
  }

  /** Whether the customer has the number, or will have it. */
  async isNumberExpected(wanted: WantedLine): Promise<boolean> {
    const { phoneNumber, customerId } = wanted;
    const isListed = (await this.numbers(wanted)).some((entry) => entry.phoneNumber === phoneNumber);
    if (isListed || phoneNumber === undefined) return isListed;
    return Program.of(this.run).mayHaveNumber(phoneNumber, customerId, await recordedUrn(this.run, customerId));
  }

  /** All numbers of the organization; a preview asks for them once. */
  private async numbers(wanted: WantedLine): Promise<PhoneNumber[]> {
    const { webex, memory, isPreview } = this.run;
    const orgId = await organizationOf(this.run, wanted);
    const list = () => webex.numbers.list({ orgId });
    return isPreview ? memory.untilWrite(`numbers:${orgId}`, list) : list();
  }

  /**
   * Waits for the declarations of the holders, once a run: Pulumi checks the next resources while this one is updated.
   */
  private async heldByDeclared(wanted: WantedLine): Promise<Held[]> {
    const held = await this.heldBy(wanted);
    const known = ({ holder, declared }: Held) => declaredLine(this.run, holder.emails) ?? declared;
    const isOpen = (each: Held) => (known(each) ?? LEAVES).leaves === true;
    if (held.some(isOpen)) this.declaredBy ??= Date.now() + DECLARED_WITHIN_MS;
    while (held.some(isOpen) && Date.now() < (this.declaredBy ?? 0)) await sleep(PAUSE_MS);
    return held.map((each) => ({ ...each, declared: known(each) }));
  }

  /** Takes a part of its line from a person. One that has nothing else gets an extension that is free. */
  private async park({ part, holder }: Held, wanted: WantedLine): Promise<void> {
    await changePerson(this.run, holder.id, async (person) => {
      const next = personUpdateFrom(person);
      if (part === 'phoneNumber') next.phoneNumbers = [];
      else delete next.extension;
      const hasNumber = (next.phoneNumbers ?? []).length > 0;
      if (next.extension === undefined && !hasNumber) {
        next.extension = await this.freeExtension(holder, wanted);
        this.temporary.add(holder.id);
      }
      return next;
    });
  }

  /** A free extension of the same length that no user is declared to have. */
  private async freeExtension({ locationId }: Person, wanted: WantedLine): Promise<string> {
    const orgId = await organizationOf(this.run, wanted);
    const listed = await this.run.webex.numbers.list({ orgId, ...(locationId !== undefined && { locationId }) });
    const taken = new Set(listed.map((entry) => entry.extension));
    const length = wanted.extension?.length ?? 4;
    for (let number = 8 * 10 ** (length - 1) - 1; number >= 10 ** (length - 1); number--) {
      const candidate = String(number);
      if (!taken.has(candidate) && !isDeclaredExtension(this.run, candidate)) return candidate;
    }
    throw new DeclarationError(
      'extension',
      `no extension of ${length} digits is free at the location for the exchange`,
    );
  }

  /** What is declared for the person that gave something up, as far as it is free and the person stays where it is. */
  private async giveDeclared({ holder, declared }: Held): Promise<void> {
    if (declared === undefined || declared.leaves) return;
    const { locationId, extension, phoneNumber } = declared;
    const given = changePerson(this.run, holder.id, (person) => {
      if ((locationId ?? person.locationId) !== person.locationId) return undefined;
      const next = personUpdateFrom(person);
      if (extension !== undefined) next.extension = extension;
      else if (phoneNumber !== undefined && this.temporary.has(holder.id)) delete next.extension;
      if (phoneNumber !== undefined) next.phoneNumbers = [{ type: 'work', value: phoneNumber }];
      return next;
    });
    await given.catch((error: unknown) => {
      // Another one still has it: the user's own update is yet to come.
      if (!isRefusal(error)) throw error;
    });
  }

  private oneAtATime<T>(exchange: () => Promise<T>): Promise<T> {
    const result = this.queue.then(exchange);
    this.queue = result.catch(() => undefined);
    return result;
  }
}

/** Failures for the parts of a line that their holders keep. */
export function keptFailures(held: readonly Held[], wanted: WantedLine): CheckFailure[] {
  const kept = held.filter((each) => !givesUp(each, wanted));
  return kept.map((each) => ({ property: each.part, reason: heldReason(each, wanted) }));
}

/** Whether the holder is declared without what it has, or at another location. */
function givesUp({ part, holder, declared }: Held, wanted: WantedLine): boolean {
  if (declared === undefined) return false;
  if (declared[part] !== wanted[part]) return true;
  const moves = declared.locationId !== undefined && !isSameId(declared.locationId, holder.locationId);
  return part === 'extension' && moves;
}

/** Why a line can't be given to a user. */
export function heldReason({ part, holder, declared }: Held, wanted: WantedLine): string {
  const [email = holder.id] = holder.emails;
  const what = part === 'extension' ? `extension ${wanted.extension}` : `phone number ${wanted.phoneNumber}`;
  if (declared?.leaves) return `${what} is that of ${email}, which this run removes`;
  if (declared !== undefined) {
    const next = declared[part] === wanted[part] ? 'with it' : `with ${declared[part] ?? 'none'}`;
    return `${what} is that of ${email}, which this program declares ${next}`;
  }
  return (
    `${what} is that of ${email}, which this run neither changes nor removes. Remove ${email} first, or take this ` +
    `${part} from it, in its own program or in Control Hub; or choose another one`
  );
}
