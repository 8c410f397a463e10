import type { ReadConfig } from '../../lifecycle';
import { type Endpoint, endpointFrom } from '../../webex';
import { CREDENTIAL_KEYS, credentialInConfig, credentialNamed } from './credential-keys';
import { NAMESPACE, type Setting } from './settings';

/** Which new objects preview asks Cisco's precheck about. */
export type PrecheckScope = 'all' | 'customers' | 'off';
/** What refresh reads: `full` also what has no list operation (limits, PSTN connection, announcement settings). */
export type RefreshScope = 'basic' | 'full';

/**
 * The values of the settings (settings.ts). The environment wins over the configuration, because refresh and destroy
 * run with the configuration of the last update, which Pulumi keeps in the state.
 */
export class Configuration {
  constructor(private readonly read: ReadConfig = () => undefined) {}

  /** @throws Error for a host that only the environment may name */
  get baseUrl(): Endpoint | undefined {
    return this.endpoint('WEBEX_BASE_URL', 'baseUrl');
  }

  /** @throws Error for a host that only the environment may name */
  get templateApiUrl(): Endpoint | undefined {
    return this.endpoint('WEBEX_TEMPLATE_API_URL', 'templateApiUrl');
  }

  get precheck(): PrecheckScope {
    return this.oneOf('precheck', ['all', 'customers', 'off'], 'all');
  }

  /** How long a preview waits for all prechecks together. */
  get precheckSeconds(): number {
    return this.positive('precheckSeconds') ?? 60;
  }

  get refresh(): RefreshScope {
    return this.oneOf('refresh', ['full', 'basic'], 'full');
  }

  /** Sub-partner of the resources that name none. */
  get onBehalfOfSubPartnerOrgId(): string | undefined {
    return this.text('onBehalfOfSubPartnerOrgId');
  }

  /** @throws Error for a value that is no number above 0 */
  positive(key: Setting): number | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!(value > 0)) throw new Error(`${NAMESPACE}:${key} is "${text}"; it must be a number above 0.`);
    return value;
  }

  /**
   * Explains the first credential in the stack configuration; undefined where there is none. A program is stopped
   * earlier (program-config.ts); this protects handlers that are used without that.
   */
  credential(): string | undefined {
    const keys = CREDENTIAL_KEYS.map((name) => `${NAMESPACE}:${name}`);
    const key = keys.find((name) => this.read(name) !== undefined);
    const variable = key && credentialNamed(key);
    return variable && credentialInConfig(key, variable);
  }

  private endpoint(variable: string, key: Setting): Endpoint | undefined {
    return endpointFrom(variable, { setting: `${NAMESPACE}:${key}`, url: this.text(key) });
  }

  private text(key: Setting): string | undefined {
    return this.read(`${NAMESPACE}:${key}`) || undefined;
  }

  private oneOf<T extends string>(key: Setting, allowed: readonly T[], fallback: T): T {
    const value = this.text(key) ?? fallback;
    const found = allowed.find((name) => name === value);
    if (found !== undefined) return found;
    throw new Error(`${NAMESPACE}:${key} is "${value}"; it must be one of ${allowed.join(', ')}.`);
  }
}
