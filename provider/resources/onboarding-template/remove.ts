import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { TemplateState } from './schema';

/** Deletes a managed template; a template in Partner Hub stays. */
export async function remove({ webex }: Run, id: string, { managed }: TemplateState): Promise<void> {
  if (managed) await orGone(webex.templates.remove(id));
}
