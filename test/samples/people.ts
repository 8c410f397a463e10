import { expect } from 'vitest';
import type { Workspace } from '../acceptance/harness';
import { type Backend, type BackendPerson, backend } from '../acceptance/harness/backend';
import { DENVER, phoneNumbers } from './program';

type Subscriber = Backend['subscribers'][number];

/** A location with calling and four numbers, without a main number. */
export const BRANCH = {
  ...DENVER,
  calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: phoneNumbers(4) },
};
export const NUMBERS = phoneNumbers(4) as [string, string, string, string];

/** Common inputs of users. */
export const ALICE = { email: 'alice.anderson@acme.com', firstName: 'Alice', lastName: 'Anderson' };
export const JOHN = { email: 'john.andersen@acme.com', firstName: 'John', lastName: 'Andersen' };
/** The first person of a new organization, its full administrator. */
export const ADMINISTRATOR = { email: 'john.anderson@acme.com', firstName: 'John', lastName: 'Anderson' };

/** The only person with an address. */
export async function personOf(workspace: Workspace, { email }: { email: string }): Promise<BackendPerson> {
  const found = (await backend(workspace)).people.filter((person) => person.email === email);
  expect(found, `persons with ${email}`).toHaveLength(1);
  return found[0] as BackendPerson;
}

/** The only subscriber with an address. */
export async function subscriberOf(workspace: Workspace, { email }: { email: string }): Promise<Subscriber> {
  const found = (await backend(workspace)).subscribers.filter((subscriber) => subscriber.email === email);
  expect(found, `subscribers with ${email}`).toHaveLength(1);
  return found[0] as Subscriber;
}

/** A whole person from GET /people, to be changed outside Pulumi. */
export async function editPerson(
  { simulator }: Workspace,
  id: string,
  changes: Record<string, unknown>,
): Promise<void> {
  const { body } = await simulator.api('GET', `/people/${id}?callingData=true`);
  const { created, lastModified, status, invitePending, type, loginEnabled, phoneNumbers, ...rest } = body as Record<
    string,
    unknown
  >;
  const answer = await simulator.api('PUT', `/people/${id}?callingData=true`, { phoneNumbers, ...rest, ...changes });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
}

/** ID of a role by its name. */
export async function roleId({ simulator }: Workspace, name: string): Promise<string> {
  const { items } = (await simulator.api('GET', '/roles')).body as { items: { id: string; name: string }[] };
  const role = items.find((entry) => entry.name === name);
  if (role === undefined) throw new Error(`no role ${name}`);
  return role.id;
}
