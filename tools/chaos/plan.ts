import { change } from './changes.ts';
import { Dice } from './dice.ts';
import { Evolution } from './evolution.ts';
import { calm, type Disturbances, disturbances, type Subjects } from './faults.ts';
import { everything, type Unlinked, type World } from './world.ts';

/** One pulumi command, and what befalls it. */
export interface Operation {
  command: 'up' | 'refresh' | 'destroy';
  /** `up --refresh`. */
  refresh: boolean;
  /** Key of an object that the program declares twice this time, under another resource name, before the right one. */
  twice?: string;
  /** PULUMI_SKIP_CHECKPOINTS=true: a killed run records nothing at all. */
  skipCheckpoints: boolean;
  /** Whether pulumi previews first, as it does for people. */
  previews: boolean;
  /** `--parallel`; undefined: Pulumi's default. */
  parallel: number | undefined;
  /** Whether plugins that outlive their pulumi may go on until the program changes. */
  orphansLive: boolean;
  disturbances: Disturbances;
}

/** A program, and what is done with it. */
export interface Round {
  /** What changed since the round before, for the log. */
  changes: string[];
  world: World;
  unlinked: Unlinked;
  operations: Operation[];
  /** Whether the round ends with runs without faults, after which backend and program must be the same. */
  settles: boolean;
  /**
   * Whether those runs need `--refresh`: what a run that was killed deleted is declared again, or a user had to consent
   * first, which only a refresh sees.
   */
  refresh: boolean;
  /** Whether those runs preview first. */
  previews: boolean;
  /** Keys of the objects that were there when everything was last settled, and must still be the same ones. */
  kept: string[];
}

/** A whole run; made from its seed alone. */
export interface Plan {
  seed: number;
  provisioningSeconds: number;
  rounds: Round[];
  /** What befalls the first `destroy` at the end. */
  farewell: Disturbances;
}

/** Makes the plan of a run: the same seed gives the same plan. */
export function planOf(seed: number): Plan {
  const dice = new Dice(seed);
  const evolution = new Evolution(dice);
  const provisioningSeconds = dice.pick([0.1, 0.4, 1]);
  const rounds: Round[] = [];
  const count = dice.int(2, 4);
  for (let index = 0; index < count; index++) {
    const changes = index === 0 ? ['everything is new'] : change(evolution);
    rounds.push(roundOf(evolution, changes, index === count - 1));
  }
  return { seed, provisioningSeconds, rounds, farewell: dice.chance(0.4) ? disturbances(dice, NOBODY) : calm() };
}

const NOBODY: Subjects = { externalIds: [], emails: [] };

function roundOf(evolution: Evolution, changes: string[], last: boolean): Round {
  const { dice, world, unlinked, history } = evolution;
  const destroys = !last && dice.chance(0.1) && world.customers.every(({ removal }) => removal === 'delete');
  const operations: Operation[] = [];
  if (changes.length > 0 && dice.chance(0.08)) operations.push(twice(evolution));
  for (let left = dice.pick([1, 1, 2]); left > 0; left--) operations.push(operation(evolution, 'up', destroys));
  if (dice.chance(0.15)) operations.push(operation(evolution, 'refresh', false));
  if (destroys) {
    operations.unshift(operation(evolution, 'destroy', false));
    for (const one of everything(world)) history.born(one.key);
  }
  const settles = last || dice.chance(0.35);
  const previews = dice.chance(0.4);
  if (destroys || operations.some(({ disturbances }) => hasPending(disturbances))) history.needRefresh();
  const refresh = history.needsRefresh;
  const kept = everything(world)
    .filter((one) => !history.isBorn(one))
    .map(({ key }) => key);
  const round = structuredClone({ changes, world, unlinked, operations, settles, refresh, previews, kept });
  if (settles) history.newSpan();
  return round;
}

function hasPending({ outcomes }: Disturbances): boolean {
  return outcomes.some(({ kind }) => kind === 'subscriber');
}

function operation({ dice, world, history }: Evolution, command: Operation['command'], refresh: boolean): Operation {
  // Who may change meanwhile must not wait: what was asked for at first is what the consent brings.
  const waiting = world.users.filter((user) => !user.adopt && history.isBorn(user));
  const subjects = {
    externalIds: world.customers.map(({ externalId }) => externalId),
    emails: waiting.map(({ email }) => email),
  };
  return {
    command,
    refresh,
    skipCheckpoints: command === 'up' && dice.chance(0.2),
    previews: dice.chance(0.25),
    parallel: dice.pick([undefined, undefined, 1, 64]),
    orphansLive: dice.chance(0.5),
    disturbances: disturbances(dice, command === 'up' ? subjects : NOBODY),
  };
}

function twice(evolution: Evolution): Operation {
  const { customers, locations, users } = evolution.world;
  const doubled = evolution.dice.pick([...customers, ...locations, ...users]);
  return { ...operation(evolution, 'up', false), twice: doubled.key };
}
