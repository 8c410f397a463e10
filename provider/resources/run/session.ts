import type { ReadConfig } from '../../lifecycle';
import { createWebexClient, credentialsFromEnvironment, endpointFrom, type WebexClient } from '../../webex';
import { CREDENTIAL_KEYS, credentialInConfig, credentialNamed } from './credential-keys';
import { NAMESPACE, type Setting } from './settings';
import { type Warn, warn, warnThrough } from './warnings';

/** Which new objects preview asks Cisco's precheck about. */
export type PrecheckScope = 'all' | 'customers' | 'off';
/** What refresh reads: `full` also what has no list operation (limits, PSTN connection, announcement settings). */
export type RefreshScope = 'basic' | 'full';

/**
 * One for each plugin process, shared by all resources: the API client, and the non-secret configuration.
 * The environment wins over the configuration, because refresh and destroy run with the configuration of the last
 * update, which Pulumi keeps in the state.
 */
class Session {
  private config: ReadConfig = () => undefined;
  private client: WebexClient | undefined;

  /** Called for each kind of resource, with the same configuration each time. */
  configure(config: ReadConfig, warn: Warn): void {
    this.config = config;
    warnThrough(warn);
  }

  /** A client made on first use, so that a run that needs no request needs no credential either. */
  get webex(): WebexClient {
    this.client ??= this.createClient();
    return this.client;
  }

  /** Throws what is wrong with base URL or credentials, without a request. */
  verify(): void {
    void this.webex;
  }

  /**
   * The first credential found in the stack configuration, as an explanation for people. A program is stopped
   * earlier (program-config.ts); this is for whoever uses the handlers without it.
   */
  credentialInConfig(): string | undefined {
    const keys = CREDENTIAL_KEYS.map((name) => `${NAMESPACE}:${name}`);
    const key = keys.find((name) => this.config(name) !== undefined);
    const variable = key && credentialNamed(key);
    return variable && credentialInConfig(key, variable);
  }

  get precheck(): PrecheckScope {
    return this.oneOf('precheck', ['all', 'customers', 'off'], 'all');
  }

  /** How long all prechecks together may hold a preview up. */
  get precheckSeconds(): number {
    return this.positive('precheckSeconds') ?? 60;
  }

  get refresh(): RefreshScope {
    return this.oneOf('refresh', ['full', 'basic'], 'full');
  }

  /** Sub-partner for resources that name none. */
  get onBehalfOfSubPartnerOrgId(): string | undefined {
    return this.setting('onBehalfOfSubPartnerOrgId');
  }

  get templateApiUrl(): string | undefined {
    return process.env.WEBEX_TEMPLATE_API_URL || this.setting('templateApiUrl');
  }

  private setting(key: Setting): string | undefined {
    return this.config(`${NAMESPACE}:${key}`) || undefined;
  }

  private oneOf<T extends string>(key: Setting, allowed: readonly T[], fallback: T): T {
    const value = this.setting(key) ?? fallback;
    const found = allowed.find((name) => name === value);
    if (found === undefined) {
      throw new Error(`${NAMESPACE}:${key} is "${value}"; it must be one of ${allowed.join(', ')}.`);
    }
    return found;
  }

  private positive(key: Setting): number | undefined {
    const text = this.setting(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!(value > 0)) throw new Error(`${NAMESPACE}:${key} is "${text}"; it must be a number above 0.`);
    return value;
  }

  private createClient(): WebexClient {
    const endpoint = (variable: string, key: Setting) =>
      endpointFrom(variable, { setting: `${NAMESPACE}:${key}`, url: this.setting(key) });
    return createWebexClient({
      baseUrl: endpoint('WEBEX_BASE_URL', 'baseUrl'),
      credentials: credentialsFromEnvironment(),
      templateApiUrl: endpoint('WEBEX_TEMPLATE_API_URL', 'templateApiUrl'),
      requestTimeoutSeconds: this.positive('requestTimeoutSeconds'),
      retryTimeoutSeconds: this.positive('retryTimeoutSeconds'),
      maxRequestsInFlight: this.positive('maxRequestsInFlight'),
      onWarning: warn,
    });
  }
}

/** The session of this process. */
export const session = new Session();
