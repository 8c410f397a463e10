import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { anchorsOf, linksOf, namesIn, readMarkdown, root, tablesOf } from './markdown';

/** The pages of this project, relative to its folder. */
const pages = [
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'examples/ci/README.md'],
  ...['provider', 'simulator', 'policy', 'tools'].map((folder) => `${folder}/README.md`),
  ...['docs', 'docs/decisions'].flatMap((folder) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

describe('README.md', () => {
  it('lists exactly the scripts of package.json', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object };
    const commands = (tablesOf(readMarkdown('README.md')).get('scripts')?.rows ?? []).flatMap(([cell]) =>
      namesIn(cell),
    );
    const names = commands.map((command) => command.match(/^npm (?:run )?([a-z:-]+)/)?.[1]);
    expect(names.sort()).toEqual(Object.keys(scripts).sort());
  });
});

describe('every page', () => {
  it.each(pages)('%s has no link that leads nowhere', (page) => {
    const broken = linksOf(readMarkdown(page)).filter((link) => !leadsSomewhere(page, link));
    expect(broken).toEqual([]);
  });

  it.each(pages.filter((page) => page !== 'CHANGELOG.md'))('%s names only files that exist', (page) => {
    const named = [
      ...readMarkdown(page).matchAll(/`((?:provider|simulator|policy|test|tools|examples|docs)\/[\w./-]+)`/g),
    ];
    const files = named.map(([, file = '']) => file).filter((file) => !/NAME|FAMILY/.test(file));
    const missing = files.filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });
});

describe('docs/decisions/README.md', () => {
  it('lists every decision once, in order', () => {
    const files = readdirSync(path.join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
    expect(linksOf(readMarkdown('docs/decisions/README.md'))).toEqual(files.sort());
  });
});

function leadsSomewhere(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), file);
  if (!existsSync(path.join(root, target))) return false;
  return anchor === undefined || anchorsOf(readMarkdown(target)).includes(anchor);
}
