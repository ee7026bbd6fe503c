import type { DomainEvent } from '../core/domain-event.ts';
import type { CategoryEvent } from './category.events.ts';
import type { ImportEvent } from './import.events.ts';
import type { ReviewEvent } from './review.events.ts';

type ProductFacts = { readonly productId: string; readonly slug: string };
type VariantFacts = {
  readonly productId: string;
  readonly variantId: string;
  readonly sku: string;
};

export type ProductCreated = DomainEvent<
  'catalog.product_created',
  {
    readonly productId: string;
    readonly slug: string;
    readonly status: string;
    readonly variants: readonly { readonly variantId: string; readonly sku: string }[];
  }
>;

/** `fields` are those of the product's own that are another; `previousSlug` is null where the slug is the same. */
export type ProductChanged = DomainEvent<
  'catalog.product_changed',
  ProductFacts & { readonly previousSlug: string | null; readonly fields: readonly string[] }
>;
export type ProductPublished = DomainEvent<'catalog.product_published', ProductFacts>;
/** Shoppers no longer see it: staff work on it again. */
export type ProductUnpublished = DomainEvent<'catalog.product_unpublished', ProductFacts>;
export type ProductArchived = DomainEvent<'catalog.product_archived', ProductFacts>;
/** Its variants go with it; nothing is told of each. */
export type ProductDeleted = DomainEvent<
  'catalog.product_deleted',
  ProductFacts & { readonly variantIds: readonly string[] }
>;
export type VariantAdded = DomainEvent<'catalog.variant_added', VariantFacts>;
/** Prices are told of by `catalog.price_changed`. */
export type VariantChanged = DomainEvent<
  'catalog.variant_changed',
  VariantFacts & { readonly fields: readonly string[] }
>;
export type VariantRemoved = DomainEvent<'catalog.variant_removed', VariantFacts>;
export type PriceChanged = DomainEvent<
  'catalog.price_changed',
  { readonly productId: string; readonly variantIds: readonly string[] }
>;

export type ProductEvent =
  | ProductCreated
  | ProductChanged
  | ProductPublished
  | ProductUnpublished
  | ProductArchived
  | ProductDeleted
  | VariantAdded
  | VariantChanged
  | VariantRemoved
  | PriceChanged;

export type CatalogEvent = ProductEvent | CategoryEvent | ReviewEvent | ImportEvent;
