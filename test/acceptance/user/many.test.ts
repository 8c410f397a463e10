import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editPerson } from '../../samples/people';
import { program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, behindItsBack, nothingToDo } from '../harness/backend';

describe('a customer with many users', () => {
  let workspace: Workspace;
  const count = 12;
  const users = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `user-${index}`,
      {
        email: `user-${index}@example.com`,
        firstName: 'User',
        lastName: `Number ${index}`,
        package: 'webex_calling',
        extension: `${51300 + index}`,
      },
    ]),
  );
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program({ users }) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('is refreshed with lists, not with a request a user', async () => {
    await workspace.simulator.resetRequests();
    (await workspace.refresh()).ok();
    const { byOperation, writes } = await workspace.simulator.requests();
    expect(writes).toBe(0);
    const forUsers = Object.entries(byOperation).filter(([operation]) => /subscribers|people|roles/.test(operation));
    const sent = forUsers.reduce((sum, [, times]) => sum + times, 0);
    expect(sent, JSON.stringify(byOperation)).toBeLessThanOrEqual(count / 2);
    expect(sent).toBeGreaterThanOrEqual(2);
    await nothingToDo(workspace);
  }, 120_000);

  it('asks the precheck about each new one, and about no other', async () => {
    const more = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `new-${index}`,
        {
          email: `new-${index}@example.com`,
          firstName: 'User',
          lastName: `Number ${index}`,
          package: 'webex_calling',
          extension: `${51400 + index}`,
        },
      ]),
    );
    await workspace.simulator.resetRequests();
    await workspace.setProgram(program({ users: { ...users, ...more } }));
    expect((await workspace.preview()).ok().planned).toHaveLength(count);
    const { byOperation } = await workspace.simulator.requests();
    const asked = byOperation['POST /wholesale/subscribers/validate'] ?? 0;
    // Which of those that are declared are new isn't known before Pulumi's check: a few too many are asked about.
    expect(asked).toBeGreaterThanOrEqual(count);
    expect(asked).toBeLessThanOrEqual(2 * count);
    await workspace.setProgram(program({ users }));
  }, 120_000);

  it('finds the changed and the missing user among them', async () => {
    const { people, subscribers } = await backend(workspace);
    const changed = people.find(({ email }) => email === 'user-3@example.com');
    const gone = subscribers.find(({ email }) => email === 'user-7@example.com');
    await editPerson(workspace, changed?.id ?? '', { extension: '51399' });
    await behindItsBack(workspace, 'DELETE', `/wholesale/subscribers/${gone?.id}`);
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned.sort()).toEqual(['create User user-7', 'update User user-3']);
    (await workspace.up()).ok();
    await nothingToDo(workspace);
  }, 120_000);
});
