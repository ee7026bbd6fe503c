import fc from 'fast-check';

import { Money } from '../../core/money.value.ts';
import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { TaxPolicy } from '../../pricing/tax.value.ts';
import { COUNTRIES } from '../cart-facts.ts';
import { anyTaxPolicy } from '../tax-policy.arbitrary.ts';
import { breach, demand, demandSame } from './breach.ts';
import { defineLaw, pricedOrPassed } from './law.ts';
import type { LawLine, PricedCart, Pricer } from './pricer.ts';

/** Carts that are taxed more often than by chance. */
function taxed(
  carts: fc.Arbitrary<PricingInput>,
  policies: fc.Arbitrary<TaxPolicy>,
): fc.Arbitrary<PricingInput> {
  return fc.tuple(carts, policies, fc.constantFrom(...COUNTRIES)).map(([cart, tax, country]) => ({
    ...cart,
    destination: cart.destination ?? { country },
    tax: {
      ...tax,
      rules: tax.rules.map((rule, index) =>
        index === 0
          ? { ...rule, country: cart.destination?.country ?? country, region: undefined }
          : rule,
      ),
    },
  }));
}

/** Law 9, its first half. */
export const taxIncluded = defineLaw<Pricer, PricingInput>({
  law: 'tax included',
  says: 'Where prices hold the tax, net and tax are the gross exactly: who is exempt is charged the gross less the tax, and no line more tax than it costs.',
  needs: ['tax', 'tax_inclusive', 'tax_exemption'],
  cases: (carts, without) => taxed(carts, anyTaxPolicy({ without: [...without, 'tax_exclusive'] })),
  check: (pricer, cart) => {
    const gross = pricedOrPassed(pricer, {
      ...cart,
      customer: { ...cart.customer, taxExempt: false },
    });
    const net = pricedOrPassed(pricer, {
      ...cart,
      customer: { ...cart.customer, taxExempt: true },
    });
    const netOf = new Map(net.lines.map((line) => [line.id, line]));
    for (const line of gross.lines) {
      demand(
        line.tax <= line.total,
        () => `the line ${line.id} costs ${line.total}, ${line.tax} of it tax`,
      );
      demandSame(
        netOf.get(line.id)?.total ?? 0n,
        line.total - line.tax,
        `the net of the line ${line.id}`,
      );
      demandSame(
        netOf.get(line.id)?.tax ?? 0n,
        0n,
        `the tax of who is exempt on the line ${line.id}`,
      );
    }
    demandSame(net.totals.tax, 0n, 'the tax of who is exempt');
    demandSame(
      net.totals.total,
      gross.totals.total - gross.totals.tax,
      'the total of who is exempt',
    );
  },
});

/** Law 9, its second half. */
export const taxAgreement = defineLaw<Pricer, PricingInput>({
  law: 'tax agreement',
  says: 'Tax on top of a net price, and tax in the price that this makes, differ by at most one minor unit.',
  needs: ['tax', 'tax_inclusive', 'tax_exclusive'],
  cases: (carts, without) =>
    taxed(carts, anyTaxPolicy({ without: [...without, 'tax_inclusive'] })).map((cart) => ({
      ...cart,
      lines: cart.lines.slice(0, 1),
      customer: { ...cart.customer, taxExempt: undefined },
      shipping: null,
    })),
  check: (pricer, cart) => {
    const [line] = cart.lines;
    if (line === undefined) return;
    const onTop = lineOf(pricedOrPassed(pricer, cart));
    const gross = Money.of(onTop.total + onTop.tax, cart.currency)._unsafeUnwrap();
    const included = lineOf(
      pricedOrPassed(pricer, {
        ...cart,
        lines: [{ ...line, unitPrice: gross, quantity: 1 }],
        promotions: [],
        coupons: [],
        codes: [],
        uses: [],
        tax: cart.tax && { ...cart.tax, prices: 'inclusive' },
      }),
    );
    const apart = included.tax - onTop.tax;
    demand(
      apart >= -1n && apart <= 1n,
      () =>
        `the tax on top of ${onTop.total} is ${onTop.tax}, and that in ${gross.minorUnits} is ${included.tax}`,
    );
  },
});

function lineOf({ lines: [line] }: PricedCart): LawLine {
  return line ?? breach('a cart of one line is priced without any');
}
