import * as pulumi from '@pulumi/pulumi';
import { CREDENTIAL_KEYS, credentialInConfig } from './credential-keys';

/**
 * Stops a program whose stack configuration holds a credential, before its first resource is registered: Pulumi would
 * copy the configuration into the provider's record in the state, in the clear, and refresh and destroy would go on
 * using that old copy. Runs in the program, because in the plugin it would be too late.
 */
export function refuseCredentialsInConfig(): void {
  const config = new pulumi.Config('webex-wholesale');
  for (const key of CREDENTIAL_KEYS) {
    if (config.get(key) !== undefined) throw new pulumi.RunError(credentialInConfig(key));
  }
}
