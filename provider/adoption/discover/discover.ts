import path from 'node:path';
import { hasCalling, LIMITED_PACKAGES } from '../../packages';
import type { Run } from '../../resources/run/run';
import { readCustomer } from './customer';
import type { Found, FoundCustomer } from './found';
import { type Listed, listPartner, type Partner, type Wanted } from './partner';
import { type ProjectVersions, programOf } from './program';
import { rosterOf } from './roster';
import { Store, writeFiles } from './store';

/** What a discovery writes. */
export type Format = 'program' | 'roster' | 'json';

/** How a partner is discovered. */
export interface DiscoverOptions extends Wanted {
  as: Format;
  /** Folder that is written. */
  out: string;
  /** Of the template that customers are declared with; a gap is left without it. */
  provisioningId?: string;
  versions: ProjectVersions;
}

/** Where a discovery shows how far it is. */
export interface DiscoverScreen {
  line(text: string): void;
  status(text: string): void;
  readonly isTerminal: boolean;
}

/** Customers that are read at the same time: each one's requests wait for each other. */
const AT_ONCE = 8;
/** Requests a minute by which the time is estimated: Cisco documents no limit, so that this is only a guess. */
const PER_MINUTE = 300;

/**
 * Reads a partner's customers and writes what can be declared of them. Nothing is written to Webex. A discovery that was
 * ended goes on with what it has read.
 * @returns what was written and what was left out, in words
 * @throws Error where a wanted customer isn't there, or files in the folder would be overwritten
 */
export async function discover(run: Run, options: DiscoverOptions, screen: DiscoverScreen): Promise<string[]> {
  const partner = await listPartner(run.webex, options);
  const store = new Store(options.out);
  const known = store.load();
  const missing = partner.customers.filter(({ customer }) => !known.has(customer.id));
  screen.line(beforehand(partner, missing, known.size));
  const read = await readAll(run, missing, partner, store, screen);
  const customers = partner.customers.flatMap(({ customer }) => read.get(customer.id) ?? known.get(customer.id) ?? []);
  const { provisioningId } = options;
  const found = { customers, ...(provisioningId !== undefined && { provisioningId }) };
  writeFiles(options.out, filesOf(found, options));
  store.remove();
  return summary(found, options);
}

function filesOf(found: Found, { as, out, versions }: DiscoverOptions): Map<string, string> {
  const project =
    path
      .basename(out)
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'customers';
  if (as === 'program') return programOf(found, project, versions);
  if (as === 'roster') return rosterOf(found, project);
  return new Map([['customers.json', `${JSON.stringify(found, undefined, 2)}\n`]]);
}

/** Reads some customers at a time; each is kept as soon as it is read. */
async function readAll(
  run: Run,
  missing: readonly Listed[],
  partner: Partner,
  store: Store,
  screen: DiscoverScreen,
): Promise<Map<string, FoundCustomer>> {
  const read = new Map<string, FoundCustomer>();
  const waiting = [...missing];
  const started = Date.now();
  let shown = started;
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const customer = await readCustomer(run, next, partner);
      store.save(customer);
      read.set(customer.id, customer);
      if (!screen.isTerminal && Date.now() - shown < 15_000) continue;
      shown = Date.now();
      const left = ((shown - started) / read.size) * (missing.length - read.size);
      screen.status(`${read.size} of ${missing.length} customers read, about ${minutes(left)} left`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return read;
}

/** How much there is to do, before it is done. */
function beforehand({ customers, subscribers }: Partner, missing: readonly Listed[], known: number): string {
  const users = [...subscribers.values()].reduce((sum, each) => sum + each.length, 0);
  const requests = missing.reduce((sum, { customer }) => sum + requestsFor(customer), 0);
  const before = known > 0 ? `, ${known} of them read before` : '';
  return (
    `${customers.length} customers, ${users} users${before}: about ${requests} requests more, ` +
    `${minutes((requests / PER_MINUTE) * 60_000)} at ${PER_MINUTE} a minute`
  );
}

/** The fewest requests for a customer with one location: people, locations, licenses, and what calling has of its own. */
function requestsFor({ packages, orgId }: Listed['customer']): number {
  if (orgId === undefined) return 0;
  const limited = packages.some((name) => (LIMITED_PACKAGES as readonly string[]).includes(name));
  return 2 + (limited ? 2 : 0) + (packages.some(hasCalling) ? 3 : 0);
}

function minutes(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

function summary({ customers, provisioningId }: Found, { as, out }: DiscoverOptions): string[] {
  const declared = customers.filter(({ declaration }) => declaration !== undefined);
  const count = (of: (customer: FoundCustomer) => number) => declared.reduce((sum, each) => sum + of(each), 0);
  const locations = count(({ declaration }) => declaration?.locations.length ?? 0);
  const users = count(({ declaration }) => declaration?.users.length ?? 0);
  const lines = [
    `${as} written to ${out}: ${declared.length} customers, ${locations} locations besides headquarters, ${users} users`,
  ];
  if (provisioningId === undefined && as !== 'json')
    lines.push('the provisioning ID is a gap, because Webex never tells it: --template PROVISIONING_ID fills it');
  const notes = customers.flatMap(({ externalId, notes: said }) => said.map((note) => `  ${externalId}: ${note}`));
  if (notes.length > 0) lines.push('what could not be declared, or needs a look:', ...notes);
  return lines;
}
