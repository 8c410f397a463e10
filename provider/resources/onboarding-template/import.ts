import type { Run } from '../run/run';
import { read } from './read';
import type { TemplateInputs, TemplateState } from './schema';

/** A template's ID is its provisioning ID; one of a template service has a name, too. */
export async function identify({ webex, settings }: Run, key: string): Promise<string> {
  if (settings.templateApiUrl === undefined) return key;
  const named = (await webex.templates.list()).find(({ name }) => name === key);
  return named?.provisioningId ?? key;
}

/** An existing template as a state. */
export function adopted(run: Run, id: string, declared: TemplateInputs): Promise<TemplateState | undefined> {
  const managed = declared.provisioningId === undefined && { managed: true };
  return read(run, id, { ...declared, provisioningId: id, ...managed });
}
