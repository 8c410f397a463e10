import { type Simulator, type SimulatorOptions, startSimulator } from 'webex-wholesale-simulator';
import { checkExchanges, requestProblems } from '../../contract/check';
import { type Falsify, type Recorder, record } from '../../contract/recorder';

/** An HTTP answer. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed JSON; undefined for an empty body. */
  body: unknown;
}

/** API requests since the last reset, without those to the control plane. */
export interface RequestCounts {
  total: number;
  /** Write requests, without prechecks. */
  writes: number;
  /** By method and path with parameter names, such as `POST /wholesale/customers`. */
  byOperation: Record<string, number>;
}

/**
 * A simulator for one test, with its control plane. Programs use it through a recorder: when the simulator is stopped,
 * all exchanges are checked against Cisco's published documents.
 */
export class TestSimulator {
  /** Changes the answers to programs, but not those to {@link api}. */
  falsify: Falsify | undefined;

  private constructor(
    private readonly running: Simulator,
    private readonly recorder: Recorder,
    private readonly documented: boolean,
  ) {}

  /** `WEBEX_SIMULATOR_WEATHER=observed` runs all tests in observed weather. */
  static async start(options: SimulatorOptions): Promise<TestSimulator> {
    const weather = process.env.WEBEX_SIMULATOR_WEATHER === 'observed' ? 'observed' : 'documented';
    const all = { provisioningSeconds: 0.2, weather, ...options } as const;
    const running = await startSimulator(all);
    const recorder = await record(running.url, (request, body) => started.falsify?.(request, body));
    const started = new TestSimulator(running, recorder, all.weather === 'documented');
    return started;
  }

  /** Environment variables of programs for this simulator. */
  get environment(): NodeJS.ProcessEnv {
    return {
      WEBEX_BASE_URL: this.baseUrl,
      WEBEX_ACCESS_TOKEN: this.running.token,
      WEBEX_TEMPLATE_API_URL: this.running.templateApiUrl,
    };
  }

  /** The base URL of programs. */
  get baseUrl(): string {
    return this.recorder.baseUrl;
  }

  /** `http://127.0.0.1:PORT` */
  get url(): string {
    return this.running.url;
  }

  /**
   * Calls the Webex API outside Pulumi. Such calls are counted like the provider's: a test that counts must reset the
   * counts afterwards.
   */
  async api(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.request(method, `${this.running.baseUrl}${path}`, body);
  }

  /** Calls the control plane, and throws when it refuses. */
  async control(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.request(method, `${this.running.url}/simulator${path}`, body);
    if (answer.status >= 400)
      throw new Error(`${method} /simulator${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  async requests(): Promise<RequestCounts> {
    return (await this.control('GET', '/requests')) as RequestCounts;
  }

  async resetRequests(): Promise<void> {
    await this.control('DELETE', '/requests');
  }

  /** Sets the outcome of the next provisioning of a customer, or of the next onboarding of a user. */
  async outcome(outcome: Record<string, unknown>): Promise<void> {
    await this.control('POST', '/outcomes', outcome);
  }

  /** Makes the next requests of an operation fail, wait, or lose their connection. */
  async fault(fault: Record<string, unknown>): Promise<void> {
    await this.control('POST', '/faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.control('DELETE', '/faults');
  }

  /** Ends a customer's export-control review. */
  async endReview(externalId: string): Promise<void> {
    await this.control('POST', '/rplReviews', { externalId });
  }

  /** A user of another organization consents to the move. */
  async consent(email: string): Promise<void> {
    await this.control('POST', '/consents', { email });
  }

  async advanceClock(advanceSeconds: number): Promise<void> {
    await this.control('POST', '/clock', { advanceSeconds });
  }

  /** @throws Error that lists the undocumented parts of the exchanges */
  async stop(): Promise<void> {
    await this.recorder.stop();
    await this.running.stop();
    const exchanges = this.recorder.exchanges.splice(0);
    // In other weather the answers may differ from the documents, but requests of the provider must not.
    const problems = this.documented ? checkExchanges(exchanges) : exchanges.flatMap(requestProblems);
    if (problems.length > 0) throw new Error(`Exchanges that break Cisco's documents:\n${problems.join('\n')}`);
  }

  private async request(method: string, url: string, body: unknown): Promise<Answer> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.running.token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const response = await fetch(url, { method, headers, body: body === undefined ? null : JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
  }
}
