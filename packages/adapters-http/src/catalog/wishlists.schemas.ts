import { z } from '@hono/zod-openapi';

import type { Wish } from '@kastoma/application/catalog';
import { MOST_WISHLIST_ITEMS } from '@kastoma/domain/catalog';
import {
  parseId,
  type ProductId,
  type VariantId,
  type WishlistId,
  type WishlistItemId,
} from '@kastoma/domain/core';

import { moneyAnswer, orNull, readBy, textField, timeAnswer } from '../core/core.schemas.ts';
import { imageAnswer } from './images.schemas.ts';

const nameField = textField.openapi({ example: 'For the kitchen' });
const idField = textField.openapi({ format: 'uuid' });
const wishlistId = idField.transform(readBy(parseId<WishlistId>));

export const createWishlistBody = z.strictObject({
  name: nameField,
  is_default: z.boolean().optional(),
});

export const changeWishlistBody = createWishlistBody.partial();

export const addWishBody = z
  .strictObject({
    variant_id: idField.transform(readBy(parseId<VariantId>)).optional(),
    product_id: idField.transform(readBy(parseId<ProductId>)).optional(),
  })
  .transform(({ variant_id: variantId, product_id: productId }): Wish | null => {
    if (productId === undefined)
      return variantId === undefined ? null : { kind: 'variant', variantId };
    return variantId === undefined ? { kind: 'product', productId } : null;
  })
  .openapi({ description: 'Either the one or the other.' });

export const wishlistParams = z.object({ id: wishlistId });
export const wishlistItemParams = z.object({
  id: wishlistId,
  itemId: idField.transform(readBy(parseId<WishlistItemId>)),
});
export const sharedParams = z.object({ token: z.string().min(1).max(100) });

const itemAnswer = z
  .object({
    id: z.uuid(),
    product: z.object({ id: z.uuid(), slug: z.string(), name: z.string() }),
    variant: orNull(
      z.object({ id: z.uuid(), sku: z.string(), name: z.string().nullable() }),
    ).openapi({ description: 'Null where the product is wished for, in whatever variant.' }),
    price: orNull(moneyAnswer),
    available: z.boolean(),
    primary_image: orNull(imageAnswer),
    added_at: timeAnswer,
  })
  .openapi('WishlistItem');

const items = z
  .array(itemAnswer)
  .openapi({ description: `The newest first, at most ${MOST_WISHLIST_ITEMS}.` });

const summary = {
  id: z.uuid(),
  name: z.string(),
  is_default: z.boolean(),
  item_count: z.int(),
  share_token: z.string().nullable(),
  share_path: z
    .string()
    .nullable()
    .openapi({ example: '/api/v1/wishlists/shared/0uR…/', description: 'Who has it may look.' }),
  version: z.int(),
  created_at: timeAnswer,
};

export const wishlistSummaryAnswer = z.object(summary).openapi('WishlistSummary');
export const wishlistAnswer = z.object({ ...summary, items }).openapi('Wishlist');
export const sharedWishlistAnswer = z
  .object({ name: z.string(), item_count: z.int(), items })
  .openapi('SharedWishlist');
