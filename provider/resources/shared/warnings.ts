const said = new Set<string>();

/** Tells the person who runs Pulumi something once. The plugin's stderr is shown in the diagnostics of the run. */
export function warn(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  process.stderr.write(`warning: webex-wholesale: ${text}\n`);
}
