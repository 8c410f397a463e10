import type { Caller, Checked, CheckFailure, Difference, Found, Lifecycle } from '../../lifecycle';
import { type Template, type TemplateBody, WebexApiError } from '../../webex';
import { changedKeys, describeDifferences, differs, hasUnknown } from '../inputs/compare';
import { validate } from '../inputs/validation';
import { immutableFailures, pick } from '../outcomes/lifecycle-helpers';
import { DeclarationError, mayExist, orGone } from '../outcomes/refusals';
import { propertyFor } from '../prechecks/precheck';
import { once } from '../run/once';
import { declare, hold, isHeld, release } from '../run/ownership';
import { session } from '../run/session';
import { checkSession } from '../run/session-check';
import { warn } from '../run/warnings';
import {
  DESCRIPTION_KEYS,
  inputsOf,
  type TemplateInputs,
  type TemplateState,
  templateInputs,
  templateRules,
} from './schema';

/** Handlers of an onboarding template: one that exists in Partner Hub, or one of a template service. */
export const onboardingTemplate: Lifecycle<TemplateInputs, TemplateState> = {
  configure: (config, warn) => session.configure(config, warn),
  check,
  diff: async (id, state, inputs) => {
    const found = difference(state, inputs);
    (found.replaces ? release : hold)('template', id);
    return found;
  },
  create,
  read,
  update,
  delete: remove,
};

/** A subscriber precheck wants an e-mail address; nobody has this one. */
const NOBODY = 'provisioning-id-check@example.com';

async function check(
  news: Record<string, unknown>,
  olds: TemplateInputs | undefined,
  caller: Caller,
): Promise<Checked<TemplateInputs>> {
  checkSession();
  const { inputs, failures } = validate<TemplateInputs>(templateInputs, news);
  if (failures.length > 0) return { inputs, failures };
  failures.push(...templateRules(inputs, session.templateApiUrl !== undefined));
  failures.push(...kindChange(olds, inputs), ...declaredTwice(inputs, caller));
  if (inputs.connectedPstnVendor !== undefined && differs(olds?.connectedPstnVendor, inputs.connectedPstnVendor)) {
    warn(
      'onboarding template: connectedPstnVendor is set; Cisco does not recommend a connected PSTN vendor in a template',
    );
  }
  const { provisioningId } = inputs;
  const isNew = provisioningId !== undefined && !hasUnknown(provisioningId) && provisioningId !== olds?.provisioningId;
  // Once: where the ID changes, Pulumi checks twice, because another ID is a replacement.
  if (failures.length === 0 && caller.dryRun && isNew)
    failures.push(...(await once(`template:${provisioningId}`, () => verified(inputs, provisioningId))));
  return { inputs, failures };
}

/** A template that existed becomes one that is managed, or the other way: another object, never silently. */
function kindChange(olds: TemplateInputs | undefined, now: TemplateInputs): CheckFailure[] {
  if (olds === undefined || (olds.provisioningId === undefined) === (now.provisioningId === undefined)) return [];
  if (olds.provisioningId === undefined) return immutableFailures(['provisioningId'], olds, now);
  if (now.allowReplacement === true) return [];
  return [
    {
      property: 'provisioningId',
      reason: `can't be taken away: the template ${olds.provisioningId} would be replaced by a new one. Put it back, or set allowReplacement: true`,
    },
  ];
}

function declaredTwice(inputs: TemplateInputs, caller: Caller): CheckFailure[] {
  const property = inputs.provisioningId === undefined ? 'name' : 'provisioningId';
  const key = inputs[property];
  if (key === undefined || hasUnknown(key)) return [];
  const other = declare('template', `${property}:${key}`, caller);
  return other === undefined ? [] : [{ property, reason: `"${key}" is declared twice: ${other} has it too` }];
}

/**
 * Asks the subscriber precheck whether a provisioning ID exists: the only public operation that takes one and changes
 * nothing. What it says about anything else than the ID is of no interest here.
 */
async function verified(inputs: TemplateInputs, provisioningId: string): Promise<CheckFailure[]> {
  const email = inputs.serviceProviderAdminEmail ?? NOBODY;
  try {
    await session.webex.subscribers.precheck(
      { provisioningId, email, customerInfo: { primaryEmail: email } },
      session.onBehalfOfSubPartnerOrgId,
    );
    return [];
  } catch (error) {
    if (!(error instanceof WebexApiError)) throw error;
    if (error.status === 403) {
      warn(
        `the provisioning ID ${provisioningId} can't be verified: the precheck isn't available to this partner (${error.message})`,
      );
      return [];
    }
    const aboutId = propertyFor(error, [[/provisioning ?id|template/i, 'provisioningId']]) !== '';
    if (error.status >= 400 && !aboutId && ![400, 404, 409].includes(error.status)) throw error;
    if (!aboutId) return [];
    const tracking = error.trackingId ? ` (trackingId ${error.trackingId})` : '';
    const reason =
      `"${provisioningId}" is not the provisioning ID of one of your templates: ${error.description}${tracking}. Copy it from Partner ` +
      'Hub: Customers, Templates, the template, Provisioning ID';
    return [{ property: 'provisioningId', reason }];
  }
}

function difference(state: TemplateState, inputs: TemplateInputs): Difference {
  const changed: string[] = changedKeys([...DESCRIPTION_KEYS, 'allowReplacement'] as const, state, inputs);
  const managed = inputs.provisioningId === undefined;
  if (managed !== (state.managed === true)) return { changes: true, replaces: ['provisioningId'] };
  // The ID is the identity. For a template that only exists in Partner Hub, nothing is deleted by that.
  if (!managed && differs(state.provisioningId, inputs.provisioningId))
    return { changes: true, replaces: ['provisioningId'] };
  return { changes: changed.length > 0 };
}

async function create(inputs: TemplateInputs): Promise<{ id: string; state: TemplateState }> {
  const { provisioningId } = inputs;
  if (provisioningId === undefined) return createManaged(inputs);
  const [failure] = await verified(inputs, provisioningId);
  if (failure) throw new DeclarationError(failure.property, failure.reason);
  hold('template', provisioningId);
  return { id: provisioningId, state: { ...inputs, provisioningId } };
}

async function createManaged(inputs: TemplateInputs): Promise<{ id: string; state: TemplateState }> {
  const template = await begin(inputs);
  const { provisioningId } = template;
  hold('template', provisioningId);
  return { id: provisioningId, state: { ...inputs, provisioningId, managed: true } };
}

/** Creates a template; one of the same name that is what is declared was made by a run that was killed. */
async function begin(inputs: TemplateInputs): Promise<Template> {
  try {
    return await session.webex.templates.create(bodyOf(inputs));
  } catch (error) {
    if (!mayExist(error)) throw error;
    const found = (await session.webex.templates.list()).find(({ name }) => name === inputs.name);
    if (found === undefined || isHeld('template', found.provisioningId)) throw error;
    const differences = describeDifferences(found, pick(inputs, DESCRIPTION_KEYS));
    if (differences.length > 0) {
      throw new DeclarationError(
        'name',
        `a template "${inputs.name}" exists and differs from what is declared: ${differences.join('; ')}`,
      );
    }
    warn(`onboarding template "${inputs.name}" exists already; it was taken over`);
    return found;
  }
}

/** check lets no managed template pass without name and country. */
function bodyOf(inputs: TemplateInputs): TemplateBody {
  return pick(inputs, DESCRIPTION_KEYS) as TemplateBody;
}

async function read(
  id: string,
  state: TemplateState | undefined,
): Promise<Found<TemplateInputs, TemplateState> | undefined> {
  if (state === undefined && session.templateApiUrl !== undefined) return lookUp(id);
  if (state?.managed !== true) return readExisting(id, state);
  const found = await orGone(session.webex.templates.get(id));
  if (found === undefined) return undefined;
  const declared = DESCRIPTION_KEYS.filter((key) => state[key] !== undefined);
  const real = { ...state, ...Object.fromEntries(declared.map((key) => [key, found[key]])) } as TemplateState;
  return { id, state: real, inputs: inputsOf(real) };
}

/** A template that is only looked up: all that the template service tells of it. */
async function lookUp(id: string): Promise<Found<TemplateInputs, TemplateState> | undefined> {
  const found = await orGone(session.webex.templates.get(id));
  if (found === undefined) return undefined;
  const state = { ...pick(found, DESCRIPTION_KEYS), provisioningId: id } as TemplateState;
  return { id, state, inputs: inputsOf(state) };
}

/** Of a template in Partner Hub Webex tells only whether its ID is right. */
async function readExisting(
  id: string,
  state: TemplateState | undefined,
): Promise<Found<TemplateInputs, TemplateState> | undefined> {
  const known = state ?? { provisioningId: id };
  if ((await verified(known, id)).length > 0) return undefined;
  return { id, state: known, inputs: inputsOf(known) };
}

async function update(id: string, state: TemplateState, inputs: TemplateInputs): Promise<TemplateState> {
  hold('template', id);
  const { provisioningId, managed } = state;
  if (managed) await session.webex.templates.update(id, bodyOf(inputs));
  return { ...inputs, provisioningId, managed };
}

/** A template in Partner Hub is only forgotten. */
async function remove(id: string, state: TemplateState): Promise<void> {
  if (!state.managed) return;
  if (isHeld('template', id)) {
    warn(`onboarding template "${state.name}" is kept: another resource of this program has it now`);
    return;
  }
  await orGone(session.webex.templates.remove(id));
}
