import { errAsync } from 'neverthrow';
import { expect, it, vi } from 'vitest';

import { systemContext } from '@kastoma/application/core';

import type { Wiring } from '../composition/container.ts';
import { TOKENS } from '../composition/tokens.ts';
import { forgetEndedSessionsHourly } from './session-retention.ts';

it('ended sessions are forgotten by the shop itself, and a failure to do so is a warning', async () => {
  const execute = vi.fn(() => errAsync({ code: 'core.concurrent_update' }));
  const parts = new Map<unknown, unknown>([[TOKENS.forgetEndedSessions, { execute }]]);
  const wiring: Wiring = { get: (name) => parts.get(name) as never };
  const log = vi.fn();
  const end = forgetEndedSessionsHourly(wiring, log);
  await vi.waitUntil(() => log.mock.calls.length > 0);
  end();
  expect(execute.mock.calls).toEqual([[systemContext('session-retention')]]);
  expect(log.mock.calls).toEqual([
    ['warning', expect.any(String), { code: 'core.concurrent_update' }],
  ]);
});
