import { change } from './changes.ts';
import { Dice } from './dice.ts';
import { Evolution } from './evolution.ts';
import { calm, type Disturbances, disturbances, outcomes, type Subjects } from './faults.ts';
import { type Weather, weather } from './weather.ts';
import { everything, type Unlinked, type World } from './world.ts';

/** One pulumi command with its disturbances. */
export interface Operation {
  command: 'up' | 'refresh' | 'destroy';
  /** `up --refresh`. */
  refresh: boolean;
  /** Key of an object that the program declares a second time, under another resource name, before the right one. */
  twice?: string;
  /** True for PULUMI_SKIP_CHECKPOINTS=true: a killed run records nothing. */
  skipCheckpoints: boolean;
  /** True if pulumi previews first, as by default. */
  previews: boolean;
  /** The value of `--parallel`; undefined: Pulumi's default. */
  parallel: number | undefined;
  /** True if plugins of a killed pulumi may continue until the program changes. */
  orphansLive: boolean;
  disturbances: Disturbances;
}

/** A program and the commands that run it. */
export interface Round {
  /** The changes since the previous round, for the log. */
  changes: string[];
  world: World;
  unlinked: Unlinked;
  operations: Operation[];
  /**
   * True if the round ends with runs without faults, after which Webex and the program must agree. If the last round
   * doesn't, it is destroyed in its unfinished condition.
   */
  settles: boolean;
  /**
   * True if one of those runs needs `--refresh`: a killed run has deleted an object that is declared again, or a user
   * had to consent. It is not the first run, which finishes the started deletions.
   */
  refresh: boolean;
  /** The weather during the round. */
  weather: Weather;
  /** True if the runs without faults preview first. */
  previews: boolean;
  /** Keys of objects that existed when everything was last settled, and must not be replaced. */
  kept: string[];
}

/** The plan of a run; it depends only on the seed. */
export interface Plan {
  seed: number;
  provisioningSeconds: number;
  rounds: Round[];
  /** Disturbances of the first `destroy` at the end. */
  farewell: Disturbances;
}

/** Makes the plan of a run. The same seed gives the same plan. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const evolution = new Evolution(dice);
  const provisioningSeconds = dice.pick([0.1, 0.4, 1]);
  const rounds: Sheltered[] = [];
  for (let left = dice.int(1, 3); left > 0; left--) rounds.push(nextRound(evolution, rounds));
  rounds.push(lastRound(evolution, rounds));
  const farewell = dice.chance(0.4) ? disturbances(dice, NOBODY) : calm();
  // Separate dice, so that a new weather switch doesn't change the programs and faults of a seed.
  const sky = new Dice(~seed);
  const stays = !bringsNumbers(rounds.map(({ world }) => world));
  const outside = rounds.map((round) => ({ ...round, weather: weather(sky, stays) }));
  return { seed, provisioningSeconds, rounds: outside, farewell };
}

/** True if a number moves to another place. Webex can't move it in weather in which numbers stay with their place. */
function bringsNumbers(worlds: readonly World[]): boolean {
  const placeOf = new Map<string, string>();
  return worlds.some(({ customers, locations }) => {
    const headquarters = customers.map(({ key, headquarters }) => ({ key, calling: headquarters?.calling }));
    const numbers = [...headquarters, ...locations].flatMap(({ key, calling }) =>
      (calling?.phoneNumbers ?? []).map((number) => ({ number, key })),
    );
    const isBrought = numbers.some(({ number, key }) => (placeOf.get(number) ?? key) !== key);
    for (const { number, key } of numbers) placeOf.set(number, key);
    return isBrought;
  });
}

/** A round without its weather. */
type Sheltered = Omit<Round, 'weather'>;

const NOBODY: Subjects = { externalIds: [], emails: [] };

function changesOf(evolution: Evolution, before: readonly Sheltered[]): string[] {
  return before.length === 0 ? ['everything is new'] : change(evolution);
}

function nextRound(evolution: Evolution, before: readonly Sheltered[]): Sheltered {
  const { dice, world, history } = evolution;
  const adoptsAll = world.customers.every(({ removal, adopt }) => removal === 'delete' && adopt);
  // Destroy and declare again only if nothing else is unfinished and remaining objects may be adopted.
  const destroys = before.length > 0 && history.isFresh && adoptsAll && dice.chance(0.3);
  const changes = destroys ? ['everything is destroyed and declared again'] : changesOf(evolution, before);
  const operations: Operation[] = [];
  if (destroys) {
    operations.push(operation(evolution, 'destroy', false));
    for (const one of everything(world)) history.born(one.key);
    history.needRefresh();
  }
  operations.push(...updates(evolution, destroys));
  return roundWith(evolution, changes, operations, dice.chance(0.35));
}

/** The last round settles, or is destroyed unfinished; then nothing is killed in it, so that everything is recorded. */
function lastRound(evolution: Evolution, before: readonly Sheltered[]): Sheltered {
  const { dice, history } = evolution;
  const abrupt = history.isFresh && dice.chance(0.25);
  const changes = changesOf(evolution, before);
  if (!abrupt) return roundWith(evolution, changes, updates(evolution, false), true);
  const only = operation(evolution, 'up', false);
  const disturbed = { ...calm(), outcomes: outcomes(dice, subjectsOf(evolution), 0.6) };
  return roundWith(evolution, changes, [{ ...only, skipCheckpoints: false, disturbances: disturbed }], false);
}

function updates(evolution: Evolution, refresh: boolean): Operation[] {
  const { dice, history } = evolution;
  const operations: Operation[] = [];
  if (dice.chance(0.08)) operations.push(twice(evolution));
  for (let left = dice.pick([1, 1, 2]); left > 0; left--) operations.push(operation(evolution, 'up', refresh));
  if (history.mayRefresh && dice.chance(0.15)) operations.push(operation(evolution, 'refresh', false));
  return operations;
}

function roundWith(evolution: Evolution, changes: string[], operations: Operation[], settles: boolean): Sheltered {
  const { dice, world, unlinked, history } = evolution;
  const previews = dice.chance(0.4);
  if (operations.some(({ disturbances }) => hasPending(disturbances))) history.needRefresh();
  const refresh = history.needsRefresh;
  const kept = everything(world)
    .filter((one) => !history.isBorn(one))
    .map(({ key }) => key);
  const round = structuredClone({ changes, world, unlinked, operations, settles, refresh, previews, kept });
  if (settles) history.newSpan();
  return round;
}

function subjectsOf({ world, history }: Evolution): Subjects {
  // A user that changes later must not wait for consent: the consent applies the first request.
  const waiting = world.users.filter((user) => !user.adopt && history.isBorn(user));
  return {
    externalIds: world.customers.map(({ externalId }) => externalId),
    emails: waiting.map(({ email }) => email),
  };
}

function hasPending({ outcomes }: Disturbances): boolean {
  return outcomes.some(({ kind }) => kind === 'subscriber');
}

function operation(evolution: Evolution, command: Operation['command'], refresh: boolean): Operation {
  const { dice } = evolution;
  return {
    command,
    refresh,
    skipCheckpoints: command === 'up' && dice.chance(0.2),
    previews: dice.chance(0.25),
    parallel: dice.pick([undefined, undefined, 1, 64]),
    orphansLive: dice.chance(0.5),
    disturbances: disturbances(dice, command === 'up' ? subjectsOf(evolution) : NOBODY),
  };
}

function twice(evolution: Evolution): Operation {
  const doubled = evolution.dice.pick(everything(evolution.world));
  return { ...operation(evolution, 'up', false), twice: doubled.key };
}
