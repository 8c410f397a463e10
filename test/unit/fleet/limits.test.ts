import { describe, expect, it } from 'vitest';
import { MOST_PROBLEMS } from '../../../provider/fleet/roster/problems';
import { errorOf, problems } from './rosters';

const lines = (count: number, line: (index: number) => string) => Array.from({ length: count }, (_, at) => line(at));

describe('a roster of any size', () => {
  it('has its names compared in linear time: 40,000 of a map', () => {
    const names = lines(40_000, (at) => `  name${at}: 1`);
    expect(problems(`name:\n${names.join('\n')}\n  name7: 2\n`)).toEqual([
      expect.stringContaining('roster.yaml:2:3 name must be a text'),
      'roster.yaml:40002:3 this name is already used above',
    ]);
  });

  it('reports a limited number of problems, and that there are more', () => {
    const header = lines(20_000, () => 'email');
    const error = errorOf({ 'users.csv': `customer,email,${header.join(',')}\n` });
    expect(error?.isComplete).toBe(false);
    expect(error?.problems).toHaveLength(MOST_PROBLEMS);
    expect(error?.problems.at(-1)?.message).toBe('column "email": is there twice');
    expect(errorOf('nonsense: 1\n')?.isComplete).toBe(true);
  });

  it('is refused where the problems of a broken file are among those that are not kept', () => {
    const columns = lines(MOST_PROBLEMS, () => 'email').join(',');
    const error = errorOf({ 'users.csv': `customer,email,${columns}\n`, 'z.yaml': 'customers: [' });
    expect(error?.problems).toHaveLength(MOST_PROBLEMS);
  });

  it('keeps the beginning of a long field only', () => {
    const long = 'x'.repeat(500_000);
    const [quoted] = errorOf({ 'users.csv': `customer,email,${long}\n` })?.problems ?? [];
    expect(quoted?.message).toMatch(/^column "x{1992}… \(\d{6} characters\)$/);
  });

  it('has no line of a million characters, as a quotation mark that is never closed makes one', () => {
    const rows = lines(10, () => 'x'.repeat(200_000));
    expect(problems({ 'users.csv': `customer,email\n"a,b\n${rows.join('\n')}\n` })).toEqual([
      expect.stringMatching(
        /users.csv:\d+:1 a line has more than 1000000 characters; is a quotation mark not closed\?/,
      ),
    ]);
  });
});
