import { RunError } from '@pulumi/pulumi/errors';

/** The oldest Node.js that this package runs on. `engines` in package.json says the same; a unit test compares them. */
export const OLDEST_NODE = '22.19';

/**
 * What is wrong with a version of Node.js; undefined where nothing is.
 * @param version such as `20.11.1`
 */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `pulumi-webex-wholesale needs Node.js ${OLDEST_NODE} or newer, and this is ${version}. Install a newer one, or put it first on PATH`;
}

// On import, before what an older Node.js fails on with an error that explains nothing.
const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  const error = new RunError(problem);
  // Pulumi's plugin prints the stack as well.
  error.stack = '';
  throw error;
}
