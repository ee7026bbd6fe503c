import { expect } from 'vitest';

import type { VariantId } from '@kastoma/domain/core';
import { LARGEST_STOCK } from '@kastoma/domain/inventory';

import { SHOP } from './contexts.ts';
import type { ShopPorts } from './shop-ports.ts';

/** Puts as many units on the shelf as an empty account holds. */
export async function fillShelf(shop: ShopPorts, variantId: VariantId | undefined): Promise<void> {
  const id = variantId ?? expect.fail('There is no such variant.');
  const cause = { reference: 'test', actor: 'system', reason: 'Filled', at: shop.clock.now() };
  const filled = await shop.inventory.run(SHOP, ({ ledger }) =>
    ledger.restock([{ variantId: id, quantity: LARGEST_STOCK }], cause),
  );
  expect(filled.isOk()).toBe(true);
}
