import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVISIONING_ID, WRONG_ID } from '../../samples/cisco';
import { createWorkspace, type Workspace } from '../harness';
import { declare, lookUp, madeByHand, requestsOf, templateProgram, templates } from './program';

/** The one operation that verifies a provisioning ID and changes nothing. */
const verification = { 'POST /wholesale/subscribers/validate': 1 };

describe('a template that exists in Partner Hub', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    // No template service: this is how it is with the real Webex.
    const env = { WEBEX_TEMPLATE_API_URL: undefined };
    workspace = await createWorkspace({ program: templateProgram({ provisioningId: WRONG_ID }), env });
  });
  afterAll(() => workspace.close());

  it('a provisioning ID that no template has is an error at preview, which says where to copy it from', async () => {
    for (const errors of [(await workspace.preview()).fails().errors, (await workspace.up()).fails().all]) {
      expect(errors).toContain(`"${WRONG_ID}" is not the provisioning ID of one of your templates`);
      expect(errors).toContain('Copy it from Partner Hub');
    }
    expect((await workspace.preview()).errors).toContain('has a problem: provisioningId:');
    const { resources = [] } = (await workspace.stackExport()).deployment;
    expect(resources.filter(({ type }) => type.includes('OnboardingTemplate'))).toEqual([]);
  }, 120_000);

  it('without provisioning ID and template service, preview says what to do in Partner Hub', async () => {
    await workspace.setProgram(templateProgram({ name: 'Wholesale', country: 'US' }));
    const { errors } = (await workspace.preview()).fails();
    expect(errors).toContain('has a problem: provisioningId:');
    expect(errors).toContain('In Partner Hub open Customers, Templates');
    expect(errors).toContain('templateApiUrl');
  }, 120_000);

  it('is verified when it is declared, and changed in nothing', async () => {
    await workspace.setProgram(templateProgram({ provisioningId: PROVISIONING_ID, country: 'US' }));
    const before = await templates(workspace);
    expect(await requestsOf(workspace, async () => (await workspace.preview()).ok())).toEqual(verification);
    expect(await requestsOf(workspace, async () => (await workspace.up()).ok())).toEqual(verification);
    expect(await workspace.outputs()).toEqual({ provisioningId: PROVISIONING_ID });
    expect(await templates(workspace)).toEqual(before);
  }, 120_000);

  it('is not verified by a run that changes nothing', async () => {
    const again = async () => {
      expect((await workspace.preview()).ok().planned).toEqual([]);
      expect((await workspace.up()).ok().changes).toEqual({ unchanged: 2 });
    };
    expect(await requestsOf(workspace, again)).toEqual({});
  }, 120_000);

  it('is verified by a refresh', async () => {
    const refresh = async () => expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    expect(await requestsOf(workspace, refresh)).toEqual(verification);
  }, 120_000);

  it('what else is declared of it is recorded, without a request', async () => {
    const before = await templates(workspace);
    const inputs = { provisioningId: PROVISIONING_ID, name: 'Wholesale default', commonSettings: { anything: true } };
    const change = async () => expect((await declare(workspace, inputs)).ok().changes).toMatchObject({ updated: 1 });
    expect(await requestsOf(workspace, change)).toEqual({});
    expect(await templates(workspace)).toEqual(before);
  }, 120_000);

  it('another ID is verified, and then that template is meant', async () => {
    await workspace.setProgram(templateProgram({ provisioningId: WRONG_ID }));
    expect((await workspace.preview()).fails().errors).toContain('is not the provisioning ID of one of your templates');

    const provisioningId = await madeByHand(workspace, { name: 'Wholesale other', country: 'US' });
    await workspace.setProgram(templateProgram({ provisioningId }));
    expect(await requestsOf(workspace, async () => (await workspace.preview()).ok())).toEqual(verification);
    expect(await requestsOf(workspace, async () => (await workspace.up()).ok())).toEqual(verification);
    expect(await workspace.outputs()).toEqual({ provisioningId });
    expect(await templates(workspace)).toHaveLength(2);
  }, 120_000);

  it('deleted in Partner Hub: a refresh notices, and preview says that the ID is wrong', async () => {
    const { provisioningId } = await workspace.outputs();
    await workspace.simulator.control('DELETE', `/templates/${String(provisioningId)}`);
    expect((await workspace.refresh()).ok().changes).toMatchObject({ deleted: 1 });
    expect((await workspace.preview()).fails().errors).toContain(
      `"${String(provisioningId)}" is not the provisioning ID`,
    );
  }, 120_000);

  it('destroy asks nothing and touches nothing', async () => {
    (await declare(workspace, { provisioningId: PROVISIONING_ID })).ok();
    const destroy = async () => expect((await workspace.destroy()).ok().changes).toEqual({ deleted: 2 });
    expect(await requestsOf(workspace, destroy)).toEqual({});
    expect(await templates(workspace)).toHaveLength(1);
  }, 120_000);

  it('OnboardingTemplate.get verifies it as well', async () => {
    await workspace.setProgram(lookUp(PROVISIONING_ID));
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toEqual({ provisioningId: PROVISIONING_ID });
    await workspace.setProgram(lookUp(WRONG_ID));
    (await workspace.up()).fails();
  }, 120_000);
});
