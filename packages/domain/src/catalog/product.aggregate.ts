import { err, ok, type Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import type { CategoryId, ProductId, VariantId } from '../core/ids.value.ts';
import type { Instant } from '../core/instant.value.ts';
import { toWireForm, type Json } from '../core/wire-form.ts';
import type { LastVariant, ProductNotFound, VariantNotFound } from './catalog.errors.ts';
import {
  parseChangedContent,
  parseContent,
  type ContentChanges,
  type ContentDraft,
  type InvalidProduct,
} from './product-content.ts';
import {
  changesBetween,
  created,
  deleted,
  entered,
  type ProductHappening,
} from './product-happenings.ts';
import type { ProductImage } from './product-images.value.ts';
import {
  checkStatusChange,
  type IllegalStatusChange,
  type ProductStatus,
} from './product-status.value.ts';
import { withVariant } from './product-variants.ts';
import type { ProductEvent } from './product.events.ts';
import type { ProductState } from './product.state.ts';
import { parseRelated, type InvalidRelated } from './related-products.value.ts';
import { withSuffix } from './slug.value.ts';
import { changedDraft, type DraftVariant, type VariantChanges } from './variant.ts';

export type CreateProductInput = ContentDraft & {
  readonly id: ProductId;
  readonly categoryId: CategoryId | null;
  readonly status: ProductStatus;
  /** The store's currency: the one that prices are written in. */
  readonly currency: Currency;
  readonly at: Instant;
};

type Changed<Refusal = never> = Result<Product, Refusal | ProductNotFound>;

/**
 * Something the shop sells, in one or more variants. A change that changes nothing gives the same product, with no
 * new version; a deleted product takes no change at all.
 */
export class Product {
  readonly state: ProductState;
  /** After the last change; each event is one version. */
  readonly version: number;
  /** Not saved yet: what is stored has the version less the number of these. */
  readonly pending: readonly ProductEvent[];

  private constructor(state: ProductState, version: number, pending: readonly ProductEvent[]) {
    this.state = Object.freeze(state);
    this.version = version;
    this.pending = pending;
    Object.freeze(this);
  }

  /** With the version; the names in attributes are the merchant's and stay as they are. `parseProduct` reads it back. */
  toJSON(): Json {
    const { attributes, variants, ...others } = this.state;
    return toWireForm({
      version: this.version,
      ...others,
      attributes: asItIs(attributes),
      variants: variants.map((variant) => ({ ...variant, attributes: asItIs(variant.attributes) })),
    });
  }

  static create(input: CreateProductInput): Result<Product, InvalidProduct> {
    const { id, status, at } = input;
    return parseContent(input, input.currency, `product-${id}`).map((content) =>
      Product.#created({
        id,
        ...content,
        status,
        relatedIds: [],
        publishedAt: status === 'published' ? at : null,
        createdAt: at,
        updatedAt: at,
        deletedAt: null,
      }),
    );
  }

  /** For persistence only. */
  static restore(state: ProductState, version: number): Product {
    return new Product(state, version, []);
  }

  /** The same new product under a slug that nobody else has: for a name that another product bears, too. */
  withUniqueSlug(): Product {
    return Product.#created({ ...this.state, slug: withSuffix(this.state.slug, this.state.id) });
  }

  /** What is left out stays. Variants that are stated are all that there are from now on: known ids keep their history. */
  change(changes: ContentChanges, at: Instant): Changed<InvalidProduct> {
    return this.#alive().andThen(({ state }) =>
      parseChangedContent(state, changes).map((content) => this.#with(content, at)),
    );
  }

  addVariant(draft: DraftVariant, at: Instant): Changed<InvalidProduct> {
    return this.#alive().andThen(() => this.#withVariant(draft, at));
  }

  changeVariant(
    id: VariantId,
    changes: VariantChanges,
    at: Instant,
  ): Changed<InvalidProduct | VariantNotFound> {
    return this.#alive().andThen(({ state }) => {
      const variant = state.variants.find((one) => one.id === id);
      return variant === undefined
        ? err({ code: 'catalog.variant_not_found' as const })
        : this.#withVariant(changedDraft(variant, changes), at);
    });
  }

  /** The last one stays: a product without a variant is nothing to buy. */
  removeVariant(id: VariantId, at: Instant): Changed<VariantNotFound | LastVariant> {
    return this.#alive().andThen<Product, VariantNotFound | LastVariant>(({ state }) => {
      if (!state.variants.some((variant) => variant.id === id))
        return err({ code: 'catalog.variant_not_found' });
      const [first, ...others] = state.variants.filter((variant) => variant.id !== id);
      return first === undefined
        ? err({ code: 'catalog.last_variant' })
        : ok(this.#with({ variants: [first, ...others] }, at));
    });
  }

  /** In place of those that it has; the first one is the primary one. */
  changeImages<Refusal>(
    change: (images: readonly ProductImage[]) => Result<readonly ProductImage[], Refusal>,
    at: Instant,
  ): Changed<Refusal> {
    return this.#alive().andThen(({ state }) =>
      change(state.images).map((images) => this.#with({ images }, at)),
    );
  }

  /** Sets what goes with it, in this order; whether it exists, the shop knows. */
  relateTo(ids: readonly ProductId[], at: Instant): Changed<InvalidRelated> {
    return this.#alive().andThen(({ state }) =>
      parseRelated(ids, state.id).map((relatedIds) => this.#with({ relatedIds }, at)),
    );
  }

  /** Shoppers see it. All that they need is there: a name, and variants with a price. */
  publish(at: Instant): Changed<IllegalStatusChange> {
    return this.enter('published', at);
  }

  archive(at: Instant): Changed<IllegalStatusChange> {
    return this.enter('archived', at);
  }

  enter(status: ProductStatus, at: Instant): Changed<IllegalStatusChange> {
    return this.#alive().andThen(({ state }) =>
      checkStatusChange(state.status, status).map(() => {
        const publishedAt = status === 'published' ? at : state.publishedAt;
        return this.#next({ ...state, status, publishedAt }, [entered(state, status)], at);
      }),
    );
  }

  /** Nobody sees it any more, and its slug and SKUs are free; orders keep what they hold. */
  delete(at: Instant): Changed {
    return this.#alive().map(({ state }) =>
      this.#next({ ...state, deletedAt: at }, [deleted(state)], at),
    );
  }

  #alive(): Result<Product, ProductNotFound> {
    return this.state.deletedAt === null ? ok(this) : err({ code: 'catalog.product_not_found' });
  }

  #withVariant(draft: DraftVariant, at: Instant): Result<Product, InvalidProduct> {
    return withVariant(this.state, draft).map((assortment) => this.#with(assortment, at));
  }

  #with(changes: Partial<ProductState>, at: Instant): Product {
    const state = { ...this.state, ...changes };
    const happenings = changesBetween(this.state, state);
    return happenings.length === 0 ? this : this.#next(state, happenings, at);
  }

  #next(state: ProductState, happenings: readonly ProductHappening[], at: Instant): Product {
    const events = happenings.map((happening, index) => ({
      ...happening,
      schemaVersion: 1,
      aggregateId: state.id,
      aggregateVersion: this.version + 1 + index,
      occurredAt: at,
    }));
    const version = this.version + events.length;
    return new Product({ ...state, updatedAt: at }, version, [...this.pending, ...events]);
  }

  static #created(state: ProductState): Product {
    return new Product(state, 0, []).#next(state, [created(state)], state.createdAt);
  }
}

function asItIs(json: Json): { readonly toJSON: () => Json } {
  return { toJSON: () => json };
}
