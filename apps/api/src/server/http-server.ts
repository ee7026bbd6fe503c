import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

import { getRequestListener, RequestError } from '@hono/node-server';

import { refuseEarly } from '@kastoma/adapters-http';
import type { KeptAnswer } from '@kastoma/application/core';

import { StartRefused } from './start-refused.ts';

type Fetch = (request: Request, environment: object) => Response | Promise<Response>;

export type HttpServer = {
  readonly url: string;
  /** Hands the requests to the shop; until then they are told to come back. */
  serve(fetch: Fetch): void;
  /** Takes no more requests, lets those under way finish, and cuts off what takes too long. */
  close(): Promise<void>;
};

const LONGEST_FAREWELL_MILLISECONDS = 6_000;
const HANG_UP_MILLISECONDS = 50;
const LAST_REQUESTS_MILLISECONDS = 100;

/** How long a client may take, all in milliseconds. Who trickles in headers or a body holds a socket, and no more. */
export type Patience = {
  readonly headers: number;
  readonly wholeRequest: number;
  /** The same where a file is taken in while it arrives. */
  readonly upload: number;
  /** Nothing moves either way: nobody reads what was asked for. */
  readonly silence: number;
  /** How often all of that is looked at. */
  readonly checkedEvery: number;
};

const PATIENCE: Patience = {
  headers: 10_000,
  wholeRequest: 60_000,
  upload: 3_600_000,
  silence: 120_000,
  checkedEvery: 2_000,
};

/** Takes the port at once, before anything costly is done: a taken one is known within the first moment. */
export async function listen(
  host: string,
  port: number,
  patience: Patience = PATIENCE,
): Promise<HttpServer> {
  let fetch: Fetch = () => toResponse(refuseEarly('service.unavailable', { 'Retry-After': '1' }));
  const listener = getRequestListener(
    (request, environment) =>
      climbs(environment.incoming.url)
        ? toResponse(refuseEarly('request.not_found'))
        : fetch(request, environment),
    { errorHandler: refuseUnreadable },
  );
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (isUpload(incoming.url)) outgoing.once('finish', () => hurry(incoming, patience));
    else hurry(incoming, patience);
    listener(incoming, outgoing).catch((error: unknown) => {
      outgoing.destroy(error as Error);
    });
  };
  // A request without a host is refused by the listener, in the envelope; Node would say nothing.
  const server = createServer(
    {
      requireHostHeader: false,
      requestTimeout: patience.upload,
      headersTimeout: patience.headers,
      connectionsCheckingInterval: patience.checkedEvery,
    },
    answer,
  );
  server.setTimeout(patience.silence);
  server.on('checkExpectation', answer);
  server.on('clientError', refuseGarbage);
  await bindTo(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort(server)}`,
    serve: (shop) => {
      fetch = shop;
    },
    close: () => close(server),
  };
}

const UPLOAD = /^\/api\/v1\/products\/import\/?(?:\?|$)/;

function isUpload(url = ''): boolean {
  return UPLOAD.test(url);
}

/** What has not arrived by then is not waited for. Of an upload that was answered before its end, nothing is. */
function hurry(incoming: IncomingMessage, { wholeRequest }: Patience): void {
  if (incoming.complete) return;
  const timer = setTimeout(() => {
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    if (!incoming.complete) refuseGarbage(late, incoming.socket);
  }, wholeRequest);
  incoming.once('close', () => {
    clearTimeout(timer);
  });
}

const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * Whether a path has a segment of dots. Resolving it would name another thing than the client wrote, and one that is
 * deleted may be the parent of what was meant.
 */
function climbs(url = ''): boolean {
  const [path = ''] = url.split(/[?#]/, 1);
  return DOT_SEGMENT.test(path);
}

/** An address or a host that no URL can have. */
function refuseUnreadable(error: unknown): Response {
  if (!(error instanceof RequestError)) throw error;
  return toResponse(refuseEarly('request.malformed_http'));
}

function toResponse({ status, headers, body }: KeptAnswer): Response {
  return new Response(body, { status, headers });
}

/** What Node could not read as HTTP; there is no request to answer, only a socket. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, headers, body } = refuseEarly(refusalFor(error.code));
  const lines = Object.entries({
    ...headers,
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines].join('\r\n');
  socket.end(`${head}\r\n\r\n${body}`);
}

function refusalFor(code: string | undefined) {
  switch (code ?? '') {
    case 'HPE_HEADER_OVERFLOW':
      return 'request.headers_too_large';
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return 'request.too_large';
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return 'request.timed_out';
    default:
      return 'request.malformed_http';
  }
}

function bindTo(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new StartRefused(remedyFor(error, host, port), { cause: error }));
    });
    server.listen(port, host, resolve);
  });
}

function remedyFor(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code ?? '') {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken: stop what listens there, or set PORT to another one.`;
    case 'EACCES':
      return `Port ${port} is for the system's own services: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine: set HOST to one that is, such as 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}:${port} (${error.code ?? error.message}): set HOST and PORT.`;
  }
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  // Node would hang up on a connection whose request has arrived and was not read yet as on an idle one.
  await pause(LAST_REQUESTS_MILLISECONDS);
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A connection that has had its last answer would be kept open for the next request, which will not be taken.
  const hangUp = setInterval(() => {
    server.closeIdleConnections();
  }, HANG_UP_MILLISECONDS);
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, LONGEST_FAREWELL_MILLISECONDS);
  await closed;
  clearInterval(hangUp);
  clearTimeout(cutOff);
}
