import type { EnforcementLevel, PolicyConfigSchema } from '@pulumi/policy';

/** Options of a policy in a pack. */
export interface PolicyOptions {
  /** Replaces the policy's default level. The configuration of the pack overrides both. */
  enforcementLevel?: EnforcementLevel;
}

/** Configuration properties of a policy, as JSON schema: Pulumi refuses a value of the wrong type. */
export type Properties = PolicyConfigSchema['properties'];

/** The part of a policy's arguments that holds the configuration. */
interface Asked {
  getConfig<T extends object>(): T;
}

/**
 * Reads the configuration of a policy. Pulumi accepts unknown keys, so a misspelt key would disable a policy without
 * any message.
 *
 * @throws Error that names the unknown key and the known ones: the run fails, whatever the policy's level.
 */
export function configurationOf<T extends object>(asked: Asked, policy: string, properties: Properties = {}): T {
  const configuration = asked.getConfig<Record<string, unknown>>();
  for (const key of Object.keys(configuration)) {
    if (key === 'enforcementLevel' || Object.hasOwn(properties, key)) continue;
    const names = ['enforcementLevel', ...Object.keys(properties)].join(', ');
    const error = new Error(`policy "${policy}" has no configuration key "${key}"; it knows ${names}`);
    // Users don't need the stack trace, so print only the message.
    error.stack = error.message;
    throw error;
  }
  return configuration as T;
}
