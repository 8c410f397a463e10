import type { Run } from '../run/run';

/** A user as the stack recorded it before this run. */
export interface RecordedUser {
  readonly urn: string;
  /** Of the subscriber. */
  readonly id: string;
  readonly personId: string;
  /** Whether the user stays in Webex where the program no longer declares it. */
  readonly isKept: boolean;
  /** Its state; what is secret in it is no text. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** The users that the stack recorded; none where that isn't known. */
export async function recordedUsers(run: Run): Promise<RecordedUser[]> {
  return (await run.recorded()).flatMap(({ urn, id, state, isKept }) => {
    const personId = text(state.personId);
    return personId === undefined ? [] : [{ urn, id, personId, isKept, state }];
  });
}

/** URN of the resource that the stack recorded with this ID. */
export async function recordedUrn(run: Run, id: string): Promise<string | undefined> {
  return (await run.recorded()).find((recorded) => recorded.id === id)?.urn;
}

/** The value if it is a text: a secret or unknown one is none. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
