import { err, ok, type Result } from 'neverthrow';

export const PRODUCT_STATUSES = ['draft', 'published', 'archived'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** A step that a product's life does not have; `legal` says which ones it has from here. */
export type IllegalStatusChange = {
  readonly code: 'catalog.illegal_status_change';
  readonly from: ProductStatus;
  readonly to: ProductStatus;
  readonly legal: readonly ProductStatus[];
};

/** Whatever was taken off the shelves may go back; nothing becomes what it is. */
const LEGAL_NEXT = {
  draft: ['published', 'archived'],
  published: ['draft', 'archived'],
  archived: ['draft', 'published'],
} as const satisfies Record<ProductStatus, readonly ProductStatus[]>;

export function checkStatusChange(
  from: ProductStatus,
  to: ProductStatus,
): Result<void, IllegalStatusChange> {
  const legal: readonly ProductStatus[] = LEGAL_NEXT[from];
  return legal.includes(to)
    ? ok()
    : err({ code: 'catalog.illegal_status_change', from, to, legal });
}
