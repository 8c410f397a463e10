/**
 * The answer of both prechecks where nothing refuses. The schema says that `info` is an object; its description ("a
 * list") and the example are an array, and so is this.
 */
export const PRECHECK_SUCCESS = {
  message: 'success',
  info: [{ infoCode: 100, description: 'Provisioning preCheck validation successful.' }],
};
