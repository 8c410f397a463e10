/** Property under which Pulumi's dynamic plugin finds the code of a resource's handlers. */
export const PROVIDER_KEY = '__provider';
/** Property under which a resource tells its check handler who is asking. Stripped by check, so never in a state. */
export const CALLER_KEY = '__caller';
