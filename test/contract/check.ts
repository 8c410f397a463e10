import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { documentedOperations, haveDocuments, type Operation } from './documents';
import { isExcepted } from './exceptions';
import type { Exchange } from './recorder';

/** Checks exchanges against Cisco's published documents, if these are available. */
const operations: Operation[] = haveDocuments ? documentedOperations() : [];

/** The documented operation of an exchange. */
export function operationOf({ method, path: url }: Exchange): Operation | undefined {
  return operations.find((operation) => operation.matches(method, url));
}

/** The undocumented parts of a request. */
export function requestProblems(exchange: Exchange): string[] {
  const operation = operationOf(exchange);
  if (operation === undefined) return [`${exchange.method} ${exchange.path} is not documented`];
  const problems = exchange.query
    .filter((name) => !operation.parameters.includes(name))
    .map((name) => `${operation.name}: query parameter ${name} is not documented`);
  if (exchange.request !== undefined && !operation.hasBody)
    problems.push(`${operation.name}: a body is not documented`);
  if (operation.request && !operation.request(exchange.request)) {
    for (const error of operation.request.errors ?? []) problems.push(`${operation.name}: ${JSON.stringify(error)}`);
  }
  return problems.filter((problem) => !isExcepted(operation.name, problem));
}

/** Statuses of the documents that list errors; one document lists none at all, and means the same. */
const COMMON_ERRORS = [400, 401, 403, 404, 405, 409, 410, 415, 423, 428, 429, 500, 502, 503, 504];

/** The undocumented parts of an answer. */
export function responseProblems(exchange: Exchange): string[] {
  const operation = operationOf(exchange);
  const { status, response } = exchange;
  if (operation === undefined) return [];
  const where = `${operation.name} ${status}`;
  const listsErrors = [...operation.responses.keys()].some((listed) => listed >= 400);
  const documented = operation.responses.has(status) || (!listsErrors && COMMON_ERRORS.includes(status));
  const problems: string[] = documented ? [] : [`${where} is not a documented status`];
  const validate = operation.responses.get(status);
  // The documents of the batch jobs have another shape for 400.
  if (status >= 400 && !validate?.(response)) problems.push(...errorProblems(where, response));
  if (validate && status < 400 && !validate(response)) {
    for (const error of validate.errors ?? []) problems.push(`${where}: ${JSON.stringify(error)}`);
  }
  return problems.filter((problem) => !isExcepted(operation.name, problem));
}

/** Cisco's error shape (Webex REST API basics): message, errors with a description, trackingId. */
function errorProblems(where: string, body: unknown): string[] {
  const { message, errors, trackingId } = (body ?? {}) as Record<string, unknown>;
  const described = Array.isArray(errors) && errors.every((error) => typeof error?.description === 'string');
  const right = typeof message === 'string' && described && typeof trackingId === 'string';
  return right ? [] : [`${where}: not Cisco's error shape: ${JSON.stringify(body)}`];
}

/** The record of one operation. */
export interface Seen {
  exchanges: number;
  failures: number;
}

/**
 * Checks all exchanges of a test, and records each operation for the table at the end of the run.
 * @param sent true if the provider sent the requests; requests of a test itself may be invalid on purpose
 * @returns the problems; the test must fail if there are any
 */
export function checkExchanges(
  exchanges: readonly Exchange[],
  sent: 'by the provider' | 'by a test' = 'by the provider',
): string[] {
  if (!haveDocuments) return [];
  const seen: Record<string, Seen> = {};
  const all = new Set<string>();
  for (const exchange of exchanges) {
    const name = operationOf(exchange)?.name;
    if (name === undefined && sent === 'by a test') continue;
    const problems = [...(sent === 'by a test' ? [] : requestProblems(exchange)), ...responseProblems(exchange)];
    const label = name ?? `${exchange.method} (not documented)`;
    const row = seen[label] ?? { exchanges: 0, failures: 0 };
    seen[label] = row;
    row.exchanges += 1;
    if (problems.length > 0) row.failures += 1;
    for (const problem of problems) all.add(problem);
  }
  const folder = path.resolve(import.meta.dirname, '../../.state/exchanges');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${randomUUID()}.json`), JSON.stringify(seen));
  return [...all];
}
