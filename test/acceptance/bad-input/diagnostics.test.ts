import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { causes, expectReadable, program } from './support';

const SECONDS = 240;

describe('what the provider says arrives in the diagnostics as what it is', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({
      program: program("new OnboardingTemplate('template', { provisioningId, connectedPstnVendor: 'Bell' });"),
    });
  });
  afterAll(() => workspace.close());

  it(
    'a warning: once, as a warning, in preview and in up',
    async () => {
      const says = 'connectedPstnVendor is set; Cisco does not recommend';
      const warnings = (await workspace.preview()).ok().diagnostics.filter(({ message }) => message.includes(says));
      expect(warnings.map(({ severity }) => severity)).toEqual(['warning']);

      const run = (await workspace.up()).ok();
      const [, diagnostics = ''] = run.all.split(/^Diagnostics:$/m);
      expect(diagnostics.match(/^ {4}.*connectedPstnVendor.*$/gm)).toEqual([
        expect.stringMatching(/^ {4}warning: webex-wholesale: onboarding template: connectedPstnVendor is set; Cisco/),
      ]);
    },
    SECONDS * 1000,
  );

  it(
    'an error while something is read, changed, or deleted: once a resource, readable, and the state stays',
    async () => {
      const org = "const org = new CustomerOrg('johns-pizza', customer);";
      await workspace.setProgram(program(org));
      (await workspace.up()).ok();
      const before = (await workspace.stackExport()).deployment.resources?.map(({ urn }) => urn);
      const broken = { status: 400, count: 100 };

      await workspace.simulator.fault({ operation: 'GET /wholesale/customers/{customerId}', ...broken });
      const refreshed = causes((await workspace.refresh()).fails());
      expect(refreshed).toEqual([
        expect.stringMatching(/^GET \/wholesale\/customers\/\S+: Webex answered 400: .*\(trackingId \S+\)$/),
      ]);

      // An update reads before it writes.
      await workspace.simulator.clearFaults();
      await workspace.simulator.fault({ operation: 'PUT /wholesale/customers/{customerId}', ...broken });
      await workspace.setProgram(program("new CustomerOrg('johns-pizza', { ...customer, externalId: 'another' });"));
      const updated = causes((await workspace.up()).fails());
      expect(updated).toEqual([expect.stringMatching(/PUT \/wholesale\/customers\/\S+: Webex answered 400: /)]);

      await workspace.simulator.fault({ operation: 'DELETE /wholesale/customers/{customerId}', ...broken });
      const destroyed = causes((await workspace.destroy()).fails());
      expect(destroyed).toEqual([expect.stringMatching(/^DELETE \/wholesale\/customers\/\S+: Webex answered 400: /)]);

      for (const message of [...refreshed, ...updated, ...destroyed]) expectReadable(message);
      expect((await workspace.stackExport()).deployment.resources?.map(({ urn }) => urn)).toEqual(before);
      await workspace.simulator.clearFaults();
      (await workspace.destroy()).ok();
    },
    SECONDS * 1000,
  );
});
