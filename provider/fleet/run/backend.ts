/**
 * Environment variables for Pulumi that keep its backend usable after a run is killed.
 *
 * If the state is in a folder, Pulumi writes a small `.attrs` file beside each file, in two steps. A run that is killed
 * between them leaves an empty file, and every later command ends with "error: EOF" (seen with CLI 3.220; gocloud.dev,
 * blob/fileblob, attrs.go). Pulumi doesn't need these files: `metadata=skip` omits them.
 */
export function backendEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const { PULUMI_BACKEND_URL: url } = env;
  if (!url?.startsWith('file://') || /[?&]metadata=/.test(url)) return {};
  return { PULUMI_BACKEND_URL: `${url}${url.includes('?') ? '&' : '?'}metadata=skip` };
}

/** Adds a remedy to an error of Pulumi, if one is known. */
export function explained(error: string): string {
  if (!/\bEOF\b/.test(error)) return error;
  return (
    `${error}. If the state is in a folder, a killed command may have left an empty file there with a name that ends in ` +
    '.attrs: delete it'
  );
}
