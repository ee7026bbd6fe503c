import type { PromotionId } from '@kastoma/domain/core';
import type { PromotionTerms } from '@kastoma/domain/pricing';

/** Twice as many as a shop may have automatic ones, so that codes do not push those out. */
const MOST_TERMS = 1_000;

type Known = { readonly version: number; readonly terms: PromotionTerms };

/**
 * Terms that were read before, by promotion and version: a version never changes, so what is found is never stale.
 * That holds as long as only what was committed comes in: who changes promotions must not read them through it.
 */
export class PromotionTermsCache {
  /** The least recently used first. */
  readonly #known = new Map<PromotionId, Known>();
  readonly #capacity: number;

  constructor(capacity: number = MOST_TERMS) {
    this.#capacity = capacity;
  }

  get(id: PromotionId, version: number): PromotionTerms | null {
    const known = this.#known.get(id);
    if (known?.version !== version) return null;
    this.#known.delete(id);
    this.#known.set(id, known);
    return known.terms;
  }

  set(id: PromotionId, version: number, terms: PromotionTerms): void {
    this.#known.delete(id);
    this.#known.set(id, { version, terms });
    const [oldest] = this.#known.size > this.#capacity ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
