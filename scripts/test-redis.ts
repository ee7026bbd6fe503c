import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const tries = 100;
const pauseMs = 50;

/** A Redis without persistence, from the `redis-server` on the PATH; null where there is none. */
export async function startRedis(
  folder: string,
): Promise<{ url: string; stop(): Promise<void> } | null> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (!(await isOnThePath(server))) return null;
  await untilItAccepts(port, server);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function isOnThePath(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('spawn', () => resolve(true));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port for Redis.');
  return address.port;
}

async function untilItAccepts(port: number, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (server.exitCode !== null) throw new Error(`redis-server ended with ${server.exitCode}.`);
    if (await accepts(port)) return;
    await pause(pauseMs);
  }
  throw new Error(`redis-server does not answer on port ${port}.`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
