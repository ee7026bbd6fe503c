import { err, ok, type ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, UserId } from '@kastoma/domain/core';
import type { OneTimeToken, TokenHash } from '@kastoma/domain/identity';

import type { OneTimeTokens } from '../../identity/one-time-tokens.port.ts';
import { BUILT_AT } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const LIFE = 60_000;
const refused = err({ code: 'identity.one_time_token_refused' });

let lastHash = 0;

export function oneTimeTokensContract(open: OpenShop): void {
  describe('the tokens that are sent by mail', () => {
    const shop = shopOfSuite(open);

    it('are good once, for whom they were made', async () => {
      const userId = await givenCustomer(shop());
      const { hash } = await given(userId);
      expect(await ownerOf(hash)).toEqual(ok(userId));
      expect(await use(hash)).toEqual(ok(userId));
      expect(await use(hash)).toEqual(refused);
      expect(await ownerOf(hash)).toEqual(refused);
    });

    it('are good for their purpose alone', async () => {
      const userId = await givenCustomer(shop());
      const { hash } = await given(userId, { purpose: 'email_verification' });
      expect(await use(hash, { purpose: 'password_reset' })).toEqual(refused);
      expect(await ownerOf(hash, { purpose: 'password_reset' })).toEqual(refused);
      expect(await use(hash, { purpose: 'email_verification' })).toEqual(ok(userId));
    });

    it('are good until they expire, and not a moment longer', async () => {
      const userId = await givenCustomer(shop());
      const { hash, expiresAt } = await given(userId);
      expect(await use(hash, { at: expiresAt })).toEqual(refused);
      expect(await ownerOf(hash, { at: expiresAt })).toEqual(refused);
      expect(await use(hash, { at: (expiresAt - 1) as Instant })).toEqual(ok(userId));
    });

    it('are void when a newer one comes, used or not, and the newer one is good', async () => {
      const userId = await givenCustomer(shop());
      const first = await given(userId);
      const second = await given(userId);
      expect(await use(first.hash)).toEqual(refused);
      expect(await use(second.hash)).toEqual(ok(userId));
      const third = await given(userId);
      expect(await use(third.hash)).toEqual(ok(userId));
    });

    it('leave those of other people and purposes alone', async () => {
      const [one, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const mine = await given(one);
      await given(one, { purpose: 'email_verification' });
      await given(other);
      expect((await revoke(other, 'password_reset')).isOk()).toBe(true);
      expect((await revoke(one, 'email_verification')).isOk()).toBe(true);
      expect(await use(mine.hash)).toEqual(ok(one));
    });

    it('are void when they are revoked, and it does not matter whether there was one', async () => {
      const userId = await givenCustomer(shop());
      const { hash } = await given(userId);
      for (let time = 0; time < 2; time += 1)
        expect((await revoke(userId, 'password_reset')).isOk()).toBe(true);
      expect(await use(hash)).toEqual(refused);
    });

    it('serve one of ten who come with one at once', async () => {
      const userId = await givenCustomer(shop());
      const { hash } = await given(userId);
      const runs = await times(10, () => use(hash));
      expect(runs.filter((outcome) => outcome.isOk())).toEqual([ok(userId)]);
      expect(runs.filter((outcome) => outcome.isErr())).toEqual(
        Array.from({ length: 9 }, () => refused),
      );
    });

    it('are not used up by work that failed', async () => {
      const userId = await givenCustomer(shop());
      const { hash } = await given(userId);
      const failed = await run((tokens) =>
        tokens.use(presented(hash)).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(failed).toEqual(err({ code: 'test.refused' }));
      expect(await use(hash)).toEqual(ok(userId));
    });

    it('are deleted some at a time when they were used or expired long ago', async () => {
      const forget = (before: number, limit: number) =>
        run((tokens) => tokens.forgetSpent(before as Instant, limit));
      expect((await forget(BUILT_AT + 2 * LIFE, 1_000)).isOk()).toBe(true);
      const [one, other, third] = [
        await givenCustomer(shop()),
        await givenCustomer(shop()),
        await givenCustomer(shop()),
      ];
      const { hash } = await given(one);
      await given(other);
      await given(third);
      expect(await use(hash)).toEqual(ok(one));

      expect(await forget(BUILT_AT, 10)).toEqual(ok(0));
      expect(await forget(BUILT_AT + 1, 10)).toEqual(ok(1));
      expect(await forget(BUILT_AT + LIFE, 10)).toEqual(ok(0));
      expect(await forget(BUILT_AT + LIFE + 1, 1)).toEqual(ok(1));
      expect(await forget(BUILT_AT + LIFE + 1, 10)).toEqual(ok(1));
    });

    it('that nobody was ever sent are nobody’s', async () => {
      expect(await use('hash of nothing' as TokenHash)).toEqual(refused);
    });

    async function given(
      userId: UserId,
      { purpose = 'password_reset' }: Partial<OneTimeToken> = {},
    ): Promise<OneTimeToken> {
      lastHash += 1;
      const token: OneTimeToken = {
        purpose,
        userId,
        hash: `hash ${lastHash}` as TokenHash,
        createdAt: BUILT_AT as Instant,
        expiresAt: (BUILT_AT + LIFE) as Instant,
      };
      (await run((tokens) => tokens.replace(token)))._unsafeUnwrap();
      return token;
    }

    type Wishes = Partial<Pick<OneTimeToken, 'purpose'>> & { readonly at?: Instant };

    function presented(hash: TokenHash, { purpose = 'password_reset', at }: Wishes = {}) {
      return { purpose, hash, at: at ?? (BUILT_AT as Instant) };
    }

    function use(hash: TokenHash, wishes: Wishes = {}) {
      return run((tokens) => tokens.use(presented(hash, wishes)));
    }

    function ownerOf(hash: TokenHash, wishes: Wishes = {}) {
      return run((tokens) => tokens.ownerOf(presented(hash, wishes)));
    }

    function revoke(userId: UserId, purpose: OneTimeToken['purpose']) {
      return run((tokens) => tokens.revoke(userId, purpose));
    }

    function run<T, E>(work: (tokens: OneTimeTokens) => ResultAsync<T, E>) {
      return shop().identity.run(SHOP, ({ oneTimeTokens }) => work(oneTimeTokens));
    }
  });
}
