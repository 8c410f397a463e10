import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { templateBody } from './api';
import type { TemplateInputs, TemplateState } from './schema';
import { verify } from './verify';

/** @throws DeclarationError for a provisioning ID that Webex doesn't know */
export async function prepare(run: Run, inputs: TemplateInputs): Promise<void> {
  if (inputs.provisioningId === undefined) return;
  const [failure] = await verify(run, inputs, inputs.provisioningId);
  if (failure) throw new DeclarationError(failure.property, failure.reason);
}

/** A template in Partner Hub exists already: nothing is sent. */
export async function post({ webex }: Run, inputs: TemplateInputs): Promise<{ id: string }> {
  return { id: inputs.provisioningId ?? (await webex.templates.create(templateBody(inputs))).provisioningId };
}

/** The state of a new template. A managed one is marked, because only that one is changed and deleted. */
export async function complete(_run: Run, { id }: { id: string }, inputs: TemplateInputs): Promise<TemplateState> {
  const managed = inputs.provisioningId === undefined;
  return { ...inputs, provisioningId: id, ...(managed && { managed }) };
}
