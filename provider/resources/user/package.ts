import { hasCalling } from '../../packages';
import { guardPackageChange } from '../administrators/guard';
import { changedKeys } from '../inputs/compare';
import { pick } from '../inputs/keys';
import { Leftovers } from '../moves/leftovers';
import { orAsItIs } from '../outcomes/as-it-is';
import type { Run } from '../run/run';
import { packageBody, packagesFromApi } from './api';
import { read } from './read';
import { INPUT_KEYS, type UserInputs, type UserState } from './schema';

const PACKAGE_KEYS = ['package', 'attendantConsole'] as const;

/**
 * Changes the package and its add-on where they differ from the record.
 *
 * An earlier change may have taken effect without being recorded. Its repetition is refused, because what it says of
 * the old package is no longer true ("provisioningParameters should only be supplied when ..."): then the user is
 * read, and the change goes on from what is there.
 * @returns what is true of the user after it, to be recorded
 */
export async function changePackage(
  run: Run,
  id: string,
  state: UserState,
  inputs: UserInputs,
): Promise<Partial<UserState>> {
  if (changedKeys(PACKAGE_KEYS, state, inputs).length === 0) return {};
  return orAsItIs(
    () => send(run, id, state, inputs),
    async () => {
      const real = await asItIs(run, id, state, inputs);
      if (real === undefined || changedKeys(PACKAGE_KEYS, state, real).length === 0) return undefined;
      if (changedKeys(PACKAGE_KEYS, real, inputs).length === 0) return real;
      return { ...real, ...(await send(run, id, real, inputs)) };
    },
  );
}

async function send(run: Run, id: string, before: UserState, inputs: UserInputs): Promise<Partial<UserState>> {
  await guardPackageChange(run, id, before.personId, inputs);
  const body = packageBody(before, inputs);
  const write = () => run.webex.subscribers.update(id, body, inputs.onBehalfOfSubPartnerOrgId);
  const answer = await Leftovers.of(run).besides(write);
  const { status, personId = before.personId } = answer;
  return { ...afterChange(before, inputs), status, personId };
}

/** What is declared of the user, as it is in Webex; undefined where Webex names no package that we know. */
async function asItIs(run: Run, id: string, state: UserState, inputs: UserInputs): Promise<UserState | undefined> {
  const subscriber = await run.webex.subscribers.get(id, inputs.onBehalfOfSubPartnerOrgId);
  if (packagesFromApi(subscriber).package === undefined) return undefined;
  run.memory.forgetReads();
  const { status, personId } = state;
  return read(run, id, { ...pick(inputs, INPUT_KEYS), status, personId });
}

/**
 * What the change of package did to the person as well: calling comes with its parameters, and goes with its number.
 */
function afterChange(before: UserState, inputs: UserInputs): Partial<UserState> {
  const changed = { package: inputs.package, attendantConsole: inputs.attendantConsole };
  if (!hasCalling(before.package) && hasCalling(inputs.package)) {
    return { ...changed, ...pick(inputs, ['extension', 'phoneNumber', 'locationId']) };
  }
  if (hasCalling(inputs.package)) return changed;
  return { ...changed, extension: undefined, phoneNumber: undefined, locationId: undefined };
}
