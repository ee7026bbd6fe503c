import { err, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Actor, Instant, UserId } from '@kastoma/domain/core';
import { signInFailed } from '@kastoma/domain/identity';

import type { AuditEntry } from '../../core/audit-entry.ts';
import type { AuditFilter, AuditPlace } from '../../core/audit-queries.port.ts';
import type { CallContext } from '../../core/call-context.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenUser } from '../stocked-shop.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const ALL: AuditFilter = { actor: null, action: null, subject: null, from: null, to: null };
const GUEST: Actor = { kind: 'guest' };
const at = (minute: number) => (BUILT_AT + minute * 60_000) as Instant;

export function auditQueriesContract(open: OpenShop): void {
  describe('the audit trail', () => {
    const shop = shopOfSuite(open);
    const list = (filter: Partial<AuditFilter>, after: AuditPlace | null = null, pageSize = 100) =>
      shop().auditQueries.list({ ...ALL, ...filter }, { after, pageSize });
    const asActor = (actor: Actor): CallContext => ({ actor, correlationId: 'asked' });
    const fail = (userId: UserId | null, minute: number, actor: Actor = GUEST) =>
      shop().identity.run(asActor(actor), ({ signInNotes }) =>
        signInNotes.add(
          signInFailed({ id: builderIds.next(), userId, reason: 'password', at: at(minute) }),
        ),
      );
    const minutes = (items: readonly AuditEntry[]) =>
      items.map(({ occurredAt }) => (occurredAt - BUILT_AT) / 60_000);
    const ofUser = (id: string) => ({ subject: { type: 'user', id } as const });

    it('keeps who did what to whom and when, beside what was done', async () => {
      const boss = (await givenUser(shop())).state.id;
      const user = await givenUser(shop(), aUser({ role: 'customer' }));
      const { id } = user.state;
      const asked = asActor({ kind: 'user', id: boss, role: 'admin' });
      const change = user.changeRole('staff', at(7)).deactivate(at(8));
      expect((await shop().identity.run(asked, ({ users }) => users.save(change))).isOk()).toBe(
        true,
      );
      const { items } = await list({ ...ofUser(id), actor: `user:${boss}` });
      const common = {
        subject: { type: 'user', id },
        actor: `user:${boss}`,
        correlationId: 'asked',
      };
      expect(items).toEqual([
        {
          ...common,
          id: items[0]?.id,
          occurredAt: at(8),
          action: 'identity.user_deactivated',
          detail: {},
        },
        {
          ...common,
          id: items[1]?.id,
          occurredAt: at(7),
          action: 'identity.role_changed',
          detail: { from: 'customer', to: 'staff' },
        },
      ]);
    });

    it('keeps nothing of what was not done', async () => {
      const user = await givenUser(shop());
      const run = await shop().identity.run(SHOP, ({ users }) =>
        users.save(user.deactivate(at(1))).andThen(() => err({ code: 'test.refused' as const })),
      );
      expect(run.isErr()).toBe(true);
      const { items } = await list({
        ...ofUser(user.state.id),
        action: 'identity.user_deactivated',
      });
      expect(items).toEqual([]);
    });

    it('has no subject where nobody has the address that was tried', async () => {
      expect((await fail(null, 500_000)).isOk()).toBe(true);
      const { items } = await list({ from: at(500_000), to: at(500_001) });
      expect(items).toMatchObject([
        { action: 'identity.sign_in_failed', actor: 'guest', subject: null, detail: {} },
      ]);
    });

    it('is read on from where one was, the latest first, whatever comes in meanwhile', async () => {
      const { id } = (await givenUser(shop())).state;
      const failures = { ...ofUser(id), action: 'identity.sign_in_failed' };
      for (const minute of [3, 1, 2, 2, 4, 5]) expect((await fail(id, minute)).isOk()).toBe(true);
      const first = await list(failures, null, 2);
      expect(minutes(first.items)).toEqual([5, 4]);
      expect((await fail(id, 9)).isOk()).toBe(true);
      const second = await list(failures, first.next, 2);
      const third = await list(failures, second.next, 2);
      expect([...minutes(second.items), ...minutes(third.items)]).toEqual([3, 2, 2, 1]);
      expect(third.next).toBeNull();
      const seen = [...first.items, ...second.items, ...third.items].map((entry) => entry.id);
      expect(new Set(seen).size).toBe(6);
      expect((await list(failures, null, 7)).next).toBeNull();
      expect((await list(failures, null, 6)).next).not.toBeNull();
    });

    it('is searched by actor, action, subject and time', async () => {
      const [one, other] = [(await givenUser(shop())).state.id, (await givenUser(shop())).state.id];
      const by = (id: UserId): Actor => ({ kind: 'user', id, role: 'staff' });
      for (const [subject, minute, actor] of [
        [one, 20, by(other)],
        [one, 21, by(one)],
        [other, 22, by(one)],
      ] as const)
        expect((await fail(subject, minute, actor)).isOk()).toBe(true);
      const found = async (filter: Partial<AuditFilter>) =>
        minutes((await list({ action: 'identity.sign_in_failed', ...filter })).items);
      expect(await found({ actor: `user:${one}` })).toEqual([22, 21]);
      expect(await found(ofUser(one))).toEqual([21, 20]);
      expect(await found({ ...ofUser(one), actor: `user:${one}` })).toEqual([21]);
      expect(await found({ actor: `user:${one}`, from: at(22) })).toEqual([22]);
      expect(await found({ actor: `user:${one}`, to: at(22) })).toEqual([21]);
      expect(await found({ actor: `user:${one}`, action: 'identity.role_changed' })).toEqual([]);
      expect(await found({ subject: { type: 'order', id: one } })).toEqual([]);
      expect(await found({ actor: `user:${one.slice(0, 20)}` })).toEqual([]);
    });

    it('shows a person what tells of them or what they did, and outlives them', async () => {
      const user = await givenUser(shop());
      const { id } = user.state;
      expect((await fail(id, 1)).isOk()).toBe(true);
      expect((await fail(null, 2, { kind: 'user', id, role: 'customer' })).isOk()).toBe(true);
      const records = await shop().personalData.collect(id);
      expect(records['audit_entries']).toHaveLength(3);
      const rules = { ordersPlacedBefore: at(0) };
      const run = await shop().identity.run(SHOP, ({ personalData }) =>
        ResultAsync.fromSafePromise(personalData.forget(id, rules)),
      );
      expect(run.isOk()).toBe(true);
      expect((await list(ofUser(id))).items).toHaveLength(2);
    });
  });
}
