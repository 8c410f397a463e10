import type { EnforcementLevel, PolicyConfigSchema } from '@pulumi/policy';

/** How a policy is composed into a pack. */
export interface PolicyOptions {
  /** Instead of the policy's own level. Configuration of the pack overrides both. */
  enforcementLevel?: EnforcementLevel;
}

/** Configuration properties of a policy, as JSON schema: Pulumi refuses a value of the wrong type. */
export type Properties = PolicyConfigSchema['properties'];

/** What a policy is asked with, as far as configuration goes. */
interface Asked {
  getConfig<T extends object>(): T;
}

/**
 * The configuration of a policy. Pulumi lets unknown keys pass, so that a misspelt one would switch a policy off
 * without a word.
 *
 * @throws Error that names the unknown key and the known ones: the run fails, whatever the policy's level.
 */
export function configurationOf<T extends object>(asked: Asked, policy: string, properties: Properties = {}): T {
  const configuration = asked.getConfig<Record<string, unknown>>();
  for (const key of Object.keys(configuration)) {
    if (key === 'enforcementLevel' || Object.hasOwn(properties, key)) continue;
    const names = ['enforcementLevel', ...Object.keys(properties)].join(', ');
    const error = new Error(`policy "${policy}" has no configuration key "${key}"; it knows ${names}`);
    // For people, who have nothing from a stack of this package.
    error.stack = error.message;
    throw error;
  }
  return configuration as T;
}
