import { readable } from '../../dynamic/readable';

/** What the pulumi CLI printed as an error, of all that the Automation API says about a command that failed. */
export function pulumiError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // code: 255, stdout: ..., stderr: ..., and the same once more under err?.
  const [, printed = message] = /\n stderr: ([\s\S]*?)(?:\n err\?: [\s\S]*)?$/.exec(message) ?? [];
  const [, said = printed] = /(?:^|\n)error: ([\s\S]*)/.exec(printed) ?? [];
  return readable(said.trim());
}
