import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, editPerson, NUMBERS, personOf, roleId, subscriberOf } from '../../samples/people';
import { program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, behindItsBack, locationNamed, nothingToDo } from '../harness/backend';

describe('User.get', () => {
  let workspace: Workspace;
  const others = program({ locations: { branch: BRANCH } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: others });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('reads a user that another program manages, changes nothing, and forgets it again', async () => {
    const [customer] = (await backend(workspace)).customers;
    const { email, firstName, lastName } = ALICE;
    await behindItsBack(workspace, 'POST', '/wholesale/subscribers', {
      customerId: customer?.id,
      email,
      packages: ['webex_suite', 'attendant_console'],
      provisioningParameters: {
        firstName,
        lastName,
        extension: '51301',
        primaryPhoneNumber: NUMBERS[1],
        locationId: (await locationNamed(workspace, 'Denver')).id,
      },
    });
    const person = await personOf(workspace, ALICE);
    await editPerson(workspace, person.id, { roles: [await roleId(workspace, 'Support Administrator')] });
    const subscriber = await subscriberOf(workspace, ALICE);

    const outputs = ['personId', 'status', 'email', 'firstName', 'lastName', 'package', 'extension', 'phoneNumber'];
    await workspace.setProgram(`${others}
      const found = webex.User.get('found', '${subscriber.id}');
      for (const key of [...${JSON.stringify(outputs)}, 'roles']) exports[key] = found[key];`);
    await workspace.simulator.resetRequests();
    (await workspace.up()).ok();
    expect((await workspace.simulator.requests()).writes).toBe(0);
    expect(await workspace.outputs()).toEqual({
      ...ALICE,
      personId: person.id,
      status: 'provisioned',
      package: 'webex_suite',
      extension: '51301',
      phoneNumber: NUMBERS[1],
      roles: ['Support Administrator'],
    });

    await workspace.setProgram(others);
    (await workspace.up()).ok();
    expect(await subscriberOf(workspace, ALICE)).toEqual(subscriber);
    await nothingToDo(workspace);
  }, 240_000);

  it('says so where there is none', async () => {
    await workspace.setProgram(`${others}
      webex.User.get('found', 'Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvNjk3MGU2YmItNzQzOS00ZmZiLWFkMzQtZDNmZjAxNjdkZGFk');`);
    expect((await workspace.up()).fails().all).toMatch(/found.*Webex has no object/s);
  }, 120_000);
});
