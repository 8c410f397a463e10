import { describe, expect, it, vi } from 'vitest';
import { forPeople, reportErrorsOnce } from '../../../provider/dynamic/console';
import { engineWarnings, messagesSent } from '../../../provider/dynamic/engine-log';

describe('an error for people', () => {
  it('has its message and no stack', () => {
    const shown = forPeople(new Error('WEBEX_BASE_URL is not a URL.'));
    expect(shown.message).toBe('WEBEX_BASE_URL is not a URL.');
    expect(shown.stack).toBe(shown.message);
  });

  it('names the place of a bug, in one line that can be reported', () => {
    const wrong = () => (undefined as unknown as { name: string }).name;
    let thrown: unknown;
    try {
      wrong();
    } catch (error) {
      thrown = error;
    }
    const { message } = forPeople(thrown);
    expect(message).toMatch(
      /^a bug in this provider, please report it: TypeError: Cannot read .*'name'.*\(at .*diagnostics\.test\.ts:\d+:\d+/,
    );
    expect(message).not.toContain('\n');
  });

  it('also exists for thrown values that are no errors', () => {
    for (const thrown of ['text', undefined, null, { a: 1 }]) {
      expect(forPeople(thrown).message).toContain(`something was thrown that is no error: ${String(thrown)}`);
    }
  });

  it("is not printed by the plugin's own line, unlike everything else", () => {
    const error = vi.fn();
    const target = { error };
    reportErrorsOnce(target);
    const shown = forPeople(new Error('once'));
    target.error(`${shown}: ${shown.stack}`);
    target.error('something else', 5);
    expect(error.mock.calls).toEqual([['something else', 5]]);
  });
});

describe('warnings', () => {
  it.each([[[]], [['--monitor=127.0.0.1:4000']], [['program.js']], [['127.0.0.1']]])(
    'go to stderr where %j names no engine',
    async (args) => {
      const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
      engineWarnings(args)('careful');
      await messagesSent();
      expect(write.mock.calls).toEqual([['warning: careful\n']]);
      write.mockRestore();
    },
  );
});
