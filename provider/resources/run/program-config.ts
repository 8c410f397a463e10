import * as pulumi from '@pulumi/pulumi';
import { credentialHeld, credentialInConfig, credentialNamed } from './credential-keys';
import { NAMESPACE, SETTINGS, unknownSetting } from './settings';

/**
 * Stops a program whose stack configuration holds a credential, before its first resource is registered: Pulumi would
 * copy the whole configuration, of every namespace, into the provider's record in the state, and refresh and destroy
 * would go on using that old copy. Runs in the program, because in the plugin it would be too late.
 *
 * @throws pulumi.RunError for a credential, and for a name in the provider's namespace that is no setting.
 */
export function checkConfig(): void {
  for (const [key, value] of Object.entries(pulumi.runtime.allConfig())) {
    const variable = credentialNamed(key) ?? credentialHeld(value, process.env);
    if (variable !== undefined) throw new pulumi.RunError(credentialInConfig(key, variable));
    const name = key.startsWith(`${NAMESPACE}:`) ? key.slice(NAMESPACE.length + 1) : undefined;
    if (name !== undefined && !(SETTINGS as readonly string[]).includes(name)) {
      throw new pulumi.RunError(unknownSetting(name));
    }
  }
}
