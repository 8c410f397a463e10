/**
 * The answer of both prechecks without a refusal. `info` is an object in the schema, but an array in its description
 * ("a list"), in the example, and here.
 */
export const PRECHECK_SUCCESS = {
  message: 'success',
  info: [{ infoCode: 100, description: 'Provisioning preCheck validation successful.' }],
};
