import type { Money } from '../core/money.value.ts';

/** What shipping costs before any promotion. The first step of a scale starts at zero. */
export type ShippingCharge =
  | { readonly type: 'flat'; readonly amount: Money }
  | {
      readonly type: 'by_subtotal';
      /** The step with the highest `from` that the discounted goods reach. */
      readonly steps: readonly { readonly from: Money; readonly amount: Money }[];
    }
  | {
      readonly type: 'by_weight';
      /** The step with the highest `fromGrams` that the weight of the cart reaches; goods without a weight weigh nothing. */
      readonly steps: readonly { readonly fromGrams: number; readonly amount: Money }[];
    };

export type ShippingRate = {
  /**
   * Where it holds: countries (`DE`) and regions (`US/CA`: country, slash, region as the destination writes it).
   * Left out: wherever no other rate of the method names the place. A region counts before its country.
   */
  readonly zone?: readonly string[] | undefined;
  readonly charge: ShippingCharge;
  /** Goods after all discounts that come to this much, or more, are shipped for nothing. */
  readonly freeFrom?: Money | undefined;
};

/** One way of shipping and what it costs where. */
export type ShippingMethod = {
  readonly method: string;
  readonly rates: readonly ShippingRate[];
  readonly taxClass?: string | undefined;
};
