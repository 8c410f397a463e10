import { pick } from '../inputs/keys';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { DESCRIPTION_KEYS, type TemplateState } from './schema';
import { verify } from './verify';

/** Reads a template. Of one in Partner Hub, Webex only says whether its ID exists. */
export async function read(run: Run, id: string, state: TemplateState | undefined): Promise<TemplateState | undefined> {
  const isInService = state === undefined ? run.settings.templateApiUrl !== undefined : state.managed === true;
  if (!isInService) {
    const recorded = state ?? { provisioningId: id };
    return (await verify(run, recorded, id)).length > 0 ? undefined : recorded;
  }
  const found = await orGone(run.webex.templates.get(id));
  if (found === undefined) return undefined;
  if (state === undefined) return { ...pick(found, DESCRIPTION_KEYS), provisioningId: id } as TemplateState;
  const declared = DESCRIPTION_KEYS.filter((key) => state[key] !== undefined);
  return { ...state, ...Object.fromEntries(declared.map((key) => [key, found[key]])) } as TemplateState;
}
