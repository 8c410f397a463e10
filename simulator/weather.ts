import { z } from 'zod';

const seconds = z.number().min(0).max(1e9);

/** Variable behaviour of Webex, with a switch for each kind. An omitted switch means the documented behaviour. */
export const weatherSchema = z.strictObject({
  /** 403 for requests with the orgId of a customer until GET /organizations/{orgId} put it on the managed list. */
  managedList: z.boolean().default(false),
  /** DELETE of a location answers 409, code 50003, for so long after calling was disabled there. */
  referencedSeconds: seconds.default(0),
  /** Number of answers after each change of a user that have `errors` (calling_failure) instead of calling data. */
  callingMissingAnswers: z.int().min(0).max(1000).default(0),
  /** Calling details of a location without calling: 400 instead of 404. */
  noCallingIs400: z.boolean().default(false),
  /** Control Hub's languages: `en_US` for a headquarters, and no announcement language in answers. */
  storedLanguages: z.boolean().default(false),
  /** A page of people with calling data that is larger times out (504); null: none does. */
  largestPeoplePage: z.int().min(1).nullable().default(null),
  /** DELETE of a number answers 502 for so long after it was unassigned, and always for an unknown number. */
  numbersBusySeconds: seconds.default(0),
  /** POST of numbers adds the valid ones and answers with a list of the others and this status; null: all or none. */
  numbersPartlyStatus: z.union([z.literal(200), z.literal(400), z.null()]).default(null),
  /** Numbers of premises-based and non-integrated PSTN don't move with their user (code 10050010). */
  numbersStay: z.boolean().default(false),
  /** Errors of telephony operations have other shapes: `error` with codes, or `errorMessage`. */
  telephonyErrors: z.boolean().default(false),
  /** A customer takes no change for so long after the last one was done (409). */
  customerBusySeconds: seconds.default(0),
  /** The value of the header Retry-After. */
  retryAfter: z.enum(['seconds', 'malformed', 'missing']).default('seconds'),
  /** The last page of a list has a `next` link, to an empty page. */
  emptyLastPages: z.boolean().default(false),
  /** An empty page has no list. */
  missingListKeys: z.boolean().default(false),
  /** Lists of people have an entry without an ID. */
  itemsWithoutId: z.boolean().default(false),
  /** Lists lack objects that are younger than this. */
  listLagSeconds: seconds.default(0),
  /** IDs of new locations and people name another cluster, and are padded. */
  otherIds: z.boolean().default(false),
  /** A location's address has no state where it is empty. */
  absentStates: z.boolean().default(false),
});
export type WeatherSettings = z.infer<typeof weatherSchema>;

/** How long Webex takes to provision a customer: "around 5 minutes". The observed seconds are in proportion to it. */
const PROVISIONING_SECONDS = 300;

/**
 * All that was observed. Its times shrink with the time that provisioning takes, down to a second, so that tests can
 * run in it.
 */
function observed(provisioningSeconds: number): WeatherSettings {
  const scaled = (real: number) => Math.max(1, (real * provisioningSeconds) / PROVISIONING_SECONDS);
  return {
    managedList: true,
    referencedSeconds: scaled(90),
    callingMissingAnswers: 1,
    noCallingIs400: true,
    storedLanguages: true,
    largestPeoplePage: 10,
    numbersBusySeconds: scaled(30),
    numbersPartlyStatus: 200,
    numbersStay: false,
    telephonyErrors: true,
    customerBusySeconds: scaled(15),
    retryAfter: 'malformed',
    emptyLastPages: true,
    missingListKeys: true,
    itemsWithoutId: true,
    // No list was seen to lag; the headquarters is there as soon as its customer is provisioned.
    listLagSeconds: 0,
    otherIds: true,
    absentStates: true,
  };
}

/** A weather by name, or switch by switch. */
export type WeatherOption = 'documented' | 'observed' | z.input<typeof weatherSchema>;

/** The switches with a duration. */
type Duration = 'referencedSeconds' | 'numbersBusySeconds' | 'customerBusySeconds';

/** The weather of this process: its switches and their memory. Like faults, it is not stored in the database. */
export class Weather {
  settings: WeatherSettings;
  /** Organizations on the managed list. */
  private readonly managed = new Set<string>();
  private readonly answers = new Map<string, number>();

  constructor(
    weather: WeatherOption,
    private readonly provisioningSeconds: number,
  ) {
    this.settings = this.settingsOf(weather);
  }

  /** Changes the weather and clears its memory. */
  set(weather: WeatherOption): void {
    this.settings = this.settingsOf(weather);
    this.managed.clear();
    this.answers.clear();
  }

  /** Puts an organization on the managed list. */
  manage(orgId: string): void {
    this.managed.add(orgId);
  }

  /** True if requests about an organization are refused. */
  isUnmanaged(orgId: string): boolean {
    return this.settings.managedList && !this.managed.has(orgId);
  }

  /** True if the duration of a switch, from a time in milliseconds, is not over. */
  isWithin(began: number | null, seconds: Duration, now: number): boolean {
    return began !== null && now < began + this.settings[seconds] * 1000;
  }

  /** Time (milliseconds) from which new objects are missing in lists; undefined: none are. */
  listedUntil(now: number): number | undefined {
    return this.settings.listLagSeconds === 0 ? undefined : now - this.settings.listLagSeconds * 1000;
  }

  /** True if an answer lacks the calling data of this version of an object. Counts the answer. */
  lacksCalling(version: string): boolean {
    if (this.settings.callingMissingAnswers === 0) return false;
    const answers = this.answers.get(version) ?? 0;
    this.answers.set(version, answers + 1);
    return answers < this.settings.callingMissingAnswers;
  }

  private settingsOf(weather: WeatherOption): WeatherSettings {
    if (weather === 'observed') return observed(this.provisioningSeconds);
    return weatherSchema.parse(weather === 'documented' ? {} : weather);
  }
}
