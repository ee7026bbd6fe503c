import { err, ok, okAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { User } from '@kastoma/domain/identity';

import type { CallContext } from '../../core/call-context.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP, underKey } from '../contexts.ts';
import type { OpenShop, ShopPorts } from '../shop-ports.ts';
import { latch, times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const replay = { code: 'core.idempotent_replay', answer: answerTo('done') };

export function idempotencyContract(open: OpenShop): void {
  describe('work under an idempotency key', () => {
    const shop = shopOfSuite(open);

    it('is done once: the second request gets the first answer', async () => {
      const context = underKey(SHOP, 'once');
      expect(await register(shop(), context, aUser())).toEqual(ok('done'));
      const again = aUser();
      expect(await register(shop(), context, again)).toEqual(err(replay));
      expect(await isStored(shop(), again)).toBe(false);
      expect(await register(shop(), context, again)).toEqual(err(replay));
    });

    it('is refused when the key stood for another request', async () => {
      expect(await register(shop(), underKey(SHOP, 'reused'), aUser())).toEqual(ok('done'));
      const other = aUser();
      const context = underKey(SHOP, 'reused', { fingerprint: 'another body' });
      expect(await register(shop(), context, other)).toEqual(
        err({ code: 'core.idempotency_key_reused' }),
      );
      expect(await isStored(shop(), other)).toBe(false);
    });

    it('is other work in another scope', async () => {
      const mine = underKey(SHOP, 'shared', { scope: 'me POST /orders' });
      const yours = underKey(SHOP, 'shared', { scope: 'you POST /orders' });
      expect(await register(shop(), mine, aUser())).toEqual(ok('done'));
      expect(await register(shop(), yours, aUser())).toEqual(ok('done'));
    });

    it('is refused at once, without waiting, while the first request is in flight', async () => {
      const context = underKey(SHOP, 'in flight');
      const started = latch();
      const mayEnd = latch();
      const first = shop().identity.run(context, async ({ users }) => {
        started.open();
        await mayEnd.opened;
        return users.add(aUser()).map(() => 'done');
      });
      await started.opened;
      expect(await register(shop(), context, aUser())).toEqual(
        err({ code: 'core.idempotency_key_in_flight' }),
      );
      mayEnd.open();
      expect(await first).toEqual(ok('done'));
      expect(await register(shop(), context, aUser())).toEqual(err(replay));
    });

    it('does not burn the key when it is refused', async () => {
      const context = underKey(SHOP, 'refused');
      const refused = await shop().identity.run(context, async () => err({ code: 'test.refused' }));
      expect(refused).toEqual(err({ code: 'test.refused' }));
      expect(await register(shop(), context, aUser())).toEqual(ok('done'));
    });

    it('does not burn the key when it breaks', async () => {
      const context = underKey(SHOP, 'broken');
      const broken = shop().identity.run(context, async () => {
        throw new Error('a defect');
      });
      await expect(Promise.resolve(broken)).rejects.toThrow('a defect');
      expect(await register(shop(), context, aUser())).toEqual(ok('done'));
    });

    it('commits the answer with the effect: without the one there is not the other', async () => {
      const user = aUser();
      const answerless = underKey(SHOP, 'answerless', {
        answerOf: () => {
          throw new Error('no answer');
        },
      });
      await expect(Promise.resolve(register(shop(), answerless, user))).rejects.toThrow(
        'no answer',
      );
      expect(await isStored(shop(), user)).toBe(false);
      expect(await register(shop(), underKey(SHOP, 'answerless'), user)).toEqual(ok('done'));
    });

    it('is done again under the same key when somebody else was faster', async () => {
      let attempts = 0;
      const context = underKey(SHOP, 'faster');
      const run = await shop().identity.run(context, async () => {
        attempts += 1;
        return attempts === 1 ? err({ code: 'core.concurrent_update' as const }) : ok('done');
      });
      expect(run).toEqual(ok('done'));
      expect(await register(shop(), context, aUser())).toEqual(err(replay));
    });

    it('has its effect once when it is asked for ten times at once', async () => {
      const users = Array.from({ length: 10 }, () => aUser());
      const context = underKey(SHOP, 'ten times');
      const runs = await times(10, (index) => register(shop(), context, users[index] ?? aUser()));
      const stored = await Promise.all(users.map((user) => isStored(shop(), user)));
      expect(stored.filter(Boolean)).toHaveLength(1);
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      for (const run of runs.filter((it) => it.isErr())) {
        expect(['core.idempotent_replay', 'core.idempotency_key_in_flight']).toContain(
          run._unsafeUnwrapErr().code,
        );
      }
    });

    describe('that goes on outside', () => {
      const begun = (key: string) =>
        underKey(SHOP, key, { intentOf: (outcome) => `to do: ${String(outcome)}` });
      const end = (key: string, step: 'conclude' | 'release') =>
        shop().identity.run(underKey(SHOP, key, { step }), () => okAsync('concluded'));

      it('is known with what is still to be done, until it has its final answer', async () => {
        expect(await register(shop(), begun('outside'), aUser())).toEqual(ok('done'));
        const again = () => register(shop(), begun('outside'), aUser());
        expect(await again()).toEqual(err({ ...replay, intent: 'to do: done' }));
        expect(await end('outside', 'conclude')).toEqual(ok('concluded'));
        const final = { code: 'core.idempotent_replay', answer: answerTo('concluded') };
        expect(await again()).toEqual(err(final));
        expect(await end('outside', 'release')).toEqual(ok('concluded'));
        expect(await again()).toEqual(err(final));
      });

      it('is refused as ever when the key stood for another request', async () => {
        expect((await register(shop(), begun('outside, reused'), aUser())).isOk()).toBe(true);
        const other = underKey(SHOP, 'outside, reused', { fingerprint: 'another body' });
        expect(await register(shop(), other, aUser())).toEqual(
          err({ code: 'core.idempotency_key_reused' }),
        );
      });

      it('gives its key back when it has come to nothing', async () => {
        expect((await register(shop(), begun('given back'), aUser())).isOk()).toBe(true);
        expect(await end('given back', 'release')).toEqual(ok('concluded'));
        expect(await register(shop(), begun('given back'), aUser())).toEqual(ok('done'));
      });
    });

    it('does not hold up work under another key', async () => {
      const runs = await times(10, (index) =>
        register(shop(), underKey(SHOP, `of its own ${index}`), aUser()),
      );
      expect(runs).toEqual(runs.map(() => ok('done')));
    });
  });
}

function register(shop: ShopPorts, context: CallContext, user: User) {
  return shop.identity.run(context, ({ users }) => users.add(user).map(() => 'done'));
}

async function isStored(shop: ShopPorts, user: User): Promise<boolean> {
  return (await shop.users.find(user.state.id)).isOk();
}

function answerTo(outcome: string) {
  return { status: 201, headers: { etag: '"v1-abc"' }, body: JSON.stringify({ outcome }) };
}
