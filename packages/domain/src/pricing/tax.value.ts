import type { Country } from '../core/country.value.ts';
import type { Rate } from '../core/rate.value.ts';

/** A tax on what is shipped to a place. Rules that fit the same line add up: a federal and a regional tax, say. */
export type TaxRule = {
  /** Unique within the input. */
  readonly id: string;
  /** What it is called on an invoice: `VAT`, `GST`. */
  readonly name?: string | undefined;
  readonly country: Country;
  /** Left out: the whole country. Compared as it is written, `CA-QC` or `QC`. */
  readonly region?: string | undefined;
  /** Left out: every class. */
  readonly taxClass?: string | undefined;
  readonly rate: Rate;
};

export type TaxPolicy = {
  /** Whether prices hold the tax already, or it comes on top. */
  readonly prices: 'inclusive' | 'exclusive';
  /** Rounded for each line (lines of equal variant, price and tax class are one), or once for the whole quote. */
  readonly rounding: 'per_line' | 'per_total';
  readonly rules: readonly TaxRule[];
};

/** The class of a line or of shipping that names none. */
export const STANDARD_TAX_CLASS = 'standard';
