import { z } from 'zod';
import type { Api, Call, Query } from './api';
import { WebexApiError, WebexResponseError } from './errors';

/** A list operation. */
export interface ListCall<T> {
  path: string;
  query: Query;
  item: z.ZodType<T>;
  /** Name of the list in the answer: `items` almost everywhere. */
  key?: string;
  /** Number of items a page, sent as `max`. */
  max: number;
  /** Set for lists whose large pages time out: the size of the first page. A 504 halves it, for all later lists. */
  pageSize?: PageSize;
  /** Whether an entry of the list is an item. Default: every entry is. */
  isItem?: (entry: unknown) => boolean;
  /** The key of an item: an item that moves to the next page during the reading is not listed twice. */
  identity: (item: T) => string;
}

/** Enough for a quarter of a million customers. A list with more pages is taken as endless. */
const MOST_PAGES = 2500;

/** The present limit of the items a page; a page of one item is retried after a 504 like any other request. */
export interface PageSize {
  most: number;
  /** Waits before a page gets smaller than Webex should ever need: a 504 is probably a bad moment then. */
  readonly hesitate: (most: number) => Promise<void>;
}

/** The pages of a list, one request each; the last one is the return value, so that it is known as the last. */
export type Pages<T> = Pick<AsyncGenerator<T[], T[]>, 'next'>;

/** All items of a list. An item that moved to the next page while the list was read is there once, as it was last. */
export async function allOf<T>(pages: Pages<T>, identity: (item: T) => string): Promise<T[]> {
  const found = new Map<string, T>();
  for (;;) {
    const { value, done } = await pages.next();
    for (const item of value) found.set(identity(item), item);
    if (done) return [...found.values()];
  }
}

/** Reads a list that pages by `start` and `max` (numbers, calling locations). @returns all items */
export function listByStart<T>(api: Api, list: ListCall<T>): Promise<T[]> {
  return allOf(pagesByPosition(api, list, 'start'), list.identity);
}

/** Reads a list that pages by `offset` (wholesale customers and subscribers) or `start`, and `max`. */
export async function* pagesByPosition<T>(
  api: Api,
  list: ListCall<T>,
  parameter: 'offset' | 'start',
): AsyncGenerator<T[], T[]> {
  const found = new Set<string>();
  for (let position = 0, pages = 1; ; pages++) {
    const query = { ...list.query, max: list.max, ...(position > 0 && { [parameter]: position }) };
    const { items, next } = await getPage(api, list, query, pages);
    const before = found.size;
    for (const item of items) found.add(list.identity(item));
    position += items.length;
    // A page with fewer than `max` items is not the last one if it has a Link header.
    if (items.length === 0 || (items.length < list.max && !next)) return items;
    if (found.size === before) throw doesNotAdvance(list.path);
    yield items;
  }
}

/**
 * Reads a list that pages by the Link header (locations, people; https://developer.webex.com/docs/basics#pagination).
 * Only the query of the next page's URL is used, so that a link never sends the token to another host.
 */
export async function* pagesByLink<T>(api: Api, list: ListCall<T>): AsyncGenerator<T[], T[]> {
  const asked = new Set<string>();
  const found = new Set<string>();
  for (let query: Query = { ...list.query, max: list.max }; ; ) {
    const page: Page<T> = await getPage(api, list, query, asked.size + 1);
    asked.add(JSON.stringify(query));
    // Ignore the `next` link of an empty page.
    if (page.entries === 0 || page.next === undefined) return page.items;
    query = page.next;
    const before = found.size;
    for (const item of page.items) found.add(list.identity(item));
    const isRepeated = page.items.length > 0 && found.size === before;
    if (isRepeated || asked.has(JSON.stringify(query))) throw doesNotAdvance(list.path);
    yield page.items;
  }
}

interface Page<T> {
  items: T[];
  /** Number of its entries, including those that are no items. */
  entries: number;
  /** The query of the next page, where a Link header names one. */
  next: Query | undefined;
}

async function getPage<T>(api: Api, list: ListCall<T>, query: Query, pages: number): Promise<Page<T>> {
  if (pages > MOST_PAGES) {
    const problem = `the list has more than ${MOST_PAGES} pages`;
    throw new WebexResponseError('GET', list.path, problem, { outcomeUnknown: false });
  }
  const key = list.key ?? 'items';
  let entries = 0;
  const onlyItems = (value: unknown) => {
    if (!Array.isArray(value)) return value;
    entries = value.length;
    return value.filter(list.isItem ?? (() => true));
  };
  const schema = z.object({ [key]: z.preprocess(onlyItems, z.array(list.item).optional()) });
  const answer = await askForPage(list, query, (call) => api.call(call, schema, (body) => body[key] !== undefined));
  // A page without the list counts as empty, but only if the server is proved to be Webex.
  if (answer.body[key] === undefined) await api.demandProof({ method: 'GET', path: list.path });
  return { items: answer.body[key] ?? [], entries, next: nextQuery(answer.headers.link) };
}

/** Requests a page, and a smaller one after each 504. */
async function askForPage<T, R>(list: ListCall<T>, query: Query, ask: (call: Call) => Promise<R>): Promise<R> {
  const { path, pageSize } = list;
  const call = { method: 'GET', path, query } as const;
  if (!pageSize) return ask(call);
  for (;;) {
    const max = Math.min(Number(query.max ?? list.max), pageSize.most);
    const mayShrink = max > 1;
    try {
      return await ask({ ...call, query: { ...query, max }, ...(mayShrink && { finalStatuses: [504] }) });
    } catch (error) {
      if (!mayShrink || !(error instanceof WebexApiError) || error.status !== 504) throw error;
      pageSize.most = Math.min(pageSize.most, Math.floor(max / 2));
      await pageSize.hesitate(pageSize.most);
    }
  }
}

/** The error that ends a list whose server ignores the position, which would never end otherwise. */
function doesNotAdvance(path: string): WebexResponseError {
  return new WebexResponseError('GET', path, 'paging does not advance: a page holds nothing new', {
    outcomeUnknown: false,
  });
}

/**
 * The query of the `rel="next"` entry of a Link header. The entries `prev`, `first` and `last` are ignored.
 */
function nextQuery(link: string | undefined): Query | undefined {
  for (const [, target = '', parameters = ''] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*("([^"]*\s)?next[\s"]|next\b)/i.test(parameters) || !target.includes('?')) continue;
    const parsed = new URLSearchParams(target.slice(target.indexOf('?') + 1));
    return Object.fromEntries([...new Set(parsed.keys())].map((name) => [name, parsed.getAll(name)]));
  }
  return undefined;
}
