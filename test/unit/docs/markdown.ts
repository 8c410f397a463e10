import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of the repository. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** A table under a heading: the cells of its rows, without the heading row. */
export interface Table {
  readonly heading: string[];
  readonly rows: string[][];
}

export function readMarkdown(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The output of commands or handlers that a page shows, by the mark above it: `<!-- MARK -->`. */
export function outputIn(file: string, mark: string): string[] {
  const blocks = readMarkdown(file).matchAll(new RegExp(`<!-- ${mark} -->\n\`\`\`text\n(.*?)\n\`\`\``, 'gs'));
  return [...blocks].map(([, text = '']) => text);
}

/** Lines of a command's output that docs/how-to.md shows, by the mark above them. Fails where there are none. */
export function howToLines(mark: string): string[] {
  const lines = outputIn('docs/how-to.md', mark).flatMap((text) => text.split('\n'));
  if (lines.length === 0) throw new Error(`docs/how-to.md shows nothing of ${mark}`);
  return lines;
}

/** A command's output as docs/how-to.md shows it: without the time that each step took. */
export function withoutTimes(output: string): string {
  return output.replace(/ \([\d.]+s\)/g, '');
}

/** The tables of a text by the anchor of the heading that they stand under. Of several under one heading, the first. */
export function tablesOf(text: string): Map<string, Table> {
  const tables = new Map<string, Table>();
  let anchor = '';
  let lines: string[] = [];
  const close = () => {
    const [heading, , ...rows] = lines.map(cellsOf);
    if (heading && !tables.has(anchor)) tables.set(anchor, { heading, rows });
    lines = [];
  };
  for (const line of withoutCode(text).split('\n')) {
    const title = line.match(/^#+ (.*)$/)?.[1];
    if (line.startsWith('|')) lines.push(line);
    else if (lines.length > 0) close();
    if (title !== undefined) anchor = anchorOf(title);
  }
  if (lines.length > 0) close();
  return tables;
}

/** The anchors of a text's headings. */
export function anchorsOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map((match) => anchorOf(match[1] ?? ''));
}

/** The targets of a text's links. */
export function linksOf(text: string): string[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

/** The texts in backquotes of a cell. */
export function namesIn(cell: string | undefined): string[] {
  return [...(cell ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** As GitHub makes them: lower case, punctuation dropped, hyphens for blanks. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '');
}
