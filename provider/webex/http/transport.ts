import { isUtf8 } from 'node:buffer';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { isLoopback } from './url';

/** One HTTP request, ready to be sent. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  url: URL;
  headers: Record<string, string>;
  body?: string;
}

/** One complete HTTP answer. */
export interface HttpAnswer {
  status: number;
  /**
   * Headers by lower-case name. A repeated header has its first value here, Link all values (RFC 8288 allows several).
   */
  headers: Record<string, string | undefined>;
  body: string;
  /** The body is not valid UTF-8, the encoding that RFC 8259, 8.1 requires for JSON between systems. */
  notUtf8?: true;
}

/** A request failed without a usable answer. */
export class TransportFailure extends Error {
  /**
   * @param kind `never-sent`: no connection came about; `certificate`: the server's certificate can't be trusted;
   *   `lost`: the request may have arrived; `too-large`: an answer came, and was cut off
   */
  constructor(
    readonly kind: 'never-sent' | 'certificate' | 'lost' | 'too-large',
    /** The reason in a message, e.g. `connection refused (ECONNREFUSED)`. */
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Sends one request once. @throws TransportFailure */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

export interface TransportLimits {
  /** Milliseconds from the start of a request to the last byte of its answer, at most. */
  timeout: number;
  connections: number;
  /** Bytes of an answer, at most. */
  maxAnswerBytes: number;
}

/** Connects to one host by undici: certificates always verified, redirects never followed, time and size bounded. */
export function createTransport(base: URL, limits: TransportLimits): { send: Send; close(): Promise<void> } {
  const dispatcher = createDispatcher(base, limits);
  const send: Send = async ({ method, url, headers, body }) => {
    const signal = AbortSignal.timeout(limits.timeout);
    try {
      // undici's request() follows no redirects without an interceptor for them.
      const answer = await request(url, { method, headers, body, dispatcher, signal });
      const bytes = await readAll(decoded(answer.body, answer.headers['content-encoding']), limits.maxAnswerBytes);
      return {
        status: answer.statusCode,
        headers: singleValues(answer.headers),
        body: text(bytes),
        ...(!isUtf8(bytes) && { notUtf8: true }),
      };
    } catch (error) {
      throw signal.aborted
        ? new TransportFailure('lost', `no complete answer within ${limits.timeout / 1000} s`)
        : asTransportFailure(error);
    }
  };
  return { send, close: () => dispatcher.destroy() };
}

function createDispatcher(base: URL, limits: TransportLimits): Dispatcher {
  // Set explicitly, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes only the default.
  const tls = { rejectUnauthorized: true };
  const options: Agent.Options = {
    connections: limits.connections,
    connect: { ...tls, timeout: Math.min(10_000, limits.timeout) },
    headersTimeout: limits.timeout,
    bodyTimeout: limits.timeout,
  };
  // Through a proxy (HTTPS_PROXY), TLS still ends at Webex. Plain http never leaves this machine.
  if (base.protocol === 'https:' && !isLoopback(base.hostname)) {
    return new EnvHttpProxyAgent({ ...options, requestTls: tls, proxyTls: tls });
  }
  return new Agent(options);
}

function singleValues(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (!Array.isArray(value)) return [name, value];
      return [name, name === 'link' ? value.join(', ') : value[0]];
    }),
  );
}

const DECODERS = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress };

/** The body without its compression, which is not asked for: proxies compress all the same (RFC 9110, 12.5.3). */
function decoded(body: Readable, encoding: string | string[] | undefined): Readable {
  const name = String(encoding ?? '').toLowerCase() as keyof typeof DECODERS;
  // A failure reaches the reader, too.
  return Object.hasOwn(DECODERS, name) ? pipeline(body, DECODERS[name](), () => undefined) : body;
}

/** The text of a body, without the byte order mark that JSON must not have (RFC 8259, 8.1). */
function text(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}

async function readAll(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // Leaving the loop destroys the stream, which closes the connection.
    if (size > maxBytes) throw new TransportFailure('too-large', `more than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const NEVER_SENT: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name could not be resolved',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'network unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  ERR_SSL_WRONG_VERSION_NUMBER: 'there is no TLS at this port',
};

function asTransportFailure(error: unknown): TransportFailure {
  if (error instanceof TransportFailure) return error;
  const { code = 'unknown', syscall } = error instanceof Error ? (error as NodeJS.ErrnoException) : {};
  const known = NEVER_SENT[code];
  if (known || syscall === 'connect' || syscall === 'getaddrinfo') {
    return new TransportFailure('never-sent', `${known ?? 'no connection'} (${code})`);
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return new TransportFailure('certificate', `the secure connection failed (${code})`);
  }
  return new TransportFailure('lost', `the connection broke before the answer was complete (${code})`);
}
