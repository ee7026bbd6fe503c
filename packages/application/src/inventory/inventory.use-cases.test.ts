import { beforeEach, describe, expect, it } from 'vitest';

import type { UserId, VariantId } from '@kastoma/domain/core';

import type { CallContext } from '../core/call-context.ts';
import { builderIds } from '../testing/builders/builder-ids.ts';
import { underKey } from '../testing/contexts.ts';
import { movementsOf } from '../testing/contracts/stock-ledger.contract.ts';
import { inMemoryShop } from '../testing/in-memory/in-memory-shop.ts';
import type { ShopPorts } from '../testing/shop-ports.ts';
import { givenVariant } from '../testing/stocked-shop.ts';
import { CreateLocation } from './create-location.use-case.ts';
import { PostMovement, type PostMovementCommand } from './post-movement.use-case.ts';
import { ReviseStock, type ReviseStockCommand } from './revise-stock.use-case.ts';

const STAFF: CallContext = {
  actor: { kind: 'user', id: 'staff' as UserId, role: 'staff' },
  correlationId: 'test',
};

let shop: ShopPorts;
let variantId: VariantId;

beforeEach(async () => {
  shop = inMemoryShop();
  variantId = (await givenVariant(shop, 10)).variantId;
});

const post = (wishes: Partial<PostMovementCommand>, context: CallContext = STAFF) => {
  const { inventory: unitOfWork, clock } = shop;
  return new PostMovement({ unitOfWork, clock }).execute(
    { variantId, location: null, type: 'purchase', quantity: 5, reason: 'Delivery', ...wishes },
    context,
  );
};
const revise = (wishes: Partial<ReviseStockCommand>) => {
  const { inventory: unitOfWork, clock } = shop;
  const command = { variantId, location: null, reason: 'Counted', expectedVersion: null };
  return new ReviseStock({ unitOfWork, clock }).execute({ ...command, ...wishes }, STAFF);
};
const createLocation = (code: string) => {
  const { inventory: unitOfWork, clock, ids } = shop;
  return new CreateLocation({ unitOfWork, clock, ids }).execute({ code, name: 'Shed' }, STAFF);
};

describe('posting a movement', () => {
  it('answers with the line of the ledger: what changed, why, and who did it', async () => {
    const movement = (await post({ reference: 'note 4711' }))._unsafeUnwrap();
    expect(movement).toEqual({
      id: expect.any(String) as string,
      type: 'purchase',
      onHandDelta: 5,
      reservedDelta: 0,
      onHandBefore: 10,
      onHandAfter: 15,
      reservedBefore: 0,
      reservedAfter: 0,
      reference: 'note 4711',
      actor: 'user:staff',
      reason: 'Delivery',
      occurredAt: shop.clock.now(),
    });
    expect((await movementsOf(shop, variantId))[0]).toEqual(movement);
    expect((await post({}))._unsafeUnwrap().reference).toBe('manual');
  });

  it('happens once under one key', async () => {
    expect((await post({}, underKey(STAFF, 'one'))).isOk()).toBe(true);
    expect((await post({}, underKey(STAFF, 'one')))._unsafeUnwrapErr().code).toBe(
      'core.idempotent_replay',
    );
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap().onHand).toBe(15);
  });

  it.each<[string, Partial<PostMovementCommand>]>([
    ['core.invalid_text', { reason: ' ' }],
    ['core.invalid_text', { reference: 'a\u0000' }],
    ['inventory.invalid_movement_quantity', { quantity: 0 }],
    ['inventory.location_not_found', { location: 'NOWHERE' }],
    ['inventory.stock_not_found', { variantId: builderIds.next<VariantId>() }],
    ['inventory.stock_too_low', { type: 'damage', quantity: 11 }],
    ['inventory.invalid_stock', { quantity: 1_000_000_000 }],
  ])('is refused with %s and leaves nothing', async (code, wishes) => {
    expect((await post(wishes))._unsafeUnwrapErr().code).toBe(code);
    expect(await movementsOf(shop, variantId)).toHaveLength(1);
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap().version).toBe(1);
  });
});

describe('a stock take', () => {
  it('sets what was counted, with a reason', async () => {
    expect((await revise({ onHand: 7, expectedVersion: 1 }))._unsafeUnwrap()).toMatchObject({
      onHand: 7,
      available: 7,
      version: 2,
      location: 'MAIN',
    });
    expect((await movementsOf(shop, variantId))[0]).toMatchObject({
      type: 'adjustment',
      onHandDelta: -3,
      reference: 'stock_take',
      reason: 'Counted',
      actor: 'user:staff',
    });
  });

  it('is for the version that was seen', async () => {
    const stale = await revise({ onHand: 7, expectedVersion: 2 });
    expect(stale._unsafeUnwrapErr()).toEqual({ code: 'core.stale_version', currentVersion: 1 });
    const unstated = await revise({ onHand: 7, expectedVersion: 'unstated' });
    expect(unstated._unsafeUnwrapErr()).toMatchObject({ code: 'core.version_required' });
  });

  it('keeps the limit of backorders as long as nobody names another, and drops it with the mode', async () => {
    const limitAfter = async (wishes: Partial<ReviseStockCommand>) =>
      (await revise(wishes))._unsafeUnwrap().backorderLimit;
    expect(await limitAfter({ tracking: 'backorder', backorderLimit: 4 })).toBe(4);
    expect(await limitAfter({ onHand: 3 })).toBe(4);
    expect(await limitAfter({ backorderLimit: null })).toBeNull();
    expect(await limitAfter({ backorderLimit: 2 })).toBe(2);
    expect(await limitAfter({ tracking: 'tracked' })).toBeNull();
    expect((await revise({ backorderLimit: 2 }))._unsafeUnwrapErr().code).toBe(
      'inventory.invalid_backorder_limit',
    );
  });

  it('at another location opens an account there', async () => {
    expect((await createLocation('shed-1'))._unsafeUnwrap().state.code).toBe('SHED-1');
    expect((await revise({ onHand: 7, location: 'SHED-1', expectedVersion: 1 })).isOk()).toBe(true);
    expect((await shop.stockQueries.find(variantId, 'SHED-1'))._unsafeUnwrap().onHand).toBe(7);
    expect((await shop.stockQueries.find(variantId))._unsafeUnwrap().onHand).toBe(10);
  });
});

describe('a new location', () => {
  it('has a code of its own', async () => {
    expect((await createLocation('A')).isOk()).toBe(true);
    expect((await createLocation('a'))._unsafeUnwrapErr().code).toBe(
      'inventory.location_code_taken',
    );
    expect((await createLocation('?'))._unsafeUnwrapErr().code).toBe(
      'inventory.invalid_location_code',
    );
  });

  it('is told of', async () => {
    const { state } = (await createLocation('B'))._unsafeUnwrap();
    expect(await shop.eventsOf(state.id)).toMatchObject([
      { type: 'inventory.location_created', actor: 'user:staff' },
    ]);
  });
});
