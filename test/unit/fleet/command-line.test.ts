import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../../provider/cli/program';
import { addRunOptions, fleetOptions } from '../../../provider/fleet/cli/options';
import { duration, Progress } from '../../../provider/fleet/cli/progress';
import { reportOf } from '../../../provider/fleet/cli/report';
import type { Command as Operation, StackJob, StackResult } from '../../../provider/fleet/run/jobs';
import { screenOn } from '../../../provider/terminal/terminal';

describe('webex-wholesale fleet', () => {
  const optionsOf = (operation: Operation, line: string) =>
    fleetOptions(
      operation,
      addRunOptions(new Command(operation), operation).exitOverride().parse(line.split(' '), { from: 'user' }).opts(),
    );

  it('takes a roster and options', () => {
    expect(
      optionsOf(
        'up',
        '--shard 2/3 --parallel 4 --policy-pack a --policy-pack b --max-removals 0 --checkpoints never --unlock',
      ),
    ).toEqual({
      command: 'up',
      shard: { index: 2, count: 3 },
      parallelStacks: 4,
      parallelResources: 64,
      policyPacks: ['a', 'b'],
      maxRemovals: 0,
      checkpoints: 'never',
      unlock: true,
    });
    expect(optionsOf('preview', '--no-policies')).toMatchObject({ policyPacks: [] });
  });

  it.each([
    ['fleets up roster.yaml', "unknown command 'fleets'"],
    ['fleet upp roster.yaml', 'Did you mean up?'],
    ['fleet up', "missing required argument 'roster'"],
    ['fleet up a b', 'too many arguments'],
    ['fleet up a --shard 4/3', 'It must be I/N'],
    ['fleet up a --shard 0/3', 'It must be I/N'],
    ['fleet up a --parallel 0', 'It must be a whole number from 1'],
    ['fleet up a --max-removals -1', 'It must be a whole number from 0'],
    ['fleet up a --checkpoints sometimes', 'Allowed choices are auto, always, never'],
    ['fleet up a --frobnicate', 'unknown option'],
    // What a command would ignore.
    ['fleet check a --shard 1/2', 'unknown option'],
    ['fleet restack a --shard 1/2', 'unknown option'],
    ['fleet preview a --unlock', 'unknown option'],
    ['fleet refresh a --policy-pack b', 'unknown option'],
    ['fleet up a --yes', 'unknown option'],
    ['fleet destroy a --max-removals 5', 'unknown option'],
  ])('refuses %s', async (line, message) => {
    await expect(program().parseAsync(line.split(' '), { from: 'user' })).rejects.toThrow(message);
  });

  it('has a help text for every command and option', () => {
    const commands = (command: Command): Command[] => [command, ...command.commands.flatMap(commands)];
    const all = commands(program());
    expect(all.length).toBeGreaterThan(7);
    for (const command of all.slice(1)) {
      expect(command.description(), command.name()).not.toBe('');
      for (const { description, flags } of command.options) expect(description, flags).not.toBe('');
    }
  });
});

const job = (stack: string, ...externalIds: string[]): StackJob =>
  ({ stack, customers: externalIds.map((externalId) => ({ externalId })) }) as unknown as StackJob;

function result(stack: string, ...customers: Partial<StackResult['customers'][number]>[]): StackResult {
  const each = customers.map((customer) => ({ externalId: '', changes: {}, resources: [], problems: [], ...customer }));
  return {
    stack,
    status: 'done',
    customers: each as StackResult['customers'],
    warnings: [],
    seconds: { preview: 1, update: 2 },
    resources: customers.length,
  };
}

describe('progress', () => {
  it('shows the progress of a run, and the failures', () => {
    const lines: string[] = [];
    const statuses: string[] = [];
    const screen = {
      isTerminal: true,
      line: (text: string) => void lines.push(text),
      status: (text: string) => void statuses.push(text),
      close: () => {},
    };
    const progress = new Progress(screen, () => 540);
    progress.add({ type: 'planned', customers: 4, stacks: 2, ofStacks: 2 });
    progress.add({ type: 'stack-started', job: job('1-of-2', 'a', 'b') });
    progress.add({ type: 'stack-started', job: job('2-of-2', 'c', 'd') });
    progress.add({ type: 'customer-finished', stack: '2-of-2', externalId: 'c', failed: false });
    const problems = [{ resource: 'User b/alice', message: 'Webex answered 400' }];
    progress.add({
      type: 'stack-ended',
      result: result('1-of-2', { externalId: 'a', status: 'changed' }, { externalId: 'b', status: 'failed', problems }),
    });
    progress.close();
    expect(lines).toContain('1-of-2: 1 changed, 1 failed, 3s');
    expect(lines).toContain('  b: User b/alice: Webex answered 400');
    expect(statuses.at(-1)).toMatch(
      /^2 of 4 customers done, 1 under way, 1 failed, 540 requests\/min, about \S+ left$/,
    );
  });

  it('shows the warnings of a preview, and leaves those of an update to the report', () => {
    const shownBy = (showsChanges: boolean) => {
      const lines: string[] = [];
      const line = (text: string) => void lines.push(text);
      const progress = new Progress(
        { isTerminal: false, line, status: () => {}, close: () => {} },
        () => 0,
        showsChanges,
      );
      const warnings = ['webex-wholesale: location "Denver": first', 'second'];
      progress.add({ type: 'stack-ended', result: { ...result('1-of-1'), warnings } });
      progress.close();
      return lines.filter((text) => text.includes('warning'));
    };
    expect(shownBy(true)).toEqual(['  warning: location "Denver": first', '  warning: second']);
    expect(shownBy(false)).toEqual([]);
  });

  it('counts customers that are deleted because they are no longer in the roster', () => {
    const statuses: string[] = [];
    const status = (text: string) => void statuses.push(text);
    const progress = new Progress({ isTerminal: true, line: () => {}, status, close: () => {} }, () => 0);
    progress.add({ type: 'planned', customers: 2, stacks: 2, ofStacks: 2 });
    progress.add({ type: 'stack-started', job: job('1-of-2', 'a') });
    progress.add({ type: 'stack-started', job: job('2-of-2', 'b') });
    progress.add({ type: 'removing', stack: '1-of-2', externalIds: ['gone', 'left'] });
    progress.add({ type: 'customer-finished', stack: '1-of-2', externalId: 'gone', failed: false });
    progress.add({ type: 'stack-ended', result: result('2-of-2', { externalId: 'b', status: 'changed' }) });
    progress.close();
    expect(statuses.at(-1)).toMatch(/^2 of 4 customers done, 2 under way, 0 failed/);
  });

  it('takes one row of a terminal, however narrow that is, and nothing of it obeys what it quotes', () => {
    const written: string[] = [];
    const stream = { isTTY: true, columns: 20, rows: 10, write: (text: string) => void written.push(text) };
    const screen = screenOn(stream as unknown as NodeJS.WriteStream);
    screen.line('a\u001b]0;title\u0007\n  ::error file=x::forged ##vso[task.complete]');
    const before = written.length;
    screen.status('12 of 4000 customers done, 8 under way');
    screen.status('13 of 4000 customers done, 8 under way');
    expect(written.slice(before).join('')).not.toContain('under way');
    const shown = written.join('');
    expect(shown).toContain(String.raw`a\u001b]0;title\u0007`);
    expect(shown).toContain(String.raw`  \u003a:error`);
    expect(shown).toContain(String.raw`\u0023#vso[`);
    screen.close();
  });

  it('formats durations for people', () => {
    expect([1.24, 42.4, 89, 600, 7260].map(duration)).toEqual(['1.2s', '42s', '1m 29s', '10m', '2h 1m']);
  });
});

it('a report counts customers by what became of them, and lists those that were not begun', () => {
  const stacks = [result('1-of-2', { externalId: 'a', status: 'changed' }, { externalId: 'b', status: 'failed' })];
  const facts = { command: 'up' as const, fleet: 'acme', startedAt: '', seconds: 1, exitCode: 1, interrupted: false };
  const report = reportOf({ stacks, notBegun: [job('2-of-2', 'c')], requests: 7 }, facts);
  expect(report.totals).toEqual({
    customers: 3,
    byStatus: { changed: 1, failed: 1, 'not-reached': 1 },
    requests: 7,
    resources: 2,
  });
  expect(report.customers[2]).toMatchObject({ stack: '2-of-2', externalId: 'c', status: 'not-reached' });
  expect(report.stacks[0]).not.toHaveProperty('customers');
});
