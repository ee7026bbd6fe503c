import { allocate, type Rate } from '@kastoma/domain/core';

import { must } from './must.ts';

/** What the till knows: what is on the counter, what time it is, and how much is off in the evening. */
export type Slip = {
  readonly rows: readonly Row[];
  readonly at: number;
  readonly evening: Evening;
};
type Row = { readonly sku: string; readonly cents: bigint; readonly pieces: number };
/** Half-open: from the start on, up to and without the end. Null: it has none. */
type Evening = { readonly off: Rate; readonly from: number | null; readonly until: number | null };

export type Receipt = {
  readonly rows: readonly { readonly sku: string; readonly before: bigint; readonly off: bigint }[];
  /** Why nothing is off; null when something is. */
  readonly whyNot: 'too early' | 'too late' | 'nothing to take off' | null;
};

/** Our own rule: a share of the whole, rounded once, and shared out over the rows. */
export function eveningPrice(slip: Slip): Receipt {
  return ring(slip, (sums) => {
    const discount = slip.evening.off.of(total(sums), 'half_up');
    return must(
      allocate(
        discount,
        sums.map((weight, at) => ({ id: slip.rows[at]?.sku ?? '', weight })),
      ),
    );
  });
}

/** What the till did before: every row was rounded on its own. */
export function oldEveningPrice(slip: Slip): Receipt {
  return ring(slip, (sums) => sums.map((sum) => slip.evening.off.of(sum, 'half_up')));
}

function ring(slip: Slip, discountOf: (sums: readonly bigint[]) => readonly bigint[]): Receipt {
  const whyNot = whyNotNow(slip);
  const sums = slip.rows.map(({ cents, pieces }) => cents * BigInt(pieces));
  const discounts = whyNot === null ? discountOf(sums) : [];
  const isNothing = total(discounts) === 0n;
  return {
    rows: slip.rows.map(({ sku }, at) => ({
      sku,
      before: sums[at] ?? 0n,
      off: discounts[at] ?? 0n,
    })),
    whyNot: whyNot ?? (isNothing ? 'nothing to take off' : null),
  };
}

function whyNotNow({ at, evening: { from, until } }: Slip): 'too early' | 'too late' | null {
  if (from !== null && at < from) return 'too early';
  return until !== null && at >= until ? 'too late' : null;
}

function total(amounts: readonly bigint[]): bigint {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
