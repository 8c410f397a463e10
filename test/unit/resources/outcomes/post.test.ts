import { describe, expect, it, vi } from 'vitest';
import { mayExist } from '../../../../provider/resources/outcomes/errors';
import { LOOK_FIRST_VARIABLE, postOnce } from '../../../../provider/resources/outcomes/post';
import { WebexApiError, WebexUnreachableError } from '../../../../provider/webex';

// The pauses are not what is tested here.
vi.mock('node:timers/promises', () => ({ setTimeout: async () => {} }));

const rejected = (status: number, outcomeUnknown = false) =>
  new WebexApiError({ status, method: 'POST', path: '/locations', description: 'no', outcomeUnknown });
const lost = () => new WebexUnreachableError('reset', true);

describe('postOnce', () => {
  it('gives the answer, and looks for nothing', async () => {
    const find = vi.fn();
    expect(await postOnce(async () => 'made', find)).toEqual({ answer: 'made' });
    expect(find).not.toHaveBeenCalled();
  });

  it('finds the object of a POST with a lost answer, and sends no second one', async () => {
    const post = vi.fn(() => Promise.reject(lost()));
    expect(await postOnce(post, async () => 'there')).toEqual({ found: 'there' });
    expect(post).toHaveBeenCalledTimes(1);
  });

  it('looks first where an earlier run may have made what it could not record', async () => {
    vi.stubEnv(LOOK_FIRST_VARIABLE, 'true');
    try {
      const post = vi.fn(async () => 'made');
      expect(await postOnce(post, async () => 'there')).toEqual({ found: 'there' });
      expect(post).not.toHaveBeenCalled();
      expect(await postOnce(post, async () => undefined)).toEqual({ answer: 'made' });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('sends it again where nothing is found', async () => {
    const post = vi.fn(async () => 'made');
    post.mockRejectedValueOnce(lost()).mockRejectedValueOnce(rejected(503, true));
    const find = vi.fn(async () => undefined);
    expect(await postOnce(post, find)).toEqual({ answer: 'made' });
    expect([post.mock.calls.length, find.mock.calls.length]).toEqual([3, 2]);
  });

  it('finds what arrived after all, when Webex refuses the second one', async () => {
    const post = vi.fn(() => Promise.reject(rejected(409)));
    post.mockRejectedValueOnce(lost());
    const find = vi.fn(async (): Promise<string | undefined> => 'there');
    find.mockResolvedValueOnce(undefined);
    expect(await postOnce(post, find, mayExist)).toEqual({ found: 'there' });
  });

  it('gives up after four tries with the last error', async () => {
    const post = vi.fn(() => Promise.reject(rejected(503, true)));
    await expect(postOnce(post, async () => undefined)).rejects.toThrow('Webex answered 503');
    expect(post).toHaveBeenCalledTimes(4);
  });

  it('throws a refusal at once: without a look, or after one where the error may mean that it exists', async () => {
    const find = vi.fn(async () => undefined);
    await expect(postOnce(() => Promise.reject(rejected(403)), find, mayExist)).rejects.toThrow('403');
    expect(find).not.toHaveBeenCalled();
    const post = vi.fn(() => Promise.reject(rejected(400)));
    await expect(postOnce(post, find, mayExist)).rejects.toThrow('400');
    expect([post.mock.calls.length, find.mock.calls.length]).toEqual([1, 1]);
  });
});
