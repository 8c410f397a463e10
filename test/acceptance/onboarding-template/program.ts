import type { Workspace } from '../harness';

export type Inputs = Record<string, unknown>;

/** A program that declares one template. */
export function templateProgram(inputs: Inputs): string {
  return `
    const { OnboardingTemplate } = require('pulumi-webex-wholesale');
    const template = new OnboardingTemplate('template', ${JSON.stringify(inputs)});
    exports.provisioningId = template.provisioningId;
  `;
}

/** A program that only reads a template. */
export function lookUp(id: string): string {
  return `
    const { OnboardingTemplate } = require('pulumi-webex-wholesale');
    const template = OnboardingTemplate.get('looked-up', ${JSON.stringify(id)});
    exports.provisioningId = template.provisioningId;
    exports.name = template.name;
    exports.country = template.country;
  `;
}

export async function declare(workspace: Workspace, inputs: Inputs) {
  await workspace.setProgram(templateProgram(inputs));
  return workspace.up();
}

/** All templates of the backend. */
export async function templates(workspace: Workspace): Promise<Inputs[]> {
  return ((await workspace.simulator.control('GET', '/templates')) as { items: Inputs[] }).items;
}

/** Creates a template outside Pulumi, as in Partner Hub. */
export async function madeByHand(workspace: Workspace, template: Inputs): Promise<string> {
  const made = (await workspace.simulator.control('POST', '/templates', template)) as { provisioningId: string };
  return made.provisioningId;
}

/** Requests of one run by operation. */
export async function requestsOf(workspace: Workspace, run: () => Promise<unknown>): Promise<Record<string, number>> {
  await workspace.simulator.resetRequests();
  await run();
  return (await workspace.simulator.requests()).byOperation;
}
