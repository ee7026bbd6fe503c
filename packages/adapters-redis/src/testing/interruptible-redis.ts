import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A way to a real Redis that can be cut, blocked and restored. */
export type InterruptibleRedis = {
  readonly url: string;
  /** Ends every connection and takes no new one, as a server does that dies. */
  readonly cut: () => Promise<void>;
  /** Takes connections again, at the same address. */
  readonly restore: () => Promise<void>;
  /** Keeps connections open and says nothing, as a server does that hangs. */
  readonly block: () => void;
};

export async function interruptibleRedis(redisUrl: string): Promise<InterruptibleRedis> {
  const target = new URL(redisUrl);
  const sockets = new Set<Socket>();
  let blocked = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A connection that is cut fails on both sides; the limiter under test is told by its own.
    socket.on('error', () => socket.destroy());
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((client) => {
      const upstream = connect({ host: target.hostname, port: Number(target.port || 6379) });
      keep(client);
      keep(upstream);
      client.on('data', (chunk) => blocked || upstream.write(chunk));
      upstream.on('data', (chunk) => client.write(chunk));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const { username, password, pathname } = target;
  const credentials = password === '' ? '' : `${username}:${password}@`;
  return {
    url: `redis://${credentials}127.0.0.1:${port}${pathname}`,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async restore() {
      blocked = false;
      server = await listen(port);
    },
    block() {
      blocked = true;
    },
  };
}
