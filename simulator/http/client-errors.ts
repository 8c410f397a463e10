import type { Duplex } from 'node:stream';
import { ApiError } from '../api-error';
import { newTrackingId } from './error-response';

/** Answers to errors of Node's HTTP parser; all others are 400. */
const STATUSES: Readonly<Record<string, readonly [status: number, phrase: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};

/** Answers invalid HTTP with an error in the usual shape, and closes the connection. */
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
