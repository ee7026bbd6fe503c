import { err, ok, type ResultAsync } from 'neverthrow';
import { beforeAll, describe, expect, it } from 'vitest';

import type { ApiKeyId, Instant, UserId } from '@kastoma/domain/core';
import { ApiKey, type CreateApiKeyInput } from '@kastoma/domain/identity';

import { viewApiKey } from '../../identity/api-key-queries.port.ts';
import type { ApiKeyRepository } from '../../identity/api-key-repository.port.ts';
import { anApiKey } from '../builders/api-key.builder.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const NOT_FOUND = err({ code: 'identity.api_key_not_found' });
const MINUTE = 60_000;

export function apiKeysContract(open: OpenShop): void {
  describe('the keys of services', () => {
    const shop = shopOfSuite(open);
    let createdBy: UserId;
    const at = (milliseconds: number) => (BUILT_AT + milliseconds) as Instant;

    beforeAll(async () => {
      createdBy = await givenCustomer(shop());
    });

    it('are found with all that was stored, expired or not', async () => {
      const scopes = ['catalog.manage', 'orders.read_all'] as const;
      const key = await given({ scopes, expiresAt: at(1_000), name: 'Täglicher Abgleich' });
      const found = (await run((keys) => keys.find(key.state.id)))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([key.state, 1]);
      expect(await shop().apiKeyQueries.find(key.state.id)).toEqual(ok(viewApiKey(key, null)));
      const { id, hash, expiresAt } = key.state;
      expect(await standingOf(key)).toEqual({ id, hash, scopes, expiresAt, lastUsedAt: null });
    });

    it('that are not there are not found', async () => {
      const nobody = builderIds.next<ApiKeyId>();
      expect(await run((keys) => keys.find(nobody))).toEqual(NOT_FOUND);
      expect(await shop().apiKeyQueries.find(nobody)).toEqual(NOT_FOUND);
      expect(await shop().apiKeyStandings.find('nobody000000')).toBeNull();
    });

    it('are known by their whole prefix, in its case', async () => {
      const { state } = await given({ prefix: 'aBcDeFgHiJkL' });
      expect((await shop().apiKeyStandings.find('aBcDeFgHiJkL'))?.id).toBe(state.id);
      for (const other of ['abcdefghijkl', 'aBcDeFgHiJk', 'aBcDeFgHiJk%', ''])
        expect(await shop().apiKeyStandings.find(other)).toBeNull();
    });

    it('change, and say so in the same breath', async () => {
      const scopes = ['catalog.manage', 'inventory.read'] as const;
      const key = await given({ scopes });
      const changes = { name: 'Depot', scopes: ['inventory.read'] as const };
      const changed = key.change(changes, at(1))._unsafeUnwrap();
      (await run((keys) => keys.save(changed)))._unsafeUnwrap();
      const found = (await run((keys) => keys.find(key.state.id)))._unsafeUnwrap();
      expect([found.state, found.version]).toEqual([changed.state, 2]);
      expect((await standingOf(key))?.scopes).toEqual(['inventory.read']);
      const told = await shop().eventsOf(key.state.id);
      expect(told.map(({ type }) => type)).toEqual([
        'identity.api_key_created',
        'identity.api_key_changed',
      ]);
    });

    it('stand for nobody once they are revoked, and are still shown', async () => {
      const key = await given();
      (await run((keys) => keys.save(key.revoke(at(5)))))._unsafeUnwrap();
      expect(await standingOf(key)).toBeNull();
      const shown = (await shop().apiKeyQueries.find(key.state.id))._unsafeUnwrap();
      expect([shown.revokedAt, shown.version]).toEqual([at(5), 2]);
      expect((await run((keys) => keys.find(key.state.id)))._unsafeUnwrap().version).toBe(2);
    });

    it('are revoked by one of those who saw the same version', async () => {
      const key = await given();
      const runs = await times(5, () => run((keys) => keys.save(key.revoke(at(5)))));
      expect(runs.filter((outcome) => outcome.isOk())).toHaveLength(1);
      expect(runs.filter((outcome) => outcome.isErr())).toEqual(
        Array.from({ length: 4 }, () => err({ code: 'core.concurrent_update' })),
      );
      expect(await shop().eventsOf(key.state.id)).toHaveLength(2);
    });

    it('are not there when the work failed', async () => {
      const key = anApiKey(createdBy);
      const failed = await run((keys) =>
        keys.add(key).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(failed).toEqual(err({ code: 'test.refused' }));
      expect(await standingOf(key)).toBeNull();
      expect(await shop().eventsOf(key.state.id)).toEqual([]);
    });

    it('say when they were used last, noted at most so often and never set back', async () => {
      const key = await given();
      const { id } = key.state;
      const note = (when: number) =>
        shop().apiKeyStandings.noteUse(id, at(when), at(when - MINUTE));
      const used = async () => {
        const shown = (await shop().apiKeyQueries.find(id))._unsafeUnwrap();
        const standing = await standingOf(key);
        expect(standing?.lastUsedAt).toBe(shown.lastUsedAt);
        return [shown.lastUsedAt, shown.version];
      };
      await note(0);
      expect(await used()).toEqual([at(0), 1]);
      await note(MINUTE - 1);
      expect(await used()).toEqual([at(0), 1]);
      await note(MINUTE);
      expect(await used()).toEqual([at(MINUTE), 1]);
      await note(1);
      expect(await used()).toEqual([at(MINUTE), 1]);
    });

    it('are listed, the latest first, and leafed through', async () => {
      const ages = [10, 30, 20].map((days) => days * 24 * 60 * MINUTE);
      const [oldest, latest, middle] = [
        await given({ at: at(ages[0] ?? 0) }),
        await given({ at: at(ages[1] ?? 0) }),
        await given({ at: at(ages[2] ?? 0) }),
      ];
      const list = (page: number) => shop().apiKeyQueries.list({ page, pageSize: 2 });
      const first = await list(1);
      expect(first.items.map(({ id }) => id)).toEqual([latest.state.id, middle.state.id]);
      expect((await list(2)).items[0]).toEqual(viewApiKey(oldest, null));
      expect(first.count).toBeGreaterThan(2);
      expect(JSON.stringify(first)).not.toContain('hash');
    });

    async function given(wishes: Partial<CreateApiKeyInput> = {}): Promise<ApiKey> {
      const key = anApiKey(createdBy, wishes);
      (await run((keys) => keys.add(key)))._unsafeUnwrap();
      return ApiKey.restore(key.state, key.version);
    }

    function standingOf({ state }: ApiKey) {
      return shop().apiKeyStandings.find(state.prefix);
    }

    function run<T, E>(work: (keys: ApiKeyRepository) => ResultAsync<T, E>) {
      return shop().identity.run(SHOP, ({ apiKeys }) => work(apiKeys));
    }
  });
}
