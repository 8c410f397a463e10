/** Shows a text to the person who runs Pulumi, as a warning. */
export type Warn = (text: string) => void;

let show: Warn = (text) => void process.stderr.write(`warning: ${text}\n`);
const said = new Set<string>();

/** Says where warnings go; until then they go to stderr. */
export function warnThrough(way: Warn): void {
  show = way;
}

/** Tells the person who runs Pulumi something, once a process. */
export function warn(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  show(`webex-wholesale: ${text}`);
}
