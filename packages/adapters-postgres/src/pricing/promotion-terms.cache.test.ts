import { describe, expect, it } from 'vitest';

import { aPromotion } from '@kastoma/application/testing';
import type { PromotionId } from '@kastoma/domain/core';

import { PromotionTermsCache } from './promotion-terms.cache.ts';

const { terms } = aPromotion().state;
const [one, two, three] = ['one', 'two', 'three'] as [PromotionId, PromotionId, PromotionId];

describe('terms that were read before', () => {
  it('are found by their version, and another version is not known', () => {
    const cache = new PromotionTermsCache();
    cache.set(one, 1, terms);
    expect(cache.get(one, 1)).toBe(terms);
    expect(cache.get(one, 2)).toBeNull();
    expect(cache.get(two, 1)).toBeNull();
  });

  it('make room for others, those first that nobody asked for the longest', () => {
    const cache = new PromotionTermsCache(2);
    cache.set(one, 1, terms);
    cache.set(two, 1, terms);
    cache.get(one, 1);
    cache.set(three, 1, terms);
    const known = [one, two, three].filter((id) => cache.get(id, 1) !== null);
    expect(known).toEqual([one, three]);
  });
});
