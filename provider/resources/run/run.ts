import type { ReadConfig, Recorded } from '../../lifecycle';
import { createWebexClient, credentialsFromEnvironment, type WebexClient } from '../../webex';
import { Claims } from './claims';
import { Configuration } from './configuration';
import { Memory } from './memory';

/**
 * One run of Pulumi, as the handlers see it: settings, API client, warnings, claims, and what the run remembers. A
 * plugin process makes one (handlers/run.ts) and each test its own; no module of resources/ holds state.
 */
export class Run {
  readonly claims = new Claims();
  readonly memory = new Memory();
  /** Whether this run only previews, as its last check said. */
  isPreview = false;
  private configuration = new Configuration();
  private client: WebexClient | undefined;
  private readonly warned = new Set<string>();
  private show = (text: string): void => void process.stderr.write(`warning: ${text}\n`);

  private readRecorded: () => Promise<readonly Recorded[]> = async () => [];

  /** Called for each kind of resource, with the same configuration each time. */
  configure(config: ReadConfig, warn: (text: string) => void, recorded = this.readRecorded): void {
    this.configuration = new Configuration(config);
    this.show = warn;
    this.readRecorded = recorded;
  }

  /** What the stack recorded before this run; asked for once. Empty where that isn't known. */
  recorded(): Promise<readonly Recorded[]> {
    return this.memory.forRun('recorded', () => this.readRecorded());
  }

  get settings(): Configuration {
    return this.configuration;
  }

  /**
   * A run with the same settings and the same API client that remembers nothing yet: for work on very many objects.
   * @param warn where its warnings go
   */
  beside(warn: (text: string) => void): Run {
    const run = new Run();
    run.configuration = this.configuration;
    run.client = this.webex;
    run.show = warn;
    return run;
  }

  /** Made on first use, so that a run without requests needs no credential. */
  get webex(): WebexClient {
    const { settings } = this;
    this.client ??= createWebexClient({
      baseUrl: settings.baseUrl,
      credentials: credentialsFromEnvironment(),
      templateApiUrl: settings.templateApiUrl,
      requestTimeoutSeconds: settings.positive('requestTimeoutSeconds'),
      retryTimeoutSeconds: settings.positive('retryTimeoutSeconds'),
      maxRequestsInFlight: settings.positive('maxRequestsInFlight'),
      onWarning: this.warn,
    });
    return this.client;
  }

  /**
   * Checks what must be right before any resource is: no credential in the configuration, credentials in the
   * environment, an acceptable base URL. Sends no request.
   * @throws Error rather than a failure of a property, because it isn't about a resource
   */
  verify(): void {
    const credential = this.settings.credential();
    if (credential !== undefined) throw new Error(credential);
    void this.webex;
  }

  /**
   * Shows a warning to the person who runs Pulumi; the same text once a run.
   * @param about what the warning is about, where one for the first of many resources is enough
   */
  readonly warn = (text: string, about = text): void => {
    if (this.warned.has(about)) return;
    this.warned.add(about);
    this.show(`webex-wholesale: ${text}`);
  };
}
