import { changedKeys } from '../inputs/compare';
import { all } from '../inputs/keys';
import type { Run } from '../run/run';
import { templateBody } from './api';
import { DESCRIPTION_KEYS, type TemplateInputs, type TemplateState } from './schema';

/**
 * Changes the differing properties of a managed template; for a template in Partner Hub, the declaration is only
 * recorded. PUT takes the whole template, so it is read first, and its other properties are sent back unchanged.
 */
export async function update(
  { webex }: Run,
  id: string,
  state: TemplateState,
  inputs: TemplateInputs,
): Promise<TemplateState> {
  const { provisioningId, managed } = state;
  const keys = managed ? changedKeys(DESCRIPTION_KEYS, state, inputs) : [];
  if (keys.length > 0) {
    const { provisioningId: _, ...current } = await webex.templates.get(id);
    await webex.templates.update(id, templateBody({ ...current, ...all(inputs, keys) } as TemplateInputs));
  }
  return { ...inputs, provisioningId, managed };
}
