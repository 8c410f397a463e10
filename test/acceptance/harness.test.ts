import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from './harness';

describe('the acceptance harness', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: 'exports.greeting = "first";' });
  });
  afterAll(() => workspace.close());

  it('runs a program through the real CLI: preview, up, another program, up', async () => {
    const preview = (await workspace.preview()).ok();
    expect(preview.planned).toEqual(['create Stack acceptance-test']);

    expect((await workspace.up()).ok().changes).toEqual({ created: 1 });
    expect(await workspace.outputs()).toEqual({ greeting: 'first' });

    await workspace.setProgram('exports.greeting = "second";');
    expect((await workspace.up()).ok().changes).toEqual({ unchanged: 1 });
    expect(await workspace.outputs()).toEqual({ greeting: 'second' });
    expect((await workspace.stackExport()).deployment.resources).toHaveLength(1);
  });

  it('hands a failure back with what was said, instead of throwing it', async () => {
    await workspace.setProgram('throw new Error("no such thing");');
    const failed = (await workspace.preview()).fails();
    expect(failed.errors).toContain('no such thing');
    expect(() => failed.ok()).toThrow(/no such thing/);
  });

  it('gives the program the simulator, and a way to it behind its back', async () => {
    await workspace.setProgram('exports.url = process.env.WEBEX_BASE_URL;');
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toEqual({ url: workspace.simulator.baseUrl });

    await workspace.simulator.resetRequests();
    const answer = await workspace.simulator.api('GET', '/wholesale/customers');
    expect(answer.status).toBe(200);
    expect(await workspace.simulator.requests()).toMatchObject({ total: 1, writes: 0 });
  });

  it('leaves nothing behind', async () => {
    const other = await createWorkspace({ program: '' });
    const { url } = other.simulator;
    expect(existsSync(other.folder)).toBe(true);
    await other.close();
    expect(existsSync(other.folder)).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
  });
});
