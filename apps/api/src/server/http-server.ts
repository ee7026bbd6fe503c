import type { Server } from 'node:http';

import { createAdaptorServer } from '@hono/node-server';

import { StartRefused } from './start-refused.ts';

type Fetch = (request: Request, environment: object) => Response | Promise<Response>;

export type HttpServer = {
  readonly url: string;
  /** Hands the requests to the shop; until then they are told to come back. */
  serve(fetch: Fetch): void;
  /** Takes no more requests, lets those under way finish, and cuts off what takes too long. */
  close(): Promise<void>;
};

const LONGEST_FAREWELL_MILLISECONDS = 10_000;

/** Takes the port at once, before anything costly is done: a taken one is known within the first moment. */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let fetch: Fetch = () => new Response(null, { status: 503, headers: { 'Retry-After': '1' } });
  const server = createAdaptorServer({
    fetch: (request, environment) => fetch(request, environment),
  }) as Server;
  await bindTo(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort(server)}`,
    serve: (shop) => {
      fetch = shop;
    },
    close: () => close(server),
  };
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
  switch (error.code) {
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
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  const cutOff = setTimeout(() => {
    server.closeAllConnections();
  }, LONGEST_FAREWELL_MILLISECONDS);
  await closed;
  clearTimeout(cutOff);
}
