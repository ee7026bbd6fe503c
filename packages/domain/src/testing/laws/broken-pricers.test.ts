import { describe, expect, test } from 'vitest';

import { allocate } from '../../core/allocation.ts';
import { minorUnitDigits } from '../../core/currency.value.ts';
import type { Instant } from '../../core/instant.value.ts';
import { Money } from '../../core/money.value.ts';
import { price, priceCountingSteps } from '../../pricing/price.ts';
import { laws } from './all-laws.ts';
import { changedTerms, withoutFloors, withPromotions } from './changed-cart.ts';
import { adaptPricer } from './foreign-engine.ts';
import { BrokenLaw, type LawReport } from './law-report.ts';
import {
  pricerOf,
  type Allocate,
  type CountSteps,
  type LawCart,
  type LawLine,
  type LawOutcome,
  type PricedCart,
  type Pricer,
} from './pricer.ts';
import { refunderOf, type LawRefundRequest, type PaidOrder, type Refunder } from './refunder.ts';

const pricer = pricerOf(price);

/** Our engine with its answer changed. */
function answering(change: (priced: PricedCart, cart: LawCart) => PricedCart): Pricer {
  return {
    price: (cart) => {
      const outcome = pricer.price(cart);
      return outcome.status === 'refused' ? outcome : change(outcome, cart);
    },
  };
}

/** Our engine, asked something else. */
function asking(change: (cart: LawCart) => LawCart): Pricer {
  return { price: (cart) => pricer.price(change(cart)) };
}

/** What follows from the lines is put right again. */
function withLines(priced: PricedCart, lines: readonly LawLine[]): PricedCart {
  const sum = (pick: (line: LawLine) => bigint) =>
    lines.reduce((total, line) => total + pick(line), 0n);
  const tax = sum((line) => line.tax) + (priced.shipping?.tax ?? 0n);
  const onTop = priced.prices === 'exclusive' ? tax : 0n;
  const totals = {
    ...priced.totals,
    discount: sum((line) => line.discount),
    tax,
    total: sum((line) => line.total) + priced.totals.shipping + onTop,
  };
  return { ...priced, lines, totals, text: () => `${priced.text()} ${totals.total}` };
}

function eachLine(change: (line: LawLine) => LawLine): Pricer {
  return answering((priced) => withLines(priced, priced.lines.map(change)));
}

/** The smallest seen case comes with the message; which one it is hangs on chance. */
function expectBroken(law: () => LawReport, told: RegExp): void {
  expect(law).toThrow(BrokenLaw);
  expect(law).toThrow(told);
}

const options = { seed: 42, runs: 5_000 };

const losesACent = answering((priced) => ({
  ...priced,
  totals: { ...priced.totals, total: priced.totals.total - (priced.lines.length > 2 ? 1n : 0n) },
}));
const losesAShare = eachLine((line) => {
  const [first, ...others] = line.discounts ?? [];
  if (first === undefined || first.amount < 5n) return line;
  return {
    ...line,
    discount: line.discount - 1n,
    discounts: [{ ...first, amount: first.amount - 1n }, ...others],
    total: line.total + 1n,
  };
});
const stacksFromTheBase = eachLine((line) => {
  const [first, second, ...others] = line.discounts ?? [];
  if (first === undefined || second === undefined) return line;
  const more = first.amount;
  return {
    ...line,
    discount: line.discount + more,
    discounts: [first, { ...second, amount: second.amount + more }, ...others],
    total: line.total - more,
  };
});
const ignoresMinimumPrices = asking(withoutFloors);
const ignoresMaximumDiscounts = asking((cart) =>
  withPromotions(cart, ({ limits }) => ({ limits: { ...limits, maximumDiscount: undefined } })),
);
const leavesARest = eachLine((line) =>
  line.total === 0n && line.discount > 0n
    ? { ...line, discount: line.discount - 1n, total: 1n }
    : line,
);
const roundsPerUnit: Pricer = answering((priced, cart) =>
  withLines(
    priced,
    priced.lines.map((line) => {
      const quantity = BigInt(cart.lines.find(({ id }) => id === line.id)?.quantity ?? 1);
      const discount = (line.discount / quantity) * quantity;
      return { ...line, discount, total: line.subtotal - discount };
    }),
  ),
);
const goesByTheOrderOfItsInput = asking((cart) => ({
  ...cart,
  promotions: cart.promotions?.map((terms, index) => changedTerms(terms, { priority: -index })),
}));
const takesTheLastCode = asking((cart) => ({ ...cart, codes: cart.codes?.slice(-1) }));
const pricesLinesApart = asking((cart) => ({
  ...cart,
  lines: cart.lines.map((line) => ({ ...line, variantId: line.id })),
}));
const letsTheLastMomentIn = asking((cart) =>
  withPromotions(cart, ({ endsAt }) => ({
    endsAt: endsAt === null ? null : ((endsAt + 1) as Instant),
  })),
);
const wantsMoreThanTheMinimum = asking((cart) =>
  withPromotions(cart, ({ conditions }) => {
    const minimum = conditions.minimumSubtotal;
    const more = minimum && Money.of(minimum.minorUnits + 1n, minimum.currency)._unsafeUnwrap();
    return { conditions: { ...conditions, minimumSubtotal: more } };
  }),
);
const allowsOneUseTooMany = asking((cart) =>
  withPromotions(cart, ({ limits }) => ({
    limits: { ...limits, total: limits.total === undefined ? undefined : limits.total + 1 },
  })),
);
const knowsUpperCaseAlone = asking((cart) => ({
  ...cart,
  codes: cart.codes?.filter((code) => code === code.toUpperCase()),
}));
const dropsCodesInSilence = answering((priced) => ({
  ...priced,
  rejected: priced.rejected.filter(({ reason }) => reason !== 'same_promotion'),
}));
const letsExclusiveOnesShutOutThoughTheyDoNotApply = asking((cart) => {
  const isExclusive = cart.promotions?.some((terms) => terms.isExclusive);
  return isExclusive === true
    ? { ...cart, promotions: cart.promotions?.filter((terms) => terms.isExclusive) }
    : cart;
});
const appliesOnePromotionAlone = asking((cart) => {
  const automatic = cart.promotions?.findLast(
    ({ id }) => cart.coupons?.some(({ promotionId }) => promotionId === id) !== true,
  );
  return { ...cart, promotions: automatic && [automatic], coupons: [], codes: [] };
});
const chargesTheExemptTheGross = answering((priced) =>
  withLines(
    priced,
    priced.lines.map((line) => ({ ...line, taxRelief: 0n, total: line.total + line.taxRelief })),
  ),
);
const takesThePercentageOfTheGross = answering((priced, cart) => {
  if (priced.prices === 'exclusive') return priced;
  const onTop = pricer.price({ ...cart, tax: cart.tax && { ...cart.tax, prices: 'exclusive' } });
  return onTop.status === 'refused' ? priced : { ...onTop, prices: 'inclusive' };
});
const taxesEachUnit = answering((priced, cart) =>
  withLines(
    priced,
    priced.lines.map((line) => {
      const quantity = BigInt(cart.lines.find(({ id }) => id === line.id)?.quantity ?? 1);
      return { ...line, tax: (line.tax / quantity) * quantity };
    }),
  ),
);
const believesInCents = answering((priced, cart) => {
  if (minorUnitDigits(cart.currency) > 0) return priced;
  const total = priced.totals.total - (priced.totals.total % 100n);
  return { ...priced, totals: { ...priced.totals, total } };
});

const PATIENT = { timeout: 120_000 };

describe('an engine that is broken on purpose breaks the law', PATIENT, () => {
  test.each([
    ['of conservation: it loses a cent', laws.conservation, losesACent, /the total is/],
    ['of allocation: a share gets lost', laws.allocation, losesAShare, /sum of shares/],
    [
      'of bounds: percentages stack from the base',
      laws.bounds,
      stacksFromTheBase,
      /which costs|the total of/,
    ],
    [
      'of bounds: minimum prices are forgotten',
      laws.bounds,
      ignoresMinimumPrices,
      /and its minimum is/,
    ],
    [
      'of bounds: maximum discounts are forgotten',
      laws.bounds,
      ignoresMaximumDiscounts,
      / off, and \d+ at most/,
    ],
    ['of nothing to pay: a cent is left', laws.nothingToPay, leavesARest, /is 1, and should be 0/],
    ['of rounding once: it rounds per unit', laws.roundedOnce, roundsPerUnit, /is rounded to/],
    [
      'of order: promotions go as they come',
      laws.orderIndependence,
      goesByTheOrderOfItsInput,
      /in another order/,
    ],
    ['of order: the last code counts', laws.orderIndependence, takesTheLastCode, /another order/],
    ['of splitting: lines are priced apart', laws.splitIndependence, pricesLinesApart, /split/],
    ['of gating: the last moment is let in', laws.gating, letsTheLastMomentIn, /expired/],
    [
      'of gating: the minimum is not enough',
      laws.gating,
      wantsMoreThanTheMinimum,
      /just not below_minimum/,
    ],
    ['of gating: one use too many', laws.gating, allowsOneUseTooMany, /limit_reached/],
    ['of gating: codes have a case', laws.gating, knowsUpperCaseAlone, /silence|kept out/],
    [
      'of gating: who does not apply shuts out others',
      laws.gating,
      letsExclusiveOnesShutOutThoughTheyDoNotApply,
      /the quote with a promotion that is/,
    ],
    [
      'of explanation: a code is dropped in silence',
      laws.explanation,
      dropsCodesInSilence,
      /is told of 0 times/,
    ],
    [
      'of monotonicity: one promotion alone applies',
      laws.monotonicity,
      appliesOnePromotionAlone,
      /rather than/,
    ],
    [
      'of tax: the exempt pay the gross',
      laws.taxIncluded,
      chargesTheExemptTheGross,
      /the net of the line/,
    ],
    [
      'of tax: the percentage is taken of the gross',
      laws.taxAgreement,
      takesThePercentageOfTheGross,
      /the tax on top of/,
    ],
    ['of tax: it is rounded per unit', laws.taxAgreement, taxesEachUnit, /the tax on top of/],
    ['of currencies: a yen has a hundred parts', laws.currencies, believesInCents, /the quote in/],
  ] as const)('%s', (_title, law, broken, told) => {
    expectBroken(() => law(broken, options), told);
  });

  test('of determinism: the second quote is another one', () => {
    let calls = 0n;
    const counting = answering((priced) => {
      calls += 1n;
      const call = calls;
      return { ...priced, text: () => `${priced.text()} ${call}` };
    });
    expectBroken(() => laws.determinism(counting, options), /the second quote/);
  });

  test('of determinism: the cart is changed', () => {
    const sorting: Pricer = {
      price: (cart) => {
        (cart.lines as LawCart['lines'][number][]).sort((a, b) => (a.id < b.id ? -1 : 1));
        return pricer.price(cart);
      },
    };
    expectBroken(() => laws.determinism(sorting, options), /the cart after it was priced/);
  });

  test('of determinism: what the quote carries is priced otherwise', () => {
    const forgetting = answering((priced) => ({
      ...priced,
      again: (): LawOutcome => ({ status: 'refused', reason: 'forgotten' }),
    }));
    expectBroken(() => laws.determinism(forgetting, options), /of what the quote carries/);
  });

  test('of conservation: a total is no whole number of minor units', () => {
    const floating = adaptPricer({
      toCart: (cart) =>
        cart.lines.map(({ id, unitPrice, quantity }) => ({
          id,
          subtotal: Number(unitPrice.minorUnits) * quantity,
        })),
      price: (lines) => ({
        lines: lines.map((line) => ({ ...line, total: line.subtotal * 0.9 })),
        total: lines.reduce((sum, { subtotal }) => sum + subtotal * 0.9, 0),
      }),
      toOutcome: (answer) => answer,
    });
    expectBroken(() => laws.conservation(floating, options), /no whole number of minor units/);
  });

  test('of sharing: what is left over gets lost, or all of it goes to the last', () => {
    const floors: Allocate = (whole, weights) => {
      const sum = weights.reduce((total, { weight }) => total + weight, 0n);
      return weights.map(({ weight }) => (whole * weight) / sum);
    };
    const lastTakesTheRest: Allocate = (whole, weights) => {
      const parts = floors(whole, weights);
      const rest = whole - parts.reduce((sum, part) => sum + part, 0n);
      return parts.map((part, index) => (index === parts.length - 1 ? part + rest : part));
    };
    const unevenly: Allocate = (whole, weights) =>
      whole < 0n ? floors(whole, weights) : allocate(whole, weights)._unsafeUnwrap();
    expectBroken(() => laws.sharing(floors, options), /the sum of the parts/);
    expectBroken(
      () => laws.sharing(lastTakesTheRest, options),
      /no weight|off its share|mirror|another order/,
    );
    expectBroken(() => laws.sharing(unevenly, options), /the sum of the parts|mirror/);
  });

  test('of refunds: every unit is paid back at the rounded price', () => {
    const refunder = refunderOf(price);
    const rounding: Refunder = (cart) => {
      const order = refunder(cart);
      if (order === null) return null;
      const unitOf = new Map(
        order.lines.map(({ id, paid, quantity }) => [id, paid / BigInt(quantity)]),
      );
      return {
        ...order,
        refund: (request: LawRefundRequest) => {
          const paid = order.refund(request);
          return paid === null || request.of !== 'units'
            ? paid
            : (unitOf.get(request.lineId) ?? 0n) * BigInt(request.quantity);
        },
      };
    };
    expectBroken(() => laws.refunds(rounding, options), /what is left/);
  });

  test('of refunds: shipping is paid back twice', () => {
    const refunder = refunderOf(price);
    const twice: Refunder = (cart) => {
      const order: PaidOrder | null = refunder(cart);
      return (
        order && {
          ...order,
          refund: (request) =>
            request.of === 'shipping' ? order.shippingPaid : order.refund(request),
        }
      );
    };
    expectBroken(() => laws.refunds(twice, options), /shipping/);
  });

  test('of scale: every line is compared with every other', () => {
    const squared: CountSteps = (cart) =>
      priceCountingSteps(cart).match(
        ({ steps }) => steps + cart.lines.length ** 2,
        () => null,
      );
    expectBroken(() => laws.scale(squared, options), /4 times the lines/);
  });
});

describe('a broken law', PATIENT, () => {
  test('shows the smallest cart in the words of a shop, and how to see it again', () => {
    const law = () => laws.conservation(losesACent, { seed: 42 });
    expect(law).toThrow(
      /^The law of conservation is broken: the total is -?\d+, and should be -?\d+\.\nFound after \d+ cases; the smallest one:\n/,
    );
    expect(law).toThrow(/unitPrice: 0(\.0+)? [A-Z]{3},\n\s+quantity: 1,/);
    expect(law).toThrow(/To see it again: \{ seed: 42, path: '[0-9:]+' \}$/);
  });

  test('is seen again at once by its seed and its path', () => {
    const broken = caught(() => laws.conservation(losesACent, { seed: 42 }));
    const again = caught(() =>
      laws.conservation(losesACent, { seed: broken.seed, path: broken.path }),
    );
    expect(again.example).toEqual(broken.example);
  });

  test('is what an engine is told that refuses every cart', () => {
    const refusing: Pricer = { price: () => ({ status: 'refused', reason: 'closed' }) };
    expectBroken(
      () => laws.bounds(refusing, { runs: 10 }),
      /refused \d+ carts: leave out policies/,
    );
  });
});

function caught(law: () => LawReport): BrokenLaw {
  try {
    law();
  } catch (thrown) {
    if (thrown instanceof BrokenLaw) return thrown;
  }
  return expect.fail('No law was broken.');
}
