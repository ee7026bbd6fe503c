import type { PricingLine } from '../pricing-input.ts';
import type { PromotionTarget } from '../promotion-effect.ts';

export type Matches = (facts: PricingLine) => boolean;

const EVERYTHING: Matches = () => true;

/** Whether a line is in the target: in one of its lists. No target means every line. */
export function matcherOf(target: PromotionTarget | undefined): Matches {
  if (target === undefined) return EVERYTHING;
  const inProducts = membership(target.productIds);
  const inCategories = membership(target.categoryIds);
  const inTags = membership(target.tags);
  return ({ productId, categoryIds, tags }) =>
    inProducts?.has(productId) === true ||
    (inCategories !== null && categoryIds?.some((id) => inCategories.has(id)) === true) ||
    (inTags !== null && tags?.some((tag) => inTags.has(tag)) === true);
}

function membership(ids: readonly string[] | undefined): ReadonlySet<string> | null {
  return ids === undefined || ids.length === 0 ? null : new Set(ids);
}
