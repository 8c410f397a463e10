import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readable, readableLine } from '../../../provider/dynamic/readable';
import { RosterError } from '../../../provider/fleet/roster/problems';
import { EngineEvents } from '../../../provider/fleet/run/engine-events';
import { pulumiError } from '../../../provider/fleet/run/pulumi-error';
import { problemTexts, TOP } from './rosters';

const PROVIDER = path.resolve(import.meta.dirname, '../../../provider');

describe('what is quoted', () => {
  it.each([
    ['an escape of a terminal', 'a\u001b[31mb', String.raw`a\u001b[31mb`],
    ['a carriage return', 'a\rb', String.raw`a\u000db`],
    ['a change of direction', 'a\u202eb', String.raw`a\u202eb`],
    ['a space without width', 'a\u200bb', String.raw`a\u200bb`],
    ['a byte order mark', '\ufeffa', String.raw`\ufeffa`],
    ['a space that does not break', 'San\u00a0Jose', String.raw`San\u00a0Jose`],
    ['a line separator', 'a\u2028b', String.raw`a\u2028b`],
    ['an invisible tag', 'a\u{e0041}', String.raw`a\udb40\udc41`],
    ['a command of GitHub', '::error::forged', String.raw`\u003a:error::forged`],
    ['one behind spaces', 'a\n  ::add-mask::b', `a\n  ${String.raw`\u003a:add-mask::b`}`],
    ['an old one within a line', 'a ##[error]b', String.raw`a \u0023#[error]b`],
    ['one of Azure Pipelines', 'a ##vso[task.complete]', String.raw`a \u0023#vso[task.complete]`],
    ['nothing of that', 'José: "Müller" – 東京 ::x #1', 'José: "Müller" – 東京 ::x #1'],
  ])('is shown, and not obeyed: %s', (_, text, expected) => {
    expect(readable(text)).toBe(expected);
    expect(readable(readable(text))).toBe(expected);
    expect(readableLine(text)).toBe(expected.replaceAll('\n', '\\n'));
  });

  it('is one line of a roster error, whatever names, values and file names hold', () => {
    const texts = problemTexts({
      '::error x.yaml': `${TOP}  - externalId: "a\\n::error::forged\\e[2J"\n    nmae: x\n`,
      'users.csv': 'customer,email,\u001b[31mx\n"b\n::warning::forged",c@example.com,\n',
    });
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text.trimStart()).not.toMatch(/^::/);
    }
    expect(new RosterError([{ file: '::error x', line: 1, column: 1, message: 'a\nb' }]).message).toBe(
      String.raw`\u003a:error x:1:1: a\nb`,
    );
  });

  it('is harmless in the report, too', () => {
    const urn = 'urn:pulumi:1-of-1::acme::pulumi-nodejs:dynamic/webex-wholesale:User::a/\u001bb@a';
    const outcomes = new EngineEvents({ command: 'up', customers: [] });
    outcomes.add({ sequence: 1, timestamp: 1, diagnosticEvent: said(urn, 'no\n::error::\u001b[2J') });
    outcomes.add({ sequence: 2, timestamp: 1, diagnosticEvent: said(undefined, 'a\u001bb') });
    expect(JSON.stringify([...outcomes.problems.values(), outcomes.general])).not.toMatch(/(?<!\\)\\u001b|n::error/);
    expect(outcomes.general).toEqual([String.raw`a\u001bb`]);
    expect(pulumiError(new Error('a\u001bb'))).toBe(String.raw`a\u001bb`);
  });
});

function said(urn: string | undefined, message: string) {
  return { message, severity: 'error' as const, color: 'never', ...(urn && { urn }) };
}

it('no other file writes to a terminal or to the engine', () => {
  const allowed = ['dynamic/console.ts', 'dynamic/engine-log.ts', 'terminal/terminal.ts'];
  const files = ['adoption', 'cli', 'dynamic', 'fleet', 'handlers', 'terminal', 'webex']
    .flatMap((folder) =>
      readdirSync(path.join(PROVIDER, folder), { recursive: true, encoding: 'utf8' }).map(
        (file) => `${folder}/${file}`,
      ),
    )
    .filter((file) => file.endsWith('.ts') && !allowed.includes(file));
  expect(files.length).toBeGreaterThan(60);
  const writes = files.filter((file) => {
    const code = readFileSync(path.join(PROVIDER, file), 'utf8').replace(/^\s*(\*|\/\/|\/\*).*$/gm, '');
    return /\bconsole\.|process\.(stdout|stderr)|\bcreateInterface\b.*output|writeSync\(|createLogUpdate|@pulumi\/pulumi\/log/.test(
      code,
    );
  });
  expect(writes).toEqual([]);
});
