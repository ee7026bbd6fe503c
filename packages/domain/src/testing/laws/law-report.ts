import type fc from 'fast-check';

import type { Policy } from '../policy.ts';
import type { LawCart } from './pricer.ts';
import { readable } from './readable.ts';

export type LawOptions = {
  /** How many cases: a thousand unless told. */
  readonly runs?: number | undefined;
  /** With the path of a broken law: the very case that broke it. */
  readonly seed?: number | undefined;
  readonly path?: string | undefined;
  /** Policies that the implementation does not know: no cart has them, and a law that is about one is left out. */
  readonly without?: readonly Policy[] | undefined;
  /** Carts of your own instead of `anyPricingInput`; valid ones, or such as the implementation refuses. */
  readonly arbitrary?: fc.Arbitrary<LawCart> | undefined;
};

export type LawReport = {
  readonly law: string;
  /** What the law says, in a sentence. */
  readonly says: string;
  readonly runs: number;
  readonly seed: number;
  /** The policies among those left out without which this law says nothing; it did not run. */
  readonly leftOut: readonly Policy[];
};

/** A law that does not hold: the message has the smallest cart that was found, and how to get back to it. */
export class BrokenLaw extends Error {
  override readonly name = 'BrokenLaw';
  readonly law: string;
  readonly reason: string;
  readonly seed: number;
  readonly path: string;
  /** The case as it was generated, shrunk. */
  readonly example: unknown;

  constructor(
    law: string,
    failure: {
      readonly reason: string;
      readonly seed: number;
      readonly path: string;
      readonly example: unknown;
      readonly runs: number;
    },
  ) {
    const { reason, seed, path, example, runs } = failure;
    super(
      `The law of ${law} is broken: ${reason}.\n` +
        `Found after ${runs} cases; the smallest one:\n${readable(example)}\n` +
        `To see it again: { seed: ${seed}, path: '${path}' }`,
    );
    this.law = law;
    this.reason = reason;
    this.seed = seed;
    this.path = path;
    this.example = example;
  }
}

export type Law<Subject> = {
  (subject: Subject, options?: LawOptions): LawReport;
  readonly law: string;
  readonly says: string;
  /** Policies that it is about, and those that its carts never have. */
  readonly needs: readonly Policy[];
  readonly excludes: readonly Policy[];
};
