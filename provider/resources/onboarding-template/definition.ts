import { KINDS } from '../../kinds';
import { defineResource } from '../define';
import { differs, hasUnknown } from '../inputs/compare';
import type { Run } from '../run/run';
import { complete, post, prepare } from './create';
import { compare, type Existing, find } from './find';
import { adopted, identify } from './import';
import { read } from './read';
import { remove } from './remove';
import {
  INPUT_KEYS,
  inputsOf,
  kindFailures,
  type TemplateInputs,
  type TemplateState,
  templateInputs,
  templateRules,
} from './schema';
import { update } from './update';
import { verify } from './verify';

/** Handlers of an onboarding template: one that exists in Partner Hub, or one of a template service. */
export const onboardingTemplate = defineResource<TemplateInputs, TemplateState, Existing, { id: string }>({
  kind: 'template',
  type: KINDS.OnboardingTemplate.type,
  schema: templateInputs,
  idInput: 'provisioningId',
  inputKeys: INPUT_KEYS,
  immutable: [],
  title: ({ name }) => `onboarding template "${name}"`,
  existing: ({ name }) => `a template "${name}"`,
  keys: (inputs) => {
    const property = inputs.provisioningId === undefined ? 'name' : 'provisioningId';
    const key = inputs[property];
    return key === undefined ? [] : [{ kind: 'template', property, key: `${property}:${key}`, shown: `"${key}"` }];
  },

  rules: (run, inputs, before) => {
    warnOfConnectedPstn(run, inputs, before);
    return [...templateRules(inputs, run.settings.templateApiUrl !== undefined), ...kindFailures(inputs, before)];
  },
  preview: async (run, inputs, olds) => {
    const { provisioningId } = inputs;
    const isNew =
      provisioningId !== undefined && !hasUnknown(provisioningId) && provisioningId !== olds?.provisioningId;
    if (!isNew) return [];
    // Once a run: where the ID changes, Pulumi checks twice, because another ID is a replacement.
    return run.memory.forRun(`template:${provisioningId}`, () => verify(run, inputs, provisioningId));
  },

  // The ID is the identity. Another ID needs no allowReplacement: nothing is deleted in Partner Hub.
  replaces: (state, { provisioningId }) => {
    const managed = provisioningId === undefined;
    const isOther = managed !== (state.managed === true) || (!managed && differs(state.provisioningId, provisioningId));
    return isOther ? ['provisioningId'] : [];
  },
  isExternal: ({ managed }) => managed !== true,

  find,
  compare,
  create: { prepare, post, complete },
  read,
  inputsOf,
  identify,
  adopted,
  update,
  remove,
});

function warnOfConnectedPstn({ warn }: Run, { connectedPstnVendor }: TemplateInputs, before?: TemplateInputs): void {
  if (connectedPstnVendor === undefined || !differs(before?.connectedPstnVendor, connectedPstnVendor)) return;
  warn(
    'onboarding template: connectedPstnVendor is set; Cisco does not recommend a connected PSTN vendor in a template',
  );
}
