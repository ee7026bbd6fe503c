import { ok } from 'neverthrow';
import { expect, it } from 'vitest';

import { SESSION_LIFE_MILLISECONDS, type TokenHash } from '@kastoma/domain/identity';

import { BUILT_AT } from '../testing/builders/builder-ids.ts';
import { aSession } from '../testing/builders/session.builder.ts';
import { SHOP } from '../testing/contexts.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import { MovingClock } from '../testing/ports/moving-clock.ts';
import { givenCustomer } from '../testing/stocked-shop.ts';
import { ForgetEndedSessions } from './forget-ended-sessions.use-case.ts';

const THIRTY_DAYS_SECONDS = 30 * 24 * 60 * 60;

it('sessions and mailed tokens that ended are deleted after thirty days, however many they are', async () => {
  const shop = inMemoryShop();
  const clock = new MovingClock(BUILT_AT);
  const forget = new ForgetEndedSessions({ unitOfWork: shop.identity, clock });
  const userId = await givenCustomer(shop);
  const given = shop.identity.run(SHOP, async ({ sessions, oneTimeTokens }) => {
    for (let count = 0; count < 2_001; count += 1)
      expect((await sessions.save(aSession(userId))).isOk()).toBe(true);
    const createdAt = clock.now();
    clock.advance(SESSION_LIFE_MILLISECONDS / 1_000);
    const hash = 'hash' as TokenHash;
    return oneTimeTokens.replace({
      purpose: 'password_reset',
      userId,
      hash,
      createdAt,
      expiresAt: clock.now(),
    });
  });
  expect((await given).isOk()).toBe(true);

  clock.advance(THIRTY_DAYS_SECONDS);
  expect(await forget.execute(SHOP)).toEqual(ok({ sessions: 0, oneTimeTokens: 0 }));
  clock.advance(1);
  expect(await forget.execute(SHOP)).toEqual(ok({ sessions: 2_001, oneTimeTokens: 1 }));
  expect(await forget.execute(SHOP)).toEqual(ok({ sessions: 0, oneTimeTokens: 0 }));
});
