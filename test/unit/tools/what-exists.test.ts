import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { requestCount } from '../../../tools/lib/requests';
import { whatExists } from '../../../tools/lib/what-exists';
import { ADDRESS as address, PROVISIONING_ID as provisioningId } from '../../samples/cisco';

describe('the tree at the end of npm start', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ provisioningSeconds: 0 });
  });
  afterAll(() => simulator.stop());

  async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${simulator.baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  }

  it('shows a new backend, a customer with its location and people, and what stays after its removal', async () => {
    const template = `onboarding template Wholesale default (US) ${provisioningId}\n`;
    expect(await whatExists(simulator)).toBe(template);

    await api('POST', '/wholesale/customers', {
      provisioningId,
      externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
      packages: ['webex_calling'],
      address,
      customerInfo: { name: "John's Pizza", primaryEmail: 'john.anderson@acme.com' },
      provisioningParameters: {
        calling: { location: { name: 'Head Office', address, timezone: 'America/Los_Angeles', language: 'en_us' } },
      },
    });
    const { items } = await api<{ items: { id: string }[] }>('GET', '/wholesale/customers');
    const id = items[0]?.id;
    const subscriber = await api<{ id: string }>('POST', '/wholesale/subscribers', {
      customerId: id,
      email: 'john.anderson@acme.com',
      packages: ['webex_calling'],
      provisioningParameters: { firstName: 'John', lastName: 'Anderson', extension: '51200' },
    });
    const people = (packages: string) => [
      '└─ location Head Office, Milpitas CA US',
      `   └─ John Anderson <john.anderson@acme.com>: ${packages}, extension 51200, Full Administrator`,
    ];
    const customer =
      "customer John's Pizza (c1677a16-557a-4fb4-b48f-24adde57ec99): provisioned, packages webex_calling";
    expect(await whatExists(simulator)).toBe(`${template}${[customer, ...people('webex_calling')].join('\n')}\n`);

    await api('DELETE', `/wholesale/subscribers/${subscriber.id}`);
    await api('DELETE', `/wholesale/customers/${id}`);
    // The person has no location any more: that was part of the package.
    const left = [
      "organization John's Pizza, no customer of ours",
      '├─ location Head Office, Milpitas CA US',
      '└─ John Anderson <john.anderson@acme.com>: no package, Full Administrator',
    ];
    expect(await whatExists(simulator)).toBe(`${template}${left.join('\n')}\n`);
  });

  it('is read with requests that are counted like any other, so the count is taken before', async () => {
    const before = await requestCount(simulator);
    await whatExists(simulator);
    const after = await requestCount(simulator);
    expect(after.total).toBeGreaterThan(before.total);
    expect(after.writes).toBe(before.writes);
  });
});
