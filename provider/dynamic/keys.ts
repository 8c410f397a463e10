/** Property under which Pulumi's dynamic plugin finds the code of a resource's handlers. */
export const PROVIDER_KEY = '__provider';
/** Property under which a resource describes itself to its check handler. Stripped by check, so never in a state. */
export const CALLER_KEY = '__caller';
/**
 * Property under which a record holds the names of the inputs that the program declared as secret: Pulumi gives a dynamic
 * plugin all values in the clear. Only where there are any.
 */
export const SECRETS_KEY = '__secrets';
