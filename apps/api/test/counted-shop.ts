import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { inject } from 'vitest';

import {
  countStatements,
  createTestDatabase,
  postgresShop,
} from '@kastoma/adapters-postgres/testing';
import type { ShopPorts } from '@kastoma/application/testing';

import type { Wiring } from '../src/composition/container.ts';
import { TOKENS } from '../src/composition/tokens.ts';
import { readEnvironment } from '../src/config/environment.ts';
import { closeAll, type Closing } from '../src/server/closing.ts';
import { wireShop } from '../src/server/wired-shop.ts';

type CountedAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** What the shop has asked its database for that answer. */
  readonly statements: readonly string[];
};

/** A whole shop without a socket and with nothing else going on in it, so that what a request costs can be counted. */
export type CountedShop = {
  /** To put things into it. */
  readonly ports: ShopPorts;
  readonly wiring: Wiring;
  /** A path below `/api/v1`. One at a time. */
  ask(path: string, init?: RequestInit): Promise<CountedAnswer>;
  close(): Promise<void>;
};

/** Opened as on the embedded database, which one process has for itself. */
export async function openCountedShop(): Promise<CountedShop> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'kastoma-counted-'));
  const { database, drop } = await createTestDatabase(inject('postgresUrl'));
  const environment = readEnvironment({
    KASTOMA_ENV: 'test',
    KASTOMA_DATA_DIR: dataFolder,
    KASTOMA_RATE_LIMITS: 'off',
  });
  if (environment.isErr()) throw new Error(environment.error.join(' '));
  const closing: Closing = {};
  const circumstances = { database, url: 'http://shop', isShuttingDown: () => false };
  const wiring = await wireShop(environment.value, circumstances, () => undefined, closing);
  const app = wiring.get(TOKENS.httpApp);
  return {
    ports: postgresShop(database),
    wiring,
    ask: async (path, init) => {
      const { value, statements } = await countStatements(database, async () => {
        const response = await app.request(`http://shop/api/v1${path}`, init);
        return { status: response.status, headers: response.headers, text: await response.text() };
      });
      return { ...value, statements };
    },
    close: async () => {
      await closeAll(closing);
      await drop();
      await rm(dataFolder, { recursive: true });
    },
  };
}
