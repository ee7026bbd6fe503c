import { allocation, sharing } from './allocation.law.ts';
import { bounds, nothingToPay } from './bounds.law.ts';
import { conservation } from './conservation.law.ts';
import { couponUse } from './coupon-use.law.ts';
import { currencies } from './currencies.law.ts';
import { determinism } from './determinism.law.ts';
import { explanation, gating } from './gating.law.ts';
import { BrokenLaw, type LawOptions, type LawReport } from './law-report.ts';
import { monotonicity } from './monotonicity.law.ts';
import { orderIndependence } from './order-independence.law.ts';
import type { Pricer } from './pricer.ts';
import { refunds } from './refunds.law.ts';
import { roundedOnce } from './rounding.law.ts';
import { scale } from './scale.law.ts';
import { splitIndependence } from './split-independence.law.ts';
import { taxAgreement, taxIncluded } from './tax.law.ts';

/** The laws of a pricer. */
const ofPricer = {
  conservation,
  allocation,
  bounds,
  nothingToPay,
  roundedOnce,
  orderIndependence,
  splitIndependence,
  determinism,
  gating,
  explanation,
  monotonicity,
  taxIncluded,
  taxAgreement,
  currencies,
};

/**
 * The laws of pricing, each a function that takes an implementation and throws a `BrokenLaw` where it
 * does not keep the law. They need no test runner.
 */
export const laws = { ...ofPricer, sharing, refunds, scale, couponUse };

export type LawOutcomeReport =
  | (LawReport & { readonly status: 'kept' | 'left_out' })
  | {
      readonly law: string;
      readonly says: string;
      readonly status: 'broken';
      readonly failure: string;
      readonly seed: number;
      readonly path: string;
    };

/** Runs every law of a pricer and tells how each came out; none throws. */
export function runAllLaws(pricer: Pricer, options: LawOptions = {}): readonly LawOutcomeReport[] {
  return Object.values(ofPricer).map((law) => reportOf(law, () => law(pricer, options)));
}

/** How one law came out. Whatever else the implementation throws is a broken law as well. */
function reportOf(
  { law, says }: { readonly law: string; readonly says: string },
  run: () => LawReport,
): LawOutcomeReport {
  try {
    const report = run();
    return { ...report, status: report.leftOut.length > 0 ? 'left_out' : 'kept' };
  } catch (thrown) {
    const { message, seed, path } =
      thrown instanceof BrokenLaw ? thrown : { message: messageOf(thrown), seed: 0, path: '' };
    return { law, says, status: 'broken', failure: message, seed, path };
  }
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : JSON.stringify(thrown);
}
