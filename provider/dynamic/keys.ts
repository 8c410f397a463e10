/** Property under which Pulumi's dynamic plugin finds the code of a resource's handlers. */
export const PROVIDER_KEY = '__provider';
/** Property under which a resource describes itself to its check handler. Stripped by check, so never in a state. */
export const CALLER_KEY = '__caller';
/** Property by which the hook for imports says that an object is to be imported; see import-hook.ts. Never in a state. */
export const IMPORT_KEY = '__import';
/** On the global object of each process that the hook for imports is loaded into: a program can tell by it that it is. */
export const IMPORT_SERVED = Symbol.for('dynamic-resources:imports-served');
/**
 * Environment variable of what a command does that brings existing objects into a state: `list`, to learn what a program
 * declares, without a request and without a refusal; or a JSON file with the declared inputs, by URN, of objects that are
 * imported.
 */
export const ADOPTION_VARIABLE = 'WEBEX_WHOLESALE_ADOPTION';
/** Value of {@link ADOPTION_VARIABLE}: handlers let pass what a program declares. */
export const LISTING = 'list';
/**
 * Property under which a record holds the names of the inputs that the program declared as secret: Pulumi gives a dynamic
 * plugin all values in the clear. Only where there are any.
 */
export const SECRETS_KEY = '__secrets';
