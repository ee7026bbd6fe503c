import fc from 'fast-check';

import type { PricingInput } from '../../pricing/pricing-input.ts';
import type { Policy } from '../policy.ts';
import { anyPricingInput } from '../pricing-input.arbitrary.ts';
import { BrokenLaw, type Law, type LawOptions, type LawReport } from './law-report.ts';
import type { LawCart, PricedCart, Pricer } from './pricer.ts';

const RUNS = 1_000;

type Definition<Subject, Case> = {
  readonly law: string;
  readonly says: string;
  /** Without one of them the law says nothing. */
  readonly needs?: readonly Policy[] | undefined;
  /** The premises: policies that no cart of this law has. */
  readonly excludes?: readonly Policy[] | undefined;
  readonly cases: (
    carts: fc.Arbitrary<PricingInput>,
    without: readonly Policy[],
  ) => fc.Arbitrary<Case>;
  /** Throws where the law does not hold. */
  readonly check: (subject: Subject, of: Case, without: ReadonlySet<Policy>) => void;
};

/** Makes a function that throws a `BrokenLaw` where an implementation does not keep the law. */
export function defineLaw<Subject, Case>(definition: Definition<Subject, Case>): Law<Subject> {
  const { law, says, needs = [], excludes = [] } = definition;
  const run = (subject: Subject, options: LawOptions = {}): LawReport => {
    const leftOut = needs.filter((policy) => options.without?.includes(policy) === true);
    return leftOut.length > 0
      ? { law, says, runs: 0, seed: 0, leftOut }
      : runLaw(definition, subject, options);
  };
  return Object.assign(run, { law, says, needs, excludes });
}

function runLaw<Subject, Case>(
  { law, says, excludes = [], cases, check }: Definition<Subject, Case>,
  subject: Subject,
  { runs = RUNS, seed, path, without = [], arbitrary }: LawOptions,
): LawReport {
  const omitted = [...without, ...excludes];
  const known = new Set(omitted);
  const property = fc.property(
    cases(arbitrary ?? anyPricingInput({ without: omitted }), omitted),
    (of) => check(subject, of, known),
  );
  const details = fc.check(property, {
    numRuns: runs,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
  });
  if (!details.failed) return { law, says, runs: details.numRuns, seed: details.seed, leftOut: [] };
  const { errorInstance } = details;
  throw new BrokenLaw(law, {
    reason:
      details.counterexample === null
        ? `the implementation refused ${details.numSkips} carts: leave out policies that it does not know`
        : String(errorInstance instanceof Error ? errorInstance.message : errorInstance),
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    example: details.counterexample?.[0],
    runs: details.numRuns,
  });
}

/** The cart as priced; a cart that is refused is passed by. */
export function pricedOrPassed(pricer: Pricer, cart: LawCart): PricedCart {
  const outcome = pricer.price(cart);
  if (outcome.status === 'refused') fc.pre(false);
  return outcome;
}
