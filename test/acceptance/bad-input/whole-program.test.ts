import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { expectReadable, program } from './support';

const SECONDS = 240;

// The customer is new: its ID is unknown in the first preview, which is the one that people read.
const at = (users: string) =>
  program(`
const org = new CustomerOrg('johns-pizza', { ...customer, packageLimits: { webex_calling: 2 } });
const denver = new Location('denver', {
  customerId: org.id, ...location, timeZone: 'Mars',
  calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: ['+12145557861'] },
});
new User('alice', { customerId: org.id, ...user, extension: '1' });
${users}`);

describe('a program whose resources contradict each other is refused at preview, before its customer exists', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: '' });
  });
  afterAll(() => workspace.close());

  it(
    'with all that is wrong, also with the resources that Pulumi does not come to: each by itself, at its location, at its customer',
    async () => {
      await workspace.setProgram(
        at(`new User('john', {
          customerId: org.id, locationId: denver.id, email: 'john.anderson@acme.com', firstName: ' ', lastName: 'Anderson',
          package: 'webex_suite', phoneNumber: '+12145551321', roles: ['Full Administrator', 'Full Administrator'],
        });`),
      );
      const { diagnostics } = (await workspace.preview()).fails();
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      for (const { message } of errors) expectReadable(message);
      const of = (name: string) =>
        errors.filter(({ urn }) => urn?.endsWith(`::${name}`)).map(({ message }) => message.trim());
      const failure = (name: string, text: string) =>
        expect.stringContaining(`resource '${name}' has a problem: ${text}`);
      expect(of('denver')).toEqual([failure('denver', 'timeZone: "Mars" must be an IANA time zone')]);
      expect(of('alice')).toEqual([failure('alice', 'extension: "1" must be 2 to 10 digits')]);
      expect(of('john')).toEqual([
        failure('john', 'firstName: " " must not be empty'),
        failure('john', 'roles[1]: Full Administrator is listed twice'),
        failure(
          'john',
          'package: customer "johns-pizza" doesn\'t have the package webex_suite: its packages are webex_',
        ),
        failure(
          'john',
          'phoneNumber: +12145551321 is not one of the phoneNumbers of the user\'s location, location "denver"',
        ),
      ]);
      expect(errors).toHaveLength(6);
      expect((await workspace.simulator.requests()).writes).toBe(0);
    },
    SECONDS * 1000,
  );
});
