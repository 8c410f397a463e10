import { WebexApiError } from '../../webex';
import { Backoff } from './backoff';

/** A write that Webex may refuse for a reason that time mends. */
export interface Patience {
  /** The operation, for messages: `Deleting location "Denver"`. */
  readonly what: string;
  /** How long it may take: one of the resource's `timeouts`. */
  readonly seconds: number;
  /** Whether time mends this error. May look at Webex for that, and wait by itself. */
  mends(error: WebexApiError): boolean | Promise<boolean>;
}

/**
 * Repeats a write, with growing pauses, for as long as Webex refuses it for a reason that time mends. A warning says
 * what is waited for. Any other refusal is thrown at once.
 * @throws the refusal, or an error with it where the time is over
 */
export async function whenPossible<T>(
  { what, seconds, mends }: Patience,
  warn: (text: string) => void,
  write: () => Promise<T>,
): Promise<T> {
  return retrying(new Backoff(seconds, what), write, async (error) => {
    if (!(error instanceof WebexApiError) || !(await mends(error))) return false;
    const { status, code, description } = error;
    const answer = code === undefined ? `${status}` : `${status}, error ${code}`;
    warn(`${what} has to wait, at most ${seconds} seconds: Webex answers ${answer}, ${description}`);
    return true;
  });
}

/**
 * Repeats a write, with growing pauses, after errors that may pass.
 * @throws an error that may not pass, or a WaitTimeout with the last one where the time is over
 */
export async function retrying<T>(
  backoff: Backoff,
  write: () => Promise<T>,
  mayPass: (error: unknown) => boolean | Promise<boolean>,
): Promise<T> {
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!(await mayPass(error))) throw error;
      await backoff.pause(error);
    }
  }
}
