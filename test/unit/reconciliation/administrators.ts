import { beforeAll } from 'vitest';
import { backend, customerInputs, type Handlers, newProcess, userInputs } from './support';

// A customer with an administrator in Webex, as runs before left them, and what happens to a person in Control Hub.

export const FULL = 'Full Administrator';
export const HIGH = { package: 'webex_suite' as const };
export const LOW = { package: 'webex_calling' as const };
/** The refusal to lower the administrator that {@link administratorIn} makes. */
export const LOSES = /is an administrator \(Full Administrator\).*loses meetings/;

type Inputs = Omit<ReturnType<typeof userInputs>, 'package'> & { package: string; [more: string]: unknown };

export interface Person {
  id: string;
  emails: string[];
  roles: string[];
  licenses: string[];
  [more: string]: unknown;
}

/** A simulator with a customer for the tests of a file. */
export function customerInWebex() {
  const webex = backend();
  const hub = controlHub(webex);
  let customer: Awaited<ReturnType<typeof hub.customer>>;
  beforeAll(async () => {
    customer = await hub.customer();
  });
  return { api: webex.api, control: webex.control, hub, customer: () => customer };
}

/** A new process with a falsified client, whose answers differ from Webex. */
export async function falsified(change: (client: Handlers['run']['webex']) => void): Promise<Handlers> {
  const handlers = await newProcess();
  change(handlers.run.webex);
  return handlers;
}

/** Actions on the customers and people of a simulator. */
function controlHub({ api }: ReturnType<typeof backend>) {
  const roleId = async (name: string) => {
    const { items } = (await api('GET', '/roles')) as { items: { id: string; name: string }[] };
    return items.find((role) => role.name === name)?.id as string;
  };
  const person = (id: string) => api('GET', `/people/${id}?callingData=true`) as Promise<Person>;

  return {
    roleId,
    person,

    /** A customer with these packages. */
    async customer(
      packages: readonly string[] = ['webex_suite', 'webex_calling', 'webex_meetings', 'attendant_console'],
    ) {
      const inputs = { ...customerInputs(), packages, removal: 'unlink' as const };
      const made = await (await newProcess()).customerOrg.create(inputs as never);
      return { inputs, ...made, orgId: made.state.orgId as string };
    },

    /** Changes a person outside the provider. */
    async change(id: string, changes: Record<string, unknown>): Promise<void> {
      const { created, lastModified, status, invitePending, type, loginEnabled, phoneNumbers, timezone, ...rest } =
        await person(id);
      await api('PUT', `/people/${id}?callingData=true`, { ...rest, ...changes });
    },

    async giveRole(id: string, name = FULL): Promise<void> {
      await this.change(id, { roles: [await roleId(name)] });
    },

    /** The packages of the subscriber with this address; undefined if there is none. */
    async packages(email: string): Promise<string[] | undefined> {
      const { items } = (await api('GET', `/wholesale/subscribers?email=${encodeURIComponent(email)}`)) as {
        items: { packages: string[] }[];
      };
      return items[0]?.packages;
    },
  };
}

/** A user with webex_suite who is a Full Administrator, as the run before declared and recorded it. */
export async function administratorIn(customerId: string, more: Record<string, unknown> = {}) {
  const inputs: Inputs = { ...userInputs(customerId, extension()), ...HIGH, roles: [FULL], ...more };
  const made = await (await newProcess()).user.create(inputs as never);
  return { inputs, ...made };
}

let last = 51000;

/** An extension that no other user of the tests has. */
export function extension(): string {
  return String(++last);
}

/** The message of a refusal. @throws Error if the operation succeeds */
export async function refused(operation: Promise<unknown>): Promise<string> {
  const error = await operation.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  if (error === undefined) throw new Error('it was not refused');
  return error.message;
}
