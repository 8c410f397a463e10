import type { Template } from '../../webex';
import type { Comparison } from '../define/definition';
import { describeDifferences } from '../inputs/compare';
import { all, pick } from '../inputs/keys';
import type { Run } from '../run/run';
import { DESCRIPTION_KEYS, type TemplateInputs, type TemplateState } from './schema';

/** A template of the template service. */
export type Existing = Template & { readonly id: string };

/** The managed template that has the declared name; a template in Partner Hub can't be looked up. */
export async function find({ webex }: Run, inputs: TemplateInputs): Promise<Existing | undefined> {
  if (inputs.provisioningId !== undefined) return undefined;
  const found = (await webex.templates.list()).find(({ name }) => name === inputs.name);
  return found && { ...found, id: found.provisioningId };
}

/** Compares an existing managed template with the declaration. */
export async function compare(
  _run: Run,
  existing: Existing,
  inputs: TemplateInputs,
): Promise<Comparison<TemplateState>> {
  const { provisioningId } = existing;
  const declared = DESCRIPTION_KEYS.filter((key) => inputs[key] !== undefined);
  return {
    differences: describeDifferences(existing, pick(inputs, DESCRIPTION_KEYS)),
    state: async () => ({ ...inputs, ...all(existing, declared), provisioningId, managed: true }) as TemplateState,
  };
}
