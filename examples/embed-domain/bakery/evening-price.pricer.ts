import { Rate } from '@kastoma/domain/core';
import {
  adaptPricer,
  allPoliciesBut,
  type ForeignOutcome,
  type LawCart,
  type Pricer,
} from '@kastoma/domain/testing';

import type { Receipt, Slip } from './evening-price.ts';
import { must } from './must.ts';

/** What our rule knows: one percentage for everybody, off everything, in its hours. The laws leave the rest out. */
export const withoutTheRest = allPoliciesBut(
  'automatic_promotions',
  'order_promotions',
  'percentages',
  'windows',
  'equal_lines',
  'zero_prices',
  'large_amounts',
);

const NOTHING = must(Rate.parsePercentage('0'));

/** A till of ours, as the laws want to see it. */
export function pricerOfTill(till: (slip: Slip) => Receipt): Pricer {
  return adaptPricer({ toCart: slipOf, price: till, toOutcome: outcomeOf });
}

function slipOf({ lines, at, promotions = [] }: LawCart): Slip {
  const [promotion] = promotions;
  const [effect] = promotion?.effects ?? [];
  return {
    rows: lines.map(({ id, unitPrice, quantity }) => ({
      sku: id,
      cents: unitPrice.minorUnits,
      pieces: quantity,
    })),
    at,
    evening: {
      off: effect?.type === 'percentage' ? effect.percentage : NOTHING,
      from: promotion?.startsAt ?? null,
      until: promotion?.endsAt ?? null,
    },
  };
}

function outcomeOf({ rows, whyNot }: Receipt, { promotions = [] }: LawCart): ForeignOutcome {
  const discount = rows.reduce((sum, { off }) => sum + off, 0n);
  const evening = promotions.map(({ id: promotionId }) => ({ promotionId }));
  return {
    lines: rows.map(({ sku, before, off }) => ({
      id: sku,
      subtotal: before,
      total: before - off,
    })),
    total: rows.reduce((sum, { before, off }) => sum + before - off, 0n),
    applied: whyNot === null ? evening.map((it) => ({ ...it, discount })) : [],
    rejected: whyNot === null ? [] : evening.map((it) => ({ ...it, reason: whyNot })),
  };
}
