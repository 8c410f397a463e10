import type { Dice } from './dice.ts';

/** A fault of the simulator's control plane (docs/simulator.md, Faults). */
export interface Fault {
  operation: string;
  count: number;
  probability: number;
  seed: number;
  status?: number;
  applied?: boolean;
  retryAfterSeconds?: number;
  delayMs?: number;
  reset?: 'before' | 'after';
}

/** A connection that the proxy cuts after a number of bytes of a request or an answer. */
export interface Cut {
  /** Number of the request in the command, from 1. */
  request: number;
  where: 'request' | 'answer';
  bytes: number;
}

/**
 * The time of an event: milliseconds after the start, or at a request or write, before or after it took effect.
 */
export type Moment =
  | { milliseconds: number }
  | { request: number; when: 'before' | 'after' }
  | { write: number; when: 'before' | 'after' };

/** Disturbances of processes. `crash`: kill -9 of pulumi and all its plugins, like a crash of the machine. */
export const BLOWS = [
  'SIGINT',
  'SIGINT twice',
  'crash',
  'kill -9 of pulumi',
  'kill -9 of the plugin',
  'simulator restarts',
  'kill -9 of the simulator',
] as const;
/** The kind of a disturbance. */
export type BlowKind = (typeof BLOWS)[number];

/** A disturbance of a process. */
export interface Blow {
  kind: BlowKind;
  moment: Moment;
  /** Milliseconds until the second SIGINT, or until the simulator is restarted. */
  pause: number;
}

/**
 * The outcome of the next provisioning or update of a customer, or of the next POST of a user (docs/simulator.md).
 */
export type Outcome =
  | {
      kind: 'customer';
      externalId: string;
      status: 'error' | 'provisioned_with_errors' | 'pending_rpl_review';
      times: number;
    }
  | { kind: 'subscriber'; email: string; status: 'pending_user_migration'; times: 1 };

/** All disturbances of one command. */
export interface Disturbances {
  faults: Fault[];
  cuts: Cut[];
  blows: Blow[];
  outcomes: Outcome[];
}

/** Longer than the client's timeout (workspace.ts). */
export const LONG_DELAY_MS = 3500;

const OPERATIONS = [
  ...Array.from({ length: 12 }, () => '*'),
  'POST /wholesale/customers',
  'PUT /wholesale/customers/{customerId}',
  'DELETE /wholesale/customers/{customerId}',
  'GET /wholesale/customers/{customerId}',
  'POST /wholesale/subscribers',
  'PUT /wholesale/subscribers/{subscriberId}',
  'DELETE /wholesale/subscribers/{subscriberId}',
  'POST /locations',
  'PUT /locations/{locationId}',
  'DELETE /locations/{locationId}',
  'POST /telephony/config/locations',
  'PUT /telephony/config/locations/{locationId}',
  'PUT /telephony/pstn/locations/{locationId}/connection',
  'POST /telephony/config/locations/{locationId}/numbers',
  'DELETE /telephony/config/locations/{locationId}/numbers',
  'POST /telephony/config/jobs/locations/deleteCallingLocation',
  'PUT /people/{personId}',
  'DELETE /people/{personId}',
  'DELETE /organizations/{orgId}',
];

/** No disturbances. */
export function calm(): Disturbances {
  return { faults: [], cuts: [], blows: [], outcomes: [] };
}

/** Users and customers that may get an outcome. */
export interface Subjects {
  externalIds: readonly string[];
  /** E-mail addresses of users that may have to consent. */
  emails: readonly string[];
}

/** Random disturbances of a command. */
export function disturbances(dice: Dice, subjects: Subjects): Disturbances {
  const faults = Array.from({ length: dice.int(0, 6) }, () => fault(dice));
  const cuts = Array.from({ length: dice.pick([0, 1, 2, 3]) }, () => cut(dice));
  const blows = Array.from({ length: dice.pick([0, 1, 1, 1, 2, 2]) }, () => blow(dice));
  return { faults, cuts, blows, outcomes: outcomes(dice, subjects, 0.2) };
}

/** Random outcomes, each with its probability. */
export function outcomes(dice: Dice, { externalIds, emails }: Subjects, probability: number): Outcome[] {
  const pending = emails.filter(() => dice.chance(probability));
  return [
    ...externalIds.filter(() => dice.chance(probability)).map((id) => outcome(dice, id)),
    ...pending.map((email) => ({ kind: 'subscriber', email, status: 'pending_user_migration', times: 1 }) as const),
  ];
}

function outcome(dice: Dice, externalId: string): Outcome {
  const status = dice.pick(['error', 'provisioned_with_errors', 'pending_rpl_review'] as const);
  return { kind: 'customer', externalId, status, times: dice.int(1, 2) };
}

function fault(dice: Dice): Fault {
  const operation = dice.pick(OPERATIONS);
  const all = operation === '*';
  const common = {
    operation,
    count: all ? dice.int(1, 6) : dice.int(1, 3),
    probability: all ? dice.pick([0.05, 0.1, 0.2, 0.4]) : dice.pick([0.3, 1, 1]),
    seed: dice.int(1, 1_000_000),
  };
  const kind = dice.pick(['limited', 'locked', 'broken', 'broken', 'slow', 'reset', 'reset'] as const);
  switch (kind) {
    case 'limited':
      return { ...common, status: 429, retryAfterSeconds: dice.int(0, 1) };
    case 'locked':
      return { ...common, status: 423, retryAfterSeconds: dice.int(0, 1) };
    case 'broken':
      return { ...common, status: dice.pick([500, 502, 503]), ...(dice.chance(0.5) && { applied: true }) };
    case 'slow':
      return { ...common, count: 1, delayMs: dice.pick([500, LONG_DELAY_MS, LONG_DELAY_MS]) };
    case 'reset':
      return { ...common, reset: dice.pick(['before', 'after']) };
  }
}

function cut(dice: Dice): Cut {
  const where = dice.pick(['request', 'answer'] as const);
  return { request: dice.int(1, 25), where, bytes: where === 'request' ? dice.int(0, 500) : dice.int(0, 1200) };
}

function blow(dice: Dice): Blow {
  const kind = dice.pick<BlowKind>([...BLOWS, 'crash', 'SIGINT']);
  return { kind, moment: moment(dice), pause: dice.int(100, 1500) };
}

function moment(dice: Dice): Moment {
  const when = dice.pick(['before', 'after'] as const);
  return dice.pick<Moment>([
    { milliseconds: dice.int(0, 6000) },
    { request: dice.int(1, 30), when },
    { write: dice.int(1, 20), when },
    { write: dice.int(1, 8), when },
  ]);
}
