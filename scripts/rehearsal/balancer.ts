import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands where the proxy stands: one address before replicas that come and go. */
export type Balancer = {
  readonly url: string;
  add(port: number): void;
  remove(port: number): void;
  close(): Promise<void>;
};

/** Opens on a free port of this machine and takes the replicas in turn. */
export async function openBalancer(): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;
  const server = createServer((incoming, answer) => {
    turn += 1;
    pass(incoming, answer, ports[turn % ports.length] ?? 0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (port) => {
      ports = [...ports, port];
    },
    remove: (port) => {
      ports = ports.filter((other) => other !== port);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function pass(incoming: IncomingMessage, answer: ServerResponse, port: number): void {
  const { method, url: path, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path, headers }, (coming) => {
    answer.writeHead(coming.statusCode ?? 502, coming.headers);
    coming.pipe(answer);
  });
  onward.once('error', (error) => {
    if (!answer.headersSent) answer.writeHead(502);
    answer.end(error.message);
  });
  incoming.pipe(onward);
}
