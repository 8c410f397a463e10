import { expect, it, vi } from 'vitest';
import { lookupHandler } from '../../../../provider/lookups/handler';
import { Activity } from '../../../../provider/resources/run/activity';
import { backend, newProcess } from '../../reconciliation/support';

backend();

it('counts lookups and reads, because a program may wait for their outputs', async () => {
  const { run, user } = await newProcess();
  const during = vi.spyOn(Activity.of(run), 'during');
  await lookupHandler(run).read('roles', { lookup: 'getRoles', args: {} });
  expect(during).toHaveBeenCalledTimes(1);
  await user.read('Y2lz', undefined).catch(() => undefined);
  expect(during).toHaveBeenCalledTimes(2);
});
