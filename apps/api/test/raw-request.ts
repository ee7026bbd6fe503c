import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

/** A request as a client that keeps no rules sends it: nothing is encoded, completed or checked. */
export type RawRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
};

export type RawAnswer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 8 });

export function sendRaw(
  url: string,
  { method, path, headers, body }: RawRequest,
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    sent.on('error', reject);
    if (body === null) sent.end();
    else sent.end(body);
  });
}

/** Writes bytes to a socket, piece by piece, and reads until there are enough answers or the other side closes. */
export function sendBytes(
  url: string,
  pieces: readonly (string | Buffer)[],
  {
    pauseMilliseconds = 0,
    answers = Infinity,
  }: { pauseMilliseconds?: number; answers?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => {
      const write = (index: number): void => {
        const piece = pieces[index];
        if (piece === undefined || socket.destroyed) return;
        socket.write(piece);
        setTimeout(() => {
          write(index + 1);
        }, pauseMilliseconds);
      };
      write(0);
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const read = Buffer.concat(chunks).toString('utf8');
      if (statusesIn(read).length >= answers && read.endsWith('}')) socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // Who is refused early may find the door shut while still talking; what was answered counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('utf8'));
    });
  });
}

/** The statuses of the answers in what came over one connection. */
export function statusesIn(bytes: string): readonly number[] {
  return [...bytes.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}
