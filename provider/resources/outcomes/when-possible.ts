import { WebexApiError } from '../../webex';
import { Backoff } from './backoff';

/** A write that Webex may refuse for a while. */
export interface WaitingWrite {
  /** The operation, for messages: `Deleting location "Denver"`. */
  readonly what: string;
  /** How long it may take: one of the resource's `timeouts`. */
  readonly seconds: number;
  /** Whether the refusal is temporary. May send requests to find out, and may wait itself. */
  isTemporary(error: WebexApiError): boolean | Promise<boolean>;
}

/**
 * Repeats a write, with growing pauses, while Webex refuses it for a temporary reason. A warning says what is waited
 * for. Any other refusal is thrown at once.
 * @throws the refusal, or an error with it where the time is over
 */
export async function whenPossible<T>(
  { what, seconds, isTemporary }: WaitingWrite,
  warn: (text: string) => void,
  write: () => Promise<T>,
): Promise<T> {
  return retrying(new Backoff(seconds, what), write, async (error) => {
    if (!(error instanceof WebexApiError) || !(await isTemporary(error))) return false;
    const { status, code, description } = error;
    const answer = code === undefined ? `${status}` : `${status}, error ${code}`;
    warn(`${what} has to wait, at most ${seconds} seconds: Webex answers ${answer}, ${description}`);
    return true;
  });
}

/**
 * Repeats a write, with growing pauses, after temporary errors.
 * @throws an error that isn't temporary, or a WaitTimeout with the last one where the time is over
 */
export async function retrying<T>(
  backoff: Backoff,
  write: () => Promise<T>,
  isTemporary: (error: unknown) => boolean | Promise<boolean>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(await isTemporary(error))) throw error;
      await backoff.pause(error);
    }
  }
}
