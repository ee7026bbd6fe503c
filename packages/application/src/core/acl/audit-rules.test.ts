import { describe, expect, it } from 'vitest';

import type { Actor, ApiKeyId, Instant, UserId } from '@kastoma/domain/core';
import { signInFailed } from '@kastoma/domain/identity';

import { aSession } from '../../testing/builders/session.builder.ts';
import { aUser } from '../../testing/builders/user.builder.ts';
import { SequentialIds } from '../../testing/ports/sequential-ids.ts';
import { AUDIT_SUBJECTS } from '../audit-entry.ts';
import { AUDITED_ACTIONS, auditEntriesOf } from './audit-rules.ts';
import type { EventOf, EventType, ShopEvent } from './shop-event.ts';

const AT = 1_000 as Instant;
const ID = '0199c0de-0000-7000-8000-000000000001';
const PRICE = { amount: '15.99', currency: 'USD' };
const guest: Actor = { kind: 'guest' };
const system: Actor = { kind: 'system' };
const service: Actor = { kind: 'service', id: 'key' as ApiKeyId, scopes: [] };
const person = (role: 'customer' | 'staff' | 'admin'): Actor => ({
  kind: 'user',
  id: role as UserId,
  role,
});

const entriesOf = (events: readonly ShopEvent[], actor: Actor) =>
  auditEntriesOf(events, { actor, correlationId: 'asked' }, new SequentialIds());

function told<Type extends EventType>(type: Type, payload: object): EventOf<Type> {
  const common = { schemaVersion: 1, aggregateId: ID, aggregateVersion: 1, occurredAt: AT };
  return { type, ...common, payload } as unknown as EventOf<Type>;
}

describe('an audit entry', () => {
  it('says who did what to whom, when, and in which call', () => {
    const user = aUser({ role: 'customer' });
    const [registered] = entriesOf(user.pending, person('admin'));
    expect(registered).toMatchObject({ action: 'identity.user_registered', actor: 'user:admin' });
    expect(entriesOf(user.changeRole('staff', AT).pending.slice(1), person('admin'))).toEqual([
      {
        id: expect.any(String) as string,
        occurredAt: AT,
        actor: 'user:admin',
        action: 'identity.role_changed',
        subject: { type: 'user', id: user.state.id },
        correlationId: 'asked',
        detail: { from: 'customer', to: 'staff' },
      },
    ]);
  });

  it('has an id of its own, whatever came of one call', () => {
    const { pending } = aUser().changeRole('staff', AT).deactivate(AT);
    const ids = entriesOf(pending, system).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 3]);
  });

  it('names who has just signed in, and nobody where that was not proved', () => {
    const userId = ID as UserId;
    const opened = aSession(userId).pending;
    const detail = { session_id: opened[0]?.aggregateId };
    expect(entriesOf(opened, guest)).toMatchObject([
      { actor: `user:${ID}`, subject: { type: 'user', id: ID }, detail },
    ]);
    expect(entriesOf(opened, system)).toMatchObject([{ actor: 'system' }]);
    const failed = (whose: UserId | null) => [
      signInFailed({ id: 'note', userId: whose, reason: 'code', at: AT }),
    ];
    expect(entriesOf(failed(userId), guest)).toMatchObject([
      { actor: 'guest', subject: { type: 'user', id: ID }, detail: { reason: 'code' } },
    ]);
    expect(entriesOf(failed(null), guest)).toMatchObject([
      { actor: 'guest', subject: null, detail: {} },
    ]);
  });
});

describe('what is audited', () => {
  it.each([
    ['ordering.order_placed', { number: 'K-1', customerId: ID }],
    ['ordering.order_cancelled', { number: 'K-1', reason: 'typed by somebody' }],
    ['identity.profile_changed', { userId: ID, fields: ['phone'] }],
  ] as const)(
    'of %s is what is done for others, and not what customers do every day',
    (type, payload) => {
      const event = [told(type, payload)];
      for (const actor of [guest, system, person('customer')])
        expect(entriesOf(event, actor)).toEqual([]);
      for (const actor of [person('staff'), person('admin'), service])
        expect(entriesOf(event, actor)).toHaveLength(1);
      expect(JSON.stringify(entriesOf(event, service))).not.toContain('typed by somebody');
    },
  );

  it.each([
    ['catalog.product_created', { status: 'published', slug: 'cup', variants: [] }],
    ['pricing.promotion_revised', { terms: { name: 'Spring' } }],
    ['pricing.coupon_created', { couponCode: 'SPRING', promotionId: ID, active: true }],
    ['identity.user_erased', { userId: ID }],
    ['inventory.location_created', { code: 'spring-sale' }],
  ] as const)('of %s is each, whoever did it', (type, payload) => {
    for (const actor of [guest, system, service, person('customer'), person('admin')]) {
      const entries = entriesOf([told(type, payload)], actor);
      expect(entries).toMatchObject([{ action: type, subject: { id: ID } }]);
      expect(JSON.stringify(entries)).not.toMatch(/spring/i);
    }
  });

  it.each([
    ['catalog.category_moved', { parentId: 'b', previousParentId: 'a' }, { from: 'a', to: 'b' }],
    [
      'catalog.import_finished',
      { dryRun: false, created: 2, updated: 1, failedRows: 3, errors: ['typed'] },
      { dry_run: false, created: 2, updated: 1, failed_rows: 3 },
    ],
    ['catalog.import_started', { dryRun: true, rows: 9 }, { dry_run: true, rows: 9 }],
    ['catalog.price_changed', { productId: ID, variantIds: ['v', 'w'] }, { variants: 2 }],
    ['catalog.product_changed', { slug: 'typed', fields: ['name'] }, { fields: ['name'] }],
    ['catalog.review_approved', { productId: 'p', title: 'typed' }, { product_id: 'p' }],
    ['catalog.variant_added', { variantId: 'v', sku: 'typed' }, { variant_id: 'v' }],
    [
      'catalog.variant_changed',
      { variantId: 'v', sku: 'typed', fields: ['sku'] },
      { variant_id: 'v', fields: ['sku'] },
    ],
    [
      'identity.api_key_changed',
      { apiKeyId: ID, scopes: ['orders:read'], fields: ['scopes'] },
      { scopes: ['orders:read'], fields: ['scopes'] },
    ],
    [
      'identity.api_key_created',
      { userId: ID, scopes: ['orders:read'] },
      { scopes: ['orders:read'] },
    ],
    ['identity.recovery_code_used', { userId: ID, left: 7 }, { left: 7 }],
    ['identity.session_revoked', { userId: ID, sessionId: 's' }, { session_id: 's' }],
    [
      'inventory.stock_changed',
      { locationId: 'l', tracking: 'tracked', onHand: 5, reserved: 2, available: 3 },
      { location_id: 'l', tracking: 'tracked', on_hand: 5, reserved: 2 },
    ],
    [
      'ordering.order_fulfilled',
      { number: 'K-1', fulfilmentId: 'f', complete: true, trackingNumber: 'typed' },
      { number: 'K-1', fulfilment_id: 'f', complete: true },
    ],
    [
      'ordering.order_refunded',
      { number: 'K-1', refundId: 'r', amount: PRICE, reason: 'typed' },
      { number: 'K-1', refund_id: 'r', ...PRICE },
    ],
    [
      'payments.operation_requested',
      { orderId: 'o', operation: 'capture', amount: PRICE, operationId: 'typed' },
      { order_id: 'o', operation: 'capture', ...PRICE },
    ],
    ['pricing.coupon_deleted', { couponCode: 'typed', promotionId: 'p' }, { promotion_id: 'p' }],
    [
      'pricing.coupon_revised',
      { couponCode: 'typed', promotionId: 'p', active: false },
      { promotion_id: 'p', active: false },
    ],
  ] as const)('of %s tells an auditor this much and no more', (type, payload, detail) => {
    const [entry] = entriesOf([told(type, payload)], person('admin'));
    expect(entry).toMatchObject({ action: type, subject: { id: ID } });
    expect(entry?.detail).toEqual(detail);
  });

  it('is nothing that a change brings with it anyway', () => {
    expect(entriesOf([told('payments.payment_requested', {})], person('admin'))).toEqual([]);
    expect(entriesOf([told('identity.email_verification_requested', {})], guest)).toEqual([]);
    expect(AUDITED_ACTIONS).not.toContain('payments.payment_requested');
    expect(AUDITED_ACTIONS).toContain('identity.sign_in_failed');
  });

  it('is named as the database wants it', () => {
    for (const name of AUDITED_ACTIONS) expect(name).toMatch(/^[a-z_]+\.[a-z_]{1,80}$/);
    for (const name of AUDIT_SUBJECTS) expect(name).toMatch(/^[a-z_]{1,50}$/);
  });
});
