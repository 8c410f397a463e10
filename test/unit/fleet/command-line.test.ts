import { describe, expect, it } from 'vitest';
import { readCommandLine, USAGE } from '../../../provider/fleet/cli/options';
import { duration, Progress } from '../../../provider/fleet/cli/progress';
import { reportOf } from '../../../provider/fleet/cli/report';
import type { StackJob, StackResult } from '../../../provider/fleet/run/jobs';

describe('webex-wholesale fleet', () => {
  it('takes a command, a roster and options', () => {
    const line = readCommandLine(
      'fleet up roster.yaml --shard 2/3 --parallel 4 --policy-pack a --policy-pack b --max-removals 0 --checkpoints never --unlock'.split(
        ' ',
      ),
    );
    expect(line).toMatchObject({
      command: 'up',
      roster: 'roster.yaml',
      options: {
        shard: { index: 2, count: 3 },
        parallelStacks: 4,
        policyPacks: ['a', 'b'],
        maxRemovals: 0,
        checkpoints: 'never',
        unlock: true,
      },
    });
    expect(readCommandLine(['fleet', 'check', 'roster.yaml'])).toEqual({ command: 'check', roster: 'roster.yaml' });
    expect(readCommandLine(['--help'])).toEqual({ command: 'help' });
  });

  it.each([
    ['fleets up roster.yaml', 'There is no command fleets'],
    ['fleet upp roster.yaml', 'fleet needs one of check, preview, up, refresh, destroy, restack'],
    ['fleet up', 'needs a roster'],
    ['fleet up a b', 'Unexpected argument b'],
    ['fleet up a --shard 4/3', '--shard must be I/N'],
    ['fleet up a --shard 0/3', '--shard must be I/N'],
    ['fleet up a --parallel 0', '--parallel must be a whole number from 1'],
    ['fleet up a --max-removals -1', 'ambiguous'],
    ['fleet up a --checkpoints sometimes', '--checkpoints must be'],
    ['fleet up a --frobnicate', 'Unknown option'],
  ])('refuses %s', (line, message) => {
    expect(() => readCommandLine(line.split(' '))).toThrow(message);
  });

  it('explains every option', () => {
    for (const option of ['--shard', '--report', '--unlock', '--yes', '--max-removals', '--checkpoints', '--folder'])
      expect(USAGE).toContain(option);
  });
});

const job = (stack: string, ...externalIds: string[]): StackJob =>
  ({ stack, customers: externalIds.map((externalId) => ({ externalId })) }) as unknown as StackJob;

function result(stack: string, ...customers: Partial<StackResult['customers'][number]>[]): StackResult {
  const each = customers.map((customer) => ({ externalId: '', changes: {}, problems: [], ...customer }));
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
  it('says how far a run is, and what failed', () => {
    const written: string[] = [];
    const progress = new Progress({ write: (text) => void written.push(text), isTerminal: true }, () => 540);
    progress.planned({ customers: 4, stacks: 2, ofStacks: 2 });
    progress.started(job('1-of-2', 'a', 'b'));
    progress.started(job('2-of-2', 'c', 'd'));
    progress.customer('c', false);
    const problems = [{ resource: 'User b/alice', message: 'Webex answered 400' }];
    progress.ended(
      result('1-of-2', { externalId: 'a', status: 'changed' }, { externalId: 'b', status: 'failed', problems }),
    );
    progress.close();
    const text = written.join('');
    expect(text).toContain('1-of-2: 1 changed, 1 failed, 3.0 s\n');
    expect(text).toContain('  b: User b/alice: Webex answered 400\n');
    expect(text).toMatch(/2 of 4 customers done, 1 under way, 1 failed, 540 requests\/min, about \S+ s left\r/);
  });

  it('tells times as people do', () => {
    expect([1.24, 42.4, 89, 600, 7200].map(duration)).toEqual(['1.2 s', '42 s', '89 s', '10 min', '2.0 h']);
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
