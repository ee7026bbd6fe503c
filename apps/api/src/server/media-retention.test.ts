import { okAsync, ResultAsync } from 'neverthrow';
import { expect, it, vi } from 'vitest';

import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { deleteUnusedMediaHourly } from './media-retention.ts';

function started(outcome: () => ResultAsync<unknown, unknown>) {
  const execute = vi.fn(outcome);
  const parts = new Map<unknown, unknown>([[TOKENS.deleteUnusedMedia, { execute }]]);
  const wiring: Wiring = { get: (name) => parts.get(name) as never };
  const log = vi.fn();
  return { execute, log, end: deleteUnusedMediaHourly(wiring, log) };
}

it('images that no product shows are deleted by the shop itself', async () => {
  const { execute, log, end } = started(() => okAsync(3));
  end();
  expect(execute.mock.calls).toEqual([[systemContext('media-retention')]]);
  expect(log.mock.calls).toEqual([]);
});

it('a bucket that does not answer is a warning, and the next hour tries again', async () => {
  const gone = () => ResultAsync.fromSafePromise(Promise.reject(new Error('No answer.')));
  const { log, end } = started(gone);
  await vi.waitUntil(() => log.mock.calls.length > 0);
  end();
  expect(log.mock.calls).toMatchObject([['warning', expect.any(String), {}]]);
});
