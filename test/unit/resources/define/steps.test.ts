import { describe, expect, it } from 'vitest';
import { PartialFailure } from '../../../../provider/lifecycle';
import { inSteps } from '../../../../provider/resources/define/steps';

describe('inSteps', () => {
  const start = { name: 'Denver', step: 0 };

  it('gives what the steps recorded', async () => {
    const state = await inSteps('id-1', start, false, async (record, current) => {
      record({ step: 1 });
      expect(current()).toEqual({ name: 'Denver', step: 1 });
      record({ step: 2 });
    });
    expect(state).toEqual({ name: 'Denver', step: 2 });
  });

  it('a failure after something was recorded keeps it', async () => {
    const cause = new Error('no PSTN');
    const failing = inSteps('id-1', start, false, async (record) => {
      record({ step: 1 });
      throw cause;
    });
    const failure = (await failing.catch((error: unknown) => error)) as PartialFailure;
    expect(failure).toBeInstanceOf(PartialFailure);
    expect(failure).toMatchObject({ id: 'id-1', state: { name: 'Denver', step: 1 }, reasons: ['no PSTN'], cause });
  });

  it('a failure before anything was done is no partial one, unless the object exists already by our doing', async () => {
    const fail = () => Promise.reject(new Error('refused'));
    const plain = await inSteps('id-1', start, false, fail).catch((error: unknown) => error);
    expect(plain).not.toBeInstanceOf(PartialFailure);
    const partial = await inSteps('id-1', start, true, fail).catch((error: unknown) => error);
    expect(partial).toBeInstanceOf(PartialFailure);
  });

  it('passes a partial failure on as it is', async () => {
    const inner = new PartialFailure('id-2', {}, ['inner']);
    await expect(inSteps('id-1', start, true, () => Promise.reject(inner))).rejects.toBe(inner);
  });
});
