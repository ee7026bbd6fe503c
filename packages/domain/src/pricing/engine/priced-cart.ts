import type { PricingInput } from '../pricing-input.ts';
import type { Quote } from '../quote.value.ts';
import type { Rejection } from '../rejection.ts';
import type { Turned } from './candidate.ts';
import type { LineGroup } from './line-group.ts';
import type { Round } from './promotion-round.ts';
import type { ShippingQuotation } from './shipping-charge.ts';
import type { TaxRounding } from './taxation.ts';

/** Everything that was found out about a cart, before it is written down as a quote. */
export type Priced = {
  readonly input: PricingInput;
  readonly groups: readonly LineGroup[];
  readonly quotation: ShippingQuotation | null;
  readonly outcome: Round;
  readonly taxes: readonly TaxRounding[];
  readonly turned: readonly Turned[];
  readonly rejectedCodes: readonly Rejection[];
};

/** How its taxes are to be taken. */
export type Mode = { readonly prices: Quote['prices']; readonly isExempt: boolean };
