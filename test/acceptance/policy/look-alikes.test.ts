import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { base, steps } from './look-alikes';
import { withPack } from './pack';
import { source } from './program';

describe('a change that only looks like the downgrade of an administrator', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(base), simulator: { provisioningSeconds: 0.05 } });
    (await workspace.up(...withPack)).ok();
  }, 120_000);
  afterAll(() => workspace.close());

  it('is tried twenty-four times', () => {
    expect(new Set(steps.flatMap(({ changes }) => changes)).size).toBe(24);
  });

  it.each(steps.map((step) => ({ ...step, title: step.changes.join(', ') })))(
    'passes: $title',
    async (step) => {
      const { changes, make, flags = [] } = step;
      await workspace.setProgram(source(make(base)));
      const passed = (await workspace.pulumi('preview', ...withPack, ...flags)).ok();
      expect(passed.stdout).not.toContain('[mandatory]');
      const { create = 0, update = 0, replace = 0, delete: deleted = 0 } = passed.changes;
      // Every one of them is really a change.
      expect(create + update + replace + deleted).toBeGreaterThanOrEqual(changes.length / 2);
    },
    120_000,
  );

  it('is created with the pack active', async () => {
    await workspace.setProgram(source(steps[2]?.make(base) ?? base));
    (await workspace.up(...withPack)).ok();
    await workspace.simulator.resetRequests();
    const again = (await workspace.preview(...withPack)).ok();
    expect(again.planned).toEqual([]);
    // One of the users is pending, and may have consented since.
    expect((await workspace.simulator.requests()).byOperation).toEqual({ 'GET /wholesale/subscribers': 1 });
  }, 240_000);
});
