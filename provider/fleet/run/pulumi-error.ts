import { readable } from '../../dynamic/readable';

/** The error that the pulumi CLI printed, taken from the Automation API's error of a failed command. */
export function pulumiError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // The format is: code: 255, stdout: ..., stderr: ..., and the same text again under err?.
  const [, printed = message] = /\n stderr: ([\s\S]*?)(?:\n err\?: [\s\S]*)?$/.exec(message) ?? [];
  const [, reason = printed] = /(?:^|\n)error: ([\s\S]*)/.exec(printed) ?? [];
  return readable(reason.trim());
}
