/** Property under which Pulumi's dynamic plugin finds the code of a resource's handlers. */
export const PROVIDER_KEY = '__provider';
/** Property under which a resource describes itself to check, in JSON. Never in a state: check removes it. */
export const CALLER_KEY = '__caller';
/** Property that the hook for imports sets for an object to import; see import-hook.ts. Never in a state. */
export const IMPORT_KEY = '__import';
/** Key that the hook for imports sets on the global object of its process, so that a program knows of the hook. */
export const IMPORT_SERVED = Symbol.for('dynamic-resources:imports-served');
/**
 * Environment variable for the commands that bring existing objects into a state. `list` makes the handlers accept all
 * declared inputs, without a request, so that the command learns what a program declares. Any other value is the path
 * of a JSON file with the declared inputs, by URN, of the objects to import.
 */
export const ADOPTION_VARIABLE = 'WEBEX_WHOLESALE_ADOPTION';
/** Value of {@link ADOPTION_VARIABLE}: handlers accept all declared inputs. */
export const LISTING = 'list';
/**
 * Property of a record with the names of the inputs that the program declared as secret, if there are any. It is needed
 * because Pulumi sends all values to a dynamic plugin in the clear.
 */
export const SECRETS_KEY = '__secrets';
