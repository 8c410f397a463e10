/**
 * What the environment of Pulumi needs so that its backend survives that a run is killed.
 *
 * For state in a folder, Pulumi writes a small `.attrs` file beside each file, and that not in one step: a run that is
 * killed just then leaves an empty one, and every later command ends with "error: EOF" (seen with CLI 3.220; gocloud.dev,
 * blob/fileblob, attrs.go). Pulumi needs nothing of what is in there, and `metadata=skip` leaves it out.
 */
export function backendEnvironment(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const { PULUMI_BACKEND_URL: url } = env;
  if (!url?.startsWith('file://') || /[?&]metadata=/.test(url)) return {};
  return { PULUMI_BACKEND_URL: `${url}${url.includes('?') ? '&' : '?'}metadata=skip` };
}

/** What to do about what Pulumi said, where it is known; with it as it was. */
export function explained(error: string): string {
  if (!/\bEOF\b/.test(error)) return error;
  return (
    `${error}. Where the state is in a folder, a command that was killed may have left an empty file there, whose name ends ` +
    'in .attrs: delete it'
  );
}
