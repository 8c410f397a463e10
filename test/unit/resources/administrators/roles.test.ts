import { expect, it } from 'vitest';
import { standingOf } from '../../../../provider/resources/administrators/roles';
import type { Run } from '../../../../provider/resources/run/run';

const UUID = '96abc2aa-3dcc-11e5-a152-fe34819cdc9a';
const idIn = (cluster: string) => Buffer.from(`ciscospark://${cluster}/ROLE/${UUID}`).toString('base64');

it.each([
  ['another cluster', idIn('urn:TEAM:us-west-2_r')],
  ['without padding', idIn('us').replace(/=+$/, '')],
  ['the UUID alone', UUID],
])('an administrator is one whose role has its ID in another form than GET /roles: %s', async (_form, held) => {
  const list = async () => [{ id: idIn('us'), name: 'Full Administrator' }];
  const memory = { forRun: (_key: string, make: () => unknown) => make() };
  const run = { memory, webex: { roles: { list } } } as unknown as Run;
  expect(await standingOf(run, { roles: [held] }, undefined)).toHaveProperty('because');
});
