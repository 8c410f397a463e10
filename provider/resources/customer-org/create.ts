import { inSteps } from '../define/steps';
import { NewCustomers } from '../lookups/new-customers';
import { DeclarationError, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import { creationBody } from './api';
import { findUnlinkedOrganization, unlinkedReason } from './find';
import { applyHeadquarters } from './headquarters';
import { finishProvisioning } from './provisioning';
import { type CustomerOrgInputs, type CustomerOrgState, startOf } from './schema';
import { TIMEOUTS } from './timeouts';

/** A customer that Webex has accepted and provisions now. */
export interface Accepted {
  readonly id: string;
  readonly trackingId?: string;
  /** The organization existed before. */
  readonly attaches: boolean;
}

/** Sends POST /wholesale/customers. Webex provisions the customer after its answer. */
export async function post({ webex }: Run, inputs: CustomerOrgInputs): Promise<Accepted> {
  const accepted = await webex.customers.create(creationBody(inputs), inputs.onBehalfOfSubPartnerOrgId);
  return { ...accepted, attaches: inputs.orgId !== undefined };
}

/** Where Webex refuses, the organization may exist without a customer: with `adopt` it is attached. */
export async function attachUnlinked(run: Run, inputs: CustomerOrgInputs, error: unknown): Promise<Accepted> {
  const orgId = await findUnlinkedOrganization(run, inputs);
  if (orgId === undefined) throw error;
  if (inputs.adopt !== true) {
    throw new DeclarationError('orgId', `${unlinkedReason(inputs.name, orgId)}. ${messageOf(error)}`);
  }
  run.warn(`customer "${inputs.externalId}": attaching the existing organization "${inputs.name}"`);
  return post(run, { ...inputs, orgId });
}

/**
 * Waits until a new customer is provisioned, and configures its headquarters.
 * @throws PartialFailure with the reasons of each package where Webex can't provision all of it
 */
export async function complete(run: Run, accepted: Accepted, inputs: CustomerOrgInputs): Promise<CustomerOrgState> {
  const { id, trackingId, attaches } = accepted;
  const newCustomers = NewCustomers.of(run);
  if (!attaches) newCustomers.addWithoutUsers(id);
  const { headquarters: hq } = inputs;
  // The facts of the headquarters went with the POST; its calling is recorded as it is applied. The headquarters of an
  // organization that existed before keeps its facts: none of them is recorded before they were read.
  const posted = hq && !attaches ? { ...hq, calling: undefined } : undefined;
  const start: CustomerOrgState = { ...startOf(inputs), headquarters: posted };
  const seconds = inputs.timeouts?.create ?? TIMEOUTS.create;
  return inSteps(id, start, true, async (record, current) => {
    const headquarters = () => applyHeadquarters(run, current(), inputs, seconds, record);
    await finishProvisioning(run, id, inputs, seconds, trackingId, record, headquarters);
    const { orgId, headquartersLocationId } = current();
    if (!attaches && orgId !== undefined && headquartersLocationId !== undefined)
      newCustomers.addHeadquarters(orgId, headquartersLocationId);
  });
}
