import path from 'node:path';
import { hasCalling, LIMITED_PACKAGES } from '../../packages';
import { ownerText, tokenOwner } from '../../resources/define/partner';
import type { Run } from '../../resources/run/run';
import { counted } from '../../terminal/terminal';
import { WebexApiError } from '../../webex';
import { csvOf } from './csv';
import { readCustomer } from './customer';
import { type Part, writeFiles } from './files';
import type { Found, FoundCustomer } from './found';
import { type Listed, listPartner, type Partner, type Wanted } from './partner';
import { type ProjectVersions, programOf } from './program';
import { rosterFileOf, rosterOf } from './roster';
import { keyOf, Store } from './store';

/** The formats that a discovery writes. */
export const FORMATS = ['program', 'roster', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Options of a discovery. */
export interface DiscoverOptions extends Wanted {
  as: Format;
  /** Folder that is written; for a roster, a path that ends in .yaml or .yml is a file. */
  out: string;
  /** Provisioning ID of the template that customers are declared with; without it, the output has a gap. */
  provisioningId?: string;
  versions: ProjectVersions;
}

/** Shows the progress of a discovery. */
export interface DiscoverScreen {
  line(text: string): void;
  status(text: string): void;
  readonly isTerminal: boolean;
}

/** Customers that are read at the same time. Most requests of one customer run one after another. */
const AT_ONCE = 8;
/** Requests a minute for the estimate of the time. Cisco documents no limit, so this is a guess. */
const PER_MINUTE = 300;

/**
 * Reads a partner's customers and writes them as declarations. Writes nothing to Webex. Read customers are kept on
 * disk until all files are written, so that an interrupted discovery continues with them.
 * @returns messages about the written and omitted objects
 * @throws Error if a wanted customer doesn't exist, or if files in the folder would be overwritten
 */
export async function discover(run: Run, options: DiscoverOptions, screen: DiscoverScreen): Promise<string[]> {
  const { folder, file } = placeOf(options);
  const partner = await listPartner(run.webex, options);
  if (partner.customers.length === 0) return [await noCustomers(run, options)];
  const store = new Store(folder);
  const all = partner.customers.map((listed) => ({
    listed,
    key: keyOf(listed, partner.subscribers.get(listed.customer.id)),
  }));
  const missing = all.filter(({ key }) => store.load(key) === undefined);
  screen.line(
    beforehand(
      partner,
      missing.map(({ listed }) => listed),
    ),
  );
  const unread = await readAll(run, missing, partner, store, screen);
  const customers = {
    *[Symbol.iterator]() {
      for (const { key } of all) {
        const customer = unread.get(key) ?? store.load(key);
        if (customer !== undefined) yield customer;
      }
    },
  };
  const found = { customers, ...(options.provisioningId !== undefined && { provisioningId: options.provisioningId }) };
  writeFiles(folder, () => partsOf(found, options, file));
  const lines = summary(found, options);
  store.remove();
  return lines;
}

async function noCustomers(run: Run, { statuses }: DiscoverOptions): Promise<string> {
  const owner = await tokenOwner(run);
  const what = statuses.length === 0 ? 'customers' : `customers with the status ${statuses.join(' or ')}`;
  return `nothing is written: Webex shows no ${what} to the token of ${owner ? ownerText(owner) : 'this partner'}`;
}

/** The folder and, for a roster in one YAML file, the file. */
function placeOf({ as, out }: DiscoverOptions): { folder: string; file?: string } {
  return as === 'roster' && /\.ya?ml$/.test(out)
    ? { folder: path.dirname(out), file: path.basename(out) }
    : { folder: out };
}

function partsOf(found: Found, { as, out, versions }: DiscoverOptions, file: string | undefined): Iterable<Part> {
  const project =
    path
      .basename(out)
      .replace(/\.ya?ml$/, '')
      .replace(/[^A-Za-z0-9_-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'customers';
  if (as === 'program') return programOf(found, project, versions);
  if (as === 'csv') return csvOf(found, project);
  if (as === 'roster') return file === undefined ? rosterOf(found, project) : rosterFileOf(found, project, file);
  return jsonOf(found);
}

/** Writes one line for each customer, so that a large partner doesn't need much memory. */
function* jsonOf({ customers, provisioningId }: Found): Generator<Part> {
  const file = 'customers.json';
  yield [file, `{\n  "provisioningId": ${JSON.stringify(provisioningId ?? null)},\n  "customers": [`];
  let separator = '\n';
  for (const customer of customers) {
    yield [file, `${separator}    ${JSON.stringify(customer)}`];
    separator = ',\n';
  }
  yield [file, '\n  ]\n}\n'];
}

/**
 * Reads {@link AT_ONCE} customers at a time, and stores each as soon as it is read.
 * @returns the customers that couldn't be read, by key; the next discovery tries them again
 * @throws Error if a request fails for another reason, with the command to continue
 */
async function readAll(
  run: Run,
  missing: readonly { listed: Listed; key: string }[],
  partner: Partner,
  store: Store,
  screen: DiscoverScreen,
): Promise<Map<string, FoundCustomer>> {
  const unread = new Map<string, FoundCustomer>();
  const waiting = missing.values();
  const started = Date.now();
  let shown = started;
  let count = 0;
  let failure: Error | undefined;
  const holders = new Map<string | undefined, number>();
  for (const { customer } of partner.customers) {
    holders.set(customer.externalId, (holders.get(customer.externalId) ?? 0) + 1);
  }
  const worker = async () => {
    for (const { listed, key } of waiting) {
      if (failure !== undefined) return;
      const same = holders.get(listed.customer.externalId) ?? 1;
      try {
        if (same > 1) unread.set(key, leftOut(listed, `${same} customers have this externalId`));
        else store.save(key, await readCustomer(run, listed, partner));
      } catch (error) {
        if (!isOfCustomer(error)) throw error;
        unread.set(key, leftOut(listed, `it can't be read: ${error.message}`));
      }
      // The users are not needed any more: free the memory.
      partner.subscribers.delete(listed.customer.id);
      count++;
      if (!screen.isTerminal && Date.now() - shown < 15_000) continue;
      shown = Date.now();
      const left = ((shown - started) / count) * (missing.length - count);
      screen.status(`${count} of ${missing.length} customers read, about ${minutes(left)} left`);
    }
  };
  const stop = (error: Error) => {
    failure ??= error;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => worker().catch(stop)));
  if (failure === undefined) return unread;
  throw new Error(
    `${failure.message}\n${count} of ${missing.length} customers were read. Run the same command again: it goes on from there`,
  );
}

/** True if Webex refuses to return the objects of one customer. The other customers can still be read. */
function isOfCustomer(error: unknown): error is WebexApiError {
  return error instanceof WebexApiError && [403, 404].includes(error.status);
}

function leftOut({ customer: { id, externalId = '', status } }: Listed, why: string): FoundCustomer {
  return { id, externalId, status, notes: [`is left out, because ${why}`] };
}

/** The message before the customers are read: their number, and an estimate of requests and time. */
function beforehand({ customers, subscribers }: Partner, missing: readonly Listed[]): string {
  const known = customers.length - missing.length;
  const users = [...subscribers.values()].reduce((sum, each) => sum + each.length, 0);
  const requests = missing.reduce((sum, { customer }) => sum + requestsFor(customer), 0);
  const before = known > 0 ? `, ${known} of them read before` : '';
  return (
    `${counted(customers.length, 'customer')}, ${counted(users, 'user')}${before}: about ${requests} requests more, ` +
    `${minutes((requests / PER_MINUTE) * 60_000)} at ${PER_MINUTE} a minute`
  );
}

/** The least number of requests for a customer with one location: people, locations, licenses and calling details. */
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
  const counts = { customers: 0, locations: 0, users: 0 };
  const notes: string[] = [];
  for (const { externalId, declaration, notes: own } of customers) {
    for (const note of own) notes.push(`  ${externalId}: ${note}`);
    if (declaration === undefined) continue;
    counts.customers++;
    counts.locations += declaration.locations.length;
    counts.users += declaration.users.length;
  }
  const lines = [
    `${as} written to ${out}: ${counted(counts.customers, 'customer')}, ` +
      `${counted(counts.locations, 'location')} besides headquarters, ${counted(counts.users, 'user')}`,
  ];
  if (provisioningId === undefined && as !== 'json')
    lines.push('the provisioning ID is a gap, because Webex never tells it: --template PROVISIONING_ID fills it');
  if (notes.length > 0) lines.push('what could not be declared, or needs a look:', ...notes);
  return lines;
}
