import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from './errors';

/** Milliseconds between two polls: from the first to the longest wait, each longer than the one before it. */
export const FIRST_MS = 500;
export const LONGEST_MS = 15_000;
export const GROWTH = 1.5;

/** Thrown when Webex didn't finish in time: within the `timeouts` of a resource, or within a fixed time. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';

  /**
   * @param more what hindered the wait
   * @param isFixed whether no input sets the time
   */
  constructor(
    what: string,
    seconds: number,
    { more = '', isFixed = false, cause }: { more?: string; isFixed?: boolean; cause?: unknown } = {},
  ) {
    const hint = isFixed ? '' : '; the input timeouts allows more time';
    super(
      `${what} wasn't finished within ${seconds} seconds${more}. Run the same command again, which goes on from here${hint}`,
      { cause },
    );
  }
}

/** Growing pauses between polls, up to a deadline. */
export class Backoff {
  private next = FIRST_MS;
  private readonly deadline: number;

  /**
   * @param seconds after which {@link pause} throws
   * @param isFixed whether no input sets them
   */
  constructor(
    private readonly seconds: number,
    private readonly what: string,
    private readonly isFixed = false,
  ) {
    this.deadline = Date.now() + seconds * 1000;
  }

  /**
   * @param cause the error after which the pause is made, for the message
   * @throws WaitTimeout when the time is over
   */
  async pause(cause?: unknown): Promise<void> {
    const left = this.deadline - Date.now();
    if (left <= 0) {
      const more = cause === undefined ? '' : `. ${messageOf(cause).replace(/\.$/, '')}`;
      throw new WaitTimeout(this.what, this.seconds, { more, isFixed: this.isFixed, cause });
    }
    await sleep(Math.min(this.next, left));
    this.next = Math.min(this.next * GROWTH, LONGEST_MS);
  }
}
