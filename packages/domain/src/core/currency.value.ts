import { err, ok, type Result } from 'neverthrow';

/**
 * ISO 4217 list one as of amendment 180 (in force since January 2026): every
 * code that can carry an amount, by its number of minor-unit digits. `Intl` is not the source: it disagrees with the standard
 * (HUF, IQD, COP, …). Codes without a minor unit ("N.A.": metals, XDR, test
 * codes) are left out, since no price can be written in them.
 */
const CODES_BY_DIGITS = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF ' +
    'CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD ' +
    'HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT ' +
    'MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR ' +
    'SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU ' +
    'UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
} as const;

const DIGITS_BY_CODE: ReadonlyMap<string, number> = new Map(
  Object.entries(CODES_BY_DIGITS).flatMap(([digits, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(digits)]),
  ),
);

/** An ISO 4217 alphabetic code, upper case. */
export type Currency = string & { readonly __brand: 'Currency' };

export type UnknownCurrency = {
  readonly code: 'core.unknown_currency';
  readonly currency: string;
};

/** Reads a code as the standard writes it: three upper-case letters. */
export function parseCurrency(text: string): Result<Currency, UnknownCurrency> {
  return DIGITS_BY_CODE.has(text)
    ? ok(text as Currency)
    : err({ code: 'core.unknown_currency', currency: text });
}

/** How many digits stand after the decimal point: 0 for JPY, 2 for USD, 3 for KWD, 4 for CLF. */
export function minorUnitDigits(currency: Currency): number {
  return DIGITS_BY_CODE.get(currency) ?? 0;
}

/** Every code of the table, sorted. */
export const ALL_CURRENCIES: readonly Currency[] = [...DIGITS_BY_CODE.keys()]
  .toSorted()
  .map((code) => code as Currency);
