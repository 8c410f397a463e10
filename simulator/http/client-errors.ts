import type { Duplex } from 'node:stream';
import { ApiError } from '../api-error';
import { newTrackingId } from './error-response';

/** What Node's HTTP parser can't read, and what is answered then; anything else is 400. */
const STATUSES: Readonly<Record<string, readonly [status: number, phrase: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** Answers a request that isn't HTTP, in the shape of all other errors, and closes the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, phrase] = STATUSES[error.code ?? ''] ?? [400, 'Bad Request'];
  const trackingId = newTrackingId();
  const body = JSON.stringify(new ApiError(status, 'The request could not be understood.').body(trackingId));
  socket.end(
    `HTTP/1.1 ${status} ${phrase}\r\nContent-Type: application/json\r\ntrackingid: ${trackingId}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
