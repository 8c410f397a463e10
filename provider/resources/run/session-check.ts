import { session } from './session';

/**
 * What must be right before anything is checked: no credential in the configuration, credentials in the environment,
 * a base URL that may be used. Thrown rather than reported for a property: it is about the run, not about a resource.
 */
export function checkSession(): void {
  const credential = session.credentialInConfig();
  if (credential !== undefined) throw new Error(credential);
  session.verify();
}
