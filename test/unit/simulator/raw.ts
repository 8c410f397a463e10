import { connect } from 'node:net';

/** One answer of a connection. */
export interface RawAnswer {
  status: number;
  head: string;
  body: string;
}

/**
 * Writes bytes to a server as they are and reads what comes back, until it has been silent for a while or the
 * connection ends: for requests that no HTTP client would send.
 */
export async function raw(url: string, bytes: string, silence = 250): Promise<RawAnswer[]> {
  const { hostname, port } = new URL(url);
  const text = await new Promise<string>((resolve) => {
    let received = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes, 'latin1'));
    const end = () => {
      socket.destroy();
      resolve(received);
    };
    let timer = setTimeout(end, silence * 8);
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(end, silence);
    });
    socket.on('error', end).on('close', end);
  });
  return text
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((part) => part !== '')
    .map((part) => {
      const [head = '', ...body] = part.split('\r\n\r\n');
      return { status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') };
    });
}
