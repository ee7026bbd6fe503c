import { expect, it } from 'vitest';

import { Defect } from '@kastoma/domain/core';

import { requireToApply } from './presented-coupon.ts';

it('a code that the pricing says nothing of is a defect, and not one that applies', () => {
  expect(() => requireToApply({ coupons: [] }, 'SUMMER')).toThrow(Defect);
});
