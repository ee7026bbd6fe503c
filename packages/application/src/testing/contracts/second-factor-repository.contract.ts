import { err, errAsync, ok, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, SecondFactorId, SessionId, UserId } from '@kastoma/domain/core';
import {
  SecondFactor,
  type SealedSecret,
  type SecondFactorState,
  type TokenHash,
} from '@kastoma/domain/identity';

import type { SecondFactorRepository } from '../../identity/second-factor-repository.port.ts';
import { builderIds, BUILT_AT } from '../builders/builder-ids.ts';
import { aSession } from '../builders/session.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const at = BUILT_AT as Instant;
const codes = ['hash one', 'hash two'] as TokenHash[];
const notFound = err({ code: 'identity.second_factor_not_found' });
const concurrent = err({ code: 'core.concurrent_update' });

export function secondFactorRepositoryContract(open: OpenShop): void {
  describe('the second factors that are kept', () => {
    const shop = shopOfSuite(open);

    it('are one for each person, and nobody’s else', async () => {
      const [userId, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      expect(await hold(userId)).toEqual(notFound);
      const kept = await given(userId);
      expect(await stateOf(userId)).toEqual(kept.state);
      expect((await shop().secondFactors.find(userId))._unsafeUnwrap().state).toEqual(kept.state);
      expect(await hold(other)).toEqual(notFound);
      expect(await shop().secondFactors.find(other)).toEqual(notFound);
    });

    it('are kept with all that became of them, and tell it', async () => {
      const userId = await givenCustomer(shop());
      await given(userId);
      const active = await activated(userId);
      expect(active.state).toMatchObject({
        confirmedAt: at,
        lastUsedStep: 55_000_000,
        recoveryCodes: codes,
      });
      const used = active.useRecoveryCode(codes[0] as TokenHash, at);
      if (used === null) expect.fail('There is such a code.');
      expect(await save(used.reseal('sealed anew' as SealedSecret))).toEqual(ok(undefined));
      expect(await stateOf(userId)).toMatchObject({
        secret: 'sealed anew',
        recoveryCodes: [codes[1]],
      });
      expect(await typesOf(active)).toEqual([
        'identity.second_factor_enabled',
        'identity.recovery_code_used',
      ]);
    });

    it('give way to a new one as long as they were not confirmed, and not from then on', async () => {
      const userId = await givenCustomer(shop());
      await given(userId);
      const next = await given(userId);
      expect(await stateOf(userId)).toEqual(next.state);
      const active = await activated(userId);
      expect(await save(aFactor(userId))).toEqual(concurrent);
      expect(await stateOf(userId)).toEqual(active.state);
    });

    it('are not saved over what somebody else has made of them', async () => {
      const userId = await givenCustomer(shop());
      await given(userId);
      const read = (await hold(userId))._unsafeUnwrap();
      await activated(userId);
      expect(await save(read.useStep(60_000_000))).toEqual(concurrent);
      expect(await remove(read)).toEqual(concurrent);
      await activeRemoved(userId);
      expect(await save(read.useStep(60_000_000))).toEqual(concurrent);
      await given(userId);
      expect(await save(read.useStep(60_000_000))).toEqual(concurrent);
      expect(await remove(read)).toEqual(concurrent);
    });

    it('are gone when they are removed, and what happened to them is told', async () => {
      const userId = await givenCustomer(shop());
      await given(userId);
      const active = await activeRemoved(userId);
      expect(await hold(userId)).toEqual(notFound);
      expect(await typesOf(active)).toEqual([
        'identity.second_factor_enabled',
        'identity.second_factor_disabled',
      ]);
      expect(await remove(active)).toEqual(concurrent);
    });

    it('let one of ten have a step who come with it at once', async () => {
      const userId = await givenCustomer(shop());
      await given(userId);
      await activated(userId);
      const step = 55_000_001;
      const runs = await times(10, () =>
        run((factors) =>
          factors
            .hold(userId)
            .andThen((factor): ResultAsync<void, { readonly code: string }> =>
              (factor.state.lastUsedStep ?? 0) < step
                ? factors.save(factor.useStep(step))
                : errAsync({ code: 'test.used' }),
            ),
        ),
      );
      expect(runs.filter((outcome) => outcome.isOk())).toHaveLength(1);
      expect(runs.filter((outcome) => outcome.isErr())).toEqual(
        Array.from({ length: 9 }, () => err({ code: 'test.used' })),
      );
    });

    it('are enrolled by many at once, and one of these is kept', async () => {
      const userId = await givenCustomer(shop());
      const factors = Array.from({ length: 6 }, () => aFactor(userId));
      const runs = await times(6, (index) => save(factors[index] as SecondFactor));
      expect(runs.every((outcome) => outcome.isOk())).toBe(true);
      expect(factors.map(({ state }) => state)).toContainEqual(await stateOf(userId));
    });

    it('stay as they were where the work around them fails', async () => {
      const userId = await givenCustomer(shop());
      const { state } = await given(userId);
      const failed = await run((factors) =>
        factors
          .hold(userId)
          .andThen((factor) => factors.save(factor.useStep(9)))
          .andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(failed).toEqual(err({ code: 'test.refused' }));
      expect(await stateOf(userId)).toEqual(state);
    });

    it('are known of a session from when they are confirmed until they are removed', async () => {
      const userId = await givenCustomer(shop());
      const session = aSession(userId);
      (await shop().identity.run(SHOP, ({ sessions }) => sessions.save(session)))._unsafeUnwrap();
      const isKnown = async (id: SessionId) =>
        (await shop().accessStandings.find(id))?.hasSecondFactor;
      const { id } = session.state;
      expect(await isKnown(id)).toBe(false);
      await given(userId);
      expect(await isKnown(id)).toBe(false);
      const active = await activated(userId);
      expect(await isKnown(id)).toBe(true);
      expect((await remove(active.disable(at))).isOk()).toBe(true);
      expect(await isKnown(id)).toBe(false);
    });

    it('are forgotten with their owner, and nobody else’s is', async () => {
      const [userId, other] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const [, kept] = [await given(userId), await given(other)];
      const forgotten = await shop().identity.run(SHOP, ({ personalData }) =>
        ResultAsync.fromSafePromise(personalData.forget(userId, { ordersPlacedBefore: at })),
      );
      expect(forgotten.isOk()).toBe(true);
      expect(await hold(userId)).toEqual(notFound);
      expect(await stateOf(other)).toEqual(kept.state);
    });

    async function given(userId: UserId): Promise<SecondFactor> {
      const factor = aFactor(userId);
      (await save(factor))._unsafeUnwrap();
      return factor;
    }

    /** As it is read after it was confirmed. */
    async function activated(userId: UserId): Promise<SecondFactor> {
      const factor = (await hold(userId))._unsafeUnwrap();
      (await save(factor.useStep(55_000_000).confirm(codes, at)))._unsafeUnwrap();
      return (await hold(userId))._unsafeUnwrap();
    }

    async function activeRemoved(userId: UserId): Promise<SecondFactor> {
      const held = (await hold(userId))._unsafeUnwrap();
      const active = held.isActive ? held : await activated(userId);
      (await remove(active.disable(at)))._unsafeUnwrap();
      return active;
    }

    const hold = (userId: UserId) => run((factors) => factors.hold(userId));
    const save = (factor: SecondFactor) => run((factors) => factors.save(factor));
    const remove = (factor: SecondFactor) => run((factors) => factors.remove(factor));
    const stateOf = async (userId: UserId): Promise<SecondFactorState> =>
      (await hold(userId))._unsafeUnwrap().state;
    const typesOf = async ({ state }: SecondFactor) =>
      (await shop().eventsOf(state.id)).map(({ type }) => type);

    function run<T, E>(work: (factors: SecondFactorRepository) => ResultAsync<T, E>) {
      return shop().identity.run(SHOP, ({ secondFactors }) => work(secondFactors));
    }
  });
}

function aFactor(userId: UserId): SecondFactor {
  const id = builderIds.next<SecondFactorId>();
  return SecondFactor.enrol({ id, userId, secret: `sealed ${id}` as SealedSecret, at });
}
