import { isWrite } from './operation';

/** An API request in the control plane's log; status 0 if it was cut off. Headers are never kept. */
export interface LoggedRequest {
  at: string;
  method: string;
  path: string;
  query: string;
  status: number;
  trackingId: string;
  body?: unknown;
}

const KEPT = 1000;

/** Longer bodies are not kept. */
const MAX_BODY = 65_536;

/** Counts and remembers the API requests of this process. */
export class RequestLog {
  private readonly requests: { request: Omit<LoggedRequest, 'body'>; text: string }[] = [];
  private readonly byOperation = new Map<string, number>();
  private readonly byStatus = new Map<string, number>();
  private total = 0;
  private writes = 0;

  /** Logs a request. `operationPath` has parameters in braces; undefined for an undocumented path. */
  add(request: Omit<LoggedRequest, 'body'>, operationPath: string | undefined, bodyText: string): void {
    const operation = `${request.method} ${operationPath ?? '(unknown path)'}`;
    this.total += 1;
    if (isWrite(request.method, operationPath ?? request.path)) this.writes += 1;
    this.byOperation.set(operation, (this.byOperation.get(operation) ?? 0) + 1);
    this.byStatus.set(String(request.status), (this.byStatus.get(String(request.status)) ?? 0) + 1);
    this.requests.push({ request, text: bodyText.length > MAX_BODY ? '' : bodyText });
    if (this.requests.length > KEPT) this.requests.shift();
  }

  /** Numbers of requests: total, writes (without prechecks), by operation, and by status of the answer. */
  counts(): { total: number; writes: number; byOperation: Record<string, number>; byStatus: Record<string, number> } {
    const [byOperation, byStatus] = [Object.fromEntries(this.byOperation), Object.fromEntries(this.byStatus)];
    return { total: this.total, writes: this.writes, byOperation, byStatus };
  }

  /** The last requests, oldest first. */
  recent(): readonly LoggedRequest[] {
    return this.requests.map(({ request, text }) => {
      const body = jsonOf(text);
      return body === undefined ? request : { ...request, body };
    });
  }

  /** Resets the counts. */
  reset(): void {
    this.requests.length = 0;
    this.byOperation.clear();
    this.byStatus.clear();
    this.total = 0;
    this.writes = 0;
  }
}

function jsonOf(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    // A body that is nested too deeply to be serialized is not shown.
    JSON.stringify(body);
    return body;
  } catch {
    return undefined;
  }
}
