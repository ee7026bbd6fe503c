import fc from 'fast-check';

/** What somebody does in a small shop: two customers, two variants, and orders by their number. */
export type Click =
  | {
      readonly kind: 'add';
      readonly customer: 0 | 1;
      readonly variant: 0 | 1;
      readonly quantity: number;
    }
  | { readonly kind: 'present' | 'place'; readonly customer: 0 | 1 }
  | { readonly kind: 'capture' | 'cancel' | 'move_on' | 'refund'; readonly order: number };

const anyOne = fc.constantFrom(0 as const, 1 as const);
const anyOrder = fc.nat({ max: 3 });

export function anyClick(): fc.Arbitrary<Click> {
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('add' as const),
        customer: anyOne,
        variant: anyOne,
        quantity: fc.integer({ min: 1, max: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('present' as const), customer: anyOne }),
    },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('place' as const), customer: anyOne }) },
    {
      weight: 7,
      arbitrary: fc.record({
        kind: fc.constantFrom('capture' as const, 'cancel', 'move_on', 'refund'),
        order: anyOrder,
      }),
    },
  );
}

/** The clicks of several who click at once, in several shops: the same ones each time. */
export function clicksAtOnce(
  shops: number,
  lanes: number,
  clicks: number,
): readonly (readonly Click[])[][] {
  const lane = fc.array(anyClick(), { minLength: clicks, maxLength: clicks });
  const shop = fc.array(lane, { minLength: lanes, maxLength: lanes });
  return fc.sample(shop, { numRuns: shops, seed: 6 });
}
