import { operationName, WebexResponseError, WebexUnreachableError } from '../http/errors';
import type { Operation, Repeatability, Sender, Statuses, Tries } from '../http/sender';
import { createTransport, type HttpAnswer, type HttpRequest, TransportFailure } from '../http/transport';
import type { Clock } from './clock';
import { type Outcome, RetryPolicy } from './retry';
import { pacerFor } from './shared-pacer';

export interface SenderSettings {
  base: URL;
  /** The setting that holds the base URL, for messages. */
  baseSetting: string;
  clock: Clock;
  /** Milliseconds that one request may take. */
  requestTimeout: number;
  /** Milliseconds after the first try during which an operation is retried. */
  retryTimeout: number;
  maxRequestsInFlight: number;
  maxAnswerBytes: number;
  onWarning: (text: string) => void;
}

/** A pause of at least so many milliseconds is reported, so that the user knows why nothing happens. */
const PAUSE_WORTH_A_WARNING = 5000;

/** Makes a {@link Sender} that repeats requests by the retry policy, and starts them when the pacer allows it. */
export function createSender(settings: SenderSettings): Sender {
  const { base, clock } = settings;
  const pacer = pacerFor(base.host, clock, settings.maxRequestsInFlight);
  const transport = createTransport(base, {
    timeout: settings.requestTimeout,
    connections: settings.maxRequestsInFlight,
    maxAnswerBytes: settings.maxAnswerBytes,
  });

  async function tryOnce(request: HttpRequest): Promise<Outcome> {
    try {
      return { answer: await transport.send(request) };
    } catch (error) {
      if (error instanceof TransportFailure) return { failure: error };
      throw error;
    }
  }

  /** Reports a 429 to the pacer and, once a burst, to the user. */
  function turnedAway(startedAt: number, wait: number): void {
    if (pacer.turnedAway(startedAt, wait) && wait >= PAUSE_WORTH_A_WARNING) {
      settings.onWarning(`Webex takes no more requests for now (429): waiting ${Math.ceil(wait / 1000)} s.`);
    }
  }

  function begin(operation: Operation, repeatability: Repeatability, statuses?: Statuses): Tries {
    let policy: RetryPolicy | undefined;
    // Made after the first try, so that the deadline does not include the wait for a turn among other requests.
    const currentPolicy = () => {
      policy ??= new RetryPolicy(repeatability, clock, clock.now() + settings.retryTimeout, statuses);
      return policy;
    };
    async function send(request: HttpRequest): Promise<HttpAnswer> {
      for (;;) {
        const { outcome, decision } = await pacer.run(async (startedAt) => {
          const outcome = await tryOnce(request);
          const decision = currentPolicy().decide(outcome);
          // Report it before the pacer starts the next request.
          if ('answer' in outcome && outcome.answer.status === 429)
            turnedAway(startedAt, decision.retry ? decision.wait : 0);
          return { outcome, decision };
        }, policy !== undefined);
        if (decision.retry) {
          // The pacer enforces a pause of all requests: the next run() waits for its end.
          if (!decision.pauseAll) await clock.sleep(decision.wait);
        } else if ('answer' in outcome) {
          return outcome.answer;
        } else {
          throw unanswered(operation, outcome.failure, currentPolicy().outcomeUnknown);
        }
      }
    }
    return { send, outcomeUnknown: () => policy?.outcomeUnknown ?? false };
  }

  function unanswered({ method, path }: Operation, failure: TransportFailure, outcomeUnknown: boolean): Error {
    if (failure.kind === 'too-large') return new WebexResponseError(method, path, failure.reason, { outcomeUnknown });
    const hints = {
      'never-sent': ` Is ${settings.baseSetting} right?`,
      certificate: ` If a proxy of yours signs certificates, name its authority in NODE_EXTRA_CA_CERTS.`,
      lost: '',
    };
    const unknown = outcomeUnknown ? ' Whether the change was made is not known.' : '';
    return new WebexUnreachableError(
      `${operationName(method, path)}: ${base.href} can't be reached: ${failure.reason}.${hints[failure.kind]}${unknown}`,
      outcomeUnknown,
    );
  }

  return {
    base,
    baseSetting: settings.baseSetting,
    now: () => clock.now(),
    begin,
    close: () => transport.close(),
  };
}
