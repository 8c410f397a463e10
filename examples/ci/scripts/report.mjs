// Makes a comment for a change request of what pulumi printed: `node report.mjs TITLE LOG`. Prints Markdown.
import { readFileSync } from 'node:fs';

/** GitHub refuses comments over 65,536 characters, GitLab over a million. */
const MOST = 50_000;

const [title = '', logFile = ''] = process.argv.slice(2);
const log = readFileSync(logFile, 'utf8').trimEnd();
const fence = '````';

/** The lines of a section that pulumi prints at the end, such as "Policies:", without its heading. */
function section(heading) {
  const [, found] = new RegExp(`^${heading}\\n((?:[ \\t]+.*\\n?|\\n)*)`, 'm').exec(`${log}\n`) ?? [];
  return found?.trimEnd();
}

const parts = [`## ${title}`];
for (const heading of ['Policies:', 'Diagnostics:', 'Resources:']) {
  const text = section(heading);
  if (text) parts.push(`**${heading.slice(0, -1)}**`, `${fence}\n${cut(text)}\n${fence}`);
}
parts.push(`<details><summary>Everything that pulumi said</summary>\n\n${fence}\n${cut(log)}\n${fence}\n\n</details>`);
process.stdout.write(`${parts.join('\n\n')}\n`);

/** The beginning of a text that is too long, and a word about it. */
function cut(text) {
  const most = MOST / 4;
  return text.length <= most ? text : `${text.slice(0, most)}\n... cut here; the job's log has all of it`;
}
