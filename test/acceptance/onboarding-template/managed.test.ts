import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVISIONING_ID } from '../../samples/cisco';
import { createWorkspace, type Workspace } from '../harness';
import { declare, type Inputs, lookUp, requestsOf, templateProgram, templates } from './program';

describe('a template that a template service manages', () => {
  let workspace: Workspace;
  /** What is declared: each step changes it further. */
  let inputs: Inputs = { name: 'Wholesale partner', country: 'US' };
  let provisioningId: string;
  const real = async () => (await templates(workspace)).find((template) => template.provisioningId === provisioningId);
  beforeAll(async () => {
    workspace = await createWorkspace({ program: templateProgram(inputs) });
  });
  afterAll(() => workspace.close());

  it('preview plans it, up creates it, and its provisioning ID is an output', async () => {
    expect((await workspace.preview()).ok().planned).toContain('create OnboardingTemplate template');
    expect(await templates(workspace)).toHaveLength(1);
    (await workspace.up()).ok();
    provisioningId = String((await workspace.outputs()).provisioningId);
    expect(await real()).toMatchObject(inputs);
  }, 120_000);

  it('a second run changes nothing and asks nothing', async () => {
    const again = async () => {
      expect((await workspace.preview()).ok().planned).toEqual([]);
      expect((await workspace.up()).ok().changes).toEqual({ unchanged: 2 });
    };
    const before = await templates(workspace);
    expect(await requestsOf(workspace, again)).toEqual({});
    expect(await templates(workspace)).toEqual(before);
  }, 120_000);

  const changes: [string, Inputs][] = [
    ['name and country', { name: 'Wholesale Canada', country: 'CA' }],
    ['e-mail', { serviceProviderAdminEmail: 'john.anderson@acme.com', defaultEmailLanguage: 'fr_ca' }],
    ['subscription and PSTN vendor', { subscription: 'Sub12345678', connectedPstnVendor: 'Vendor' }],
    [
      'authentication',
      { authentication: { type: 'partner', idpEntityId: 'https://idp.example.com', protocol: 'oidc' } },
    ],
    ['settings', { commonSettings: { allowAdminInviteEmails: true }, callSettings: { voicemail: { enabled: false } } }],
  ];
  it.each(changes)(
    '%s: changed in place',
    async (_what, change) => {
      inputs = { ...inputs, ...change };
      expect((await declare(workspace, inputs)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
      expect(await real()).toMatchObject(inputs);
    },
    120_000,
  );

  it('what is no longer declared is taken away', async () => {
    const { subscription: _, connectedPstnVendor: __, ...rest } = inputs;
    inputs = rest;
    expect((await declare(workspace, inputs)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    expect(Object.keys((await real()) ?? {})).not.toContain('subscription');
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
  }, 120_000);

  it('every input that somebody changed is seen after a refresh, and put back', async () => {
    const { provisioningId: _, ...declared } = (await real()) ?? {};
    const drift: Inputs = {
      name: 'Renamed',
      country: 'US',
      serviceProviderAdminEmail: 'admin@example.com',
      defaultEmailLanguage: 'en_us',
      authentication: { type: 'webex' },
      commonSettings: { allowAdminInviteEmails: false },
      callSettings: { voicemail: { enabled: true } },
    };
    await workspace.simulator.control('PUT', `/templates/${provisioningId}`, drift);
    expect((await workspace.refresh()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    const { resources = [] } = (await workspace.stackExport()).deployment;
    const recorded = resources.find(({ urn }) => urn.endsWith('::template'));
    expect(recorded?.inputs).toMatchObject(drift);
    expect((await workspace.preview()).ok().planned).toEqual(['update OnboardingTemplate template']);
    (await workspace.up()).ok();
    expect(await real()).toEqual({ provisioningId, ...declared });
  }, 120_000);

  it('made again after somebody removed it', async () => {
    await workspace.simulator.control('DELETE', `/templates/${provisioningId}`);
    expect((await workspace.refresh()).ok().changes).toMatchObject({ deleted: 1 });
    expect((await workspace.preview()).ok().planned).toContain('create OnboardingTemplate template');
    (await workspace.up()).ok();
    provisioningId = String((await workspace.outputs()).provisioningId);
    expect(await real()).toMatchObject(inputs);
  }, 120_000);

  it('does not silently become one that exists in Partner Hub', async () => {
    await workspace.setProgram(templateProgram({ ...inputs, provisioningId: PROVISIONING_ID }));
    const { errors } = (await workspace.preview()).fails();
    expect(errors).toContain('has a problem: provisioningId:');
    expect(errors).toContain('allowReplacement: true');
    expect(await real()).toBeDefined();
  }, 120_000);

  it('destroy removes it, and only it', async () => {
    await workspace.setProgram(templateProgram(inputs));
    expect((await workspace.destroy()).ok().changes).toEqual({ deleted: 2 });
    expect(await templates(workspace)).toMatchObject([{ provisioningId: PROVISIONING_ID }]);
  }, 120_000);

  it('OnboardingTemplate.get tells what the service knows of it', async () => {
    await workspace.setProgram(lookUp(PROVISIONING_ID));
    (await workspace.up()).ok();
    const { name, country } = (await templates(workspace))[0] ?? {};
    expect(await workspace.outputs()).toEqual({ provisioningId: PROVISIONING_ID, name, country });
    (await workspace.destroy()).ok();
    expect(await templates(workspace)).toHaveLength(1);
  }, 120_000);
});
