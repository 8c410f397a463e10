import type { Run } from '../run/run';
import { templateBody } from './api';
import type { TemplateInputs, TemplateState } from './schema';

/** Changes a managed template; for a template in Partner Hub, the declaration is only recorded. */
export async function update(
  { webex }: Run,
  id: string,
  { provisioningId, managed }: TemplateState,
  inputs: TemplateInputs,
): Promise<TemplateState> {
  if (managed) await webex.templates.update(id, templateBody(inputs));
  return { ...inputs, provisioningId, managed };
}
