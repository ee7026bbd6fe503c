import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

import { expect, it, onTestFinished, vi } from 'vitest';

import { connect, newDataFolder, start } from '../test/data-folders.ts';
import { findFreePort } from './free-port.ts';

vi.mock(import('./free-port.ts'), { spy: true });

it('takes another port when somebody else was faster', async () => {
  const taken = await listen();
  onTestFinished(() => {
    taken.close();
  });
  const address = taken.address();
  if (address === null || typeof address === 'string') throw new Error('No port.');
  vi.mocked(findFreePort).mockResolvedValueOnce(address.port);

  const server = await start(newDataFolder());
  expect(findFreePort).toHaveBeenCalledTimes(2);
  expect(server.port).not.toBe(address.port);
  expect(await connect(server.url)`select 1 as one`).toEqual([{ one: 1 }]);
});

async function listen(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
