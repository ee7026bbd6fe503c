import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A Redis of one's own on the PATH's `redis-server`, to be killed and started again; it remembers nothing. */
export class OwnRedis {
  readonly #port: number;
  #server: ChildProcess | null = null;

  private constructor(port: number) {
    this.#port = port;
  }

  /** Null where there is none on the PATH. */
  static async open(): Promise<OwnRedis | null> {
    const redis = new OwnRedis(await freePort());
    return (await redis.start()) ? redis : null;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<boolean> {
    const words = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', ''];
    const server = spawn('redis-server', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const spawned = await new Promise<boolean>((resolve) => {
      server.once('spawn', () => resolve(true));
      server.once('error', () => resolve(false));
    });
    if (!spawned) return false;
    this.#server = server;
    for await (const text of server.stdout)
      if (String(text).includes('Ready to accept connections')) break;
    return true;
  }

  async kill(): Promise<void> {
    const server = this.#server;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
