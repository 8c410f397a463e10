import type { TemplateBody } from '../../webex';
import { pick } from '../inputs/keys';
import { DESCRIPTION_KEYS, type TemplateInputs } from './schema';

/** Body of POST and PUT. check lets no managed template pass without name and country. */
export function templateBody(inputs: TemplateInputs): TemplateBody {
  return pick(inputs, DESCRIPTION_KEYS) as TemplateBody;
}
