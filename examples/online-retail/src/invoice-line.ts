import { countryCode } from './countries.ts';
import type { FileLine } from './invoice-file.ts';
import { readPrice, type Pennies } from './pennies.ts';
import type { Reason } from './refusal-reasons.ts';

/** Something that the shop sells, at one of its prices. */
export type Article = {
  readonly code: string;
  /** Empty when the file has none. */
  readonly name: string;
  readonly price: Pennies;
};

export type Sale = {
  readonly invoice: string;
  /** Empty when the file has none. */
  readonly customer: string;
  readonly country: string;
  readonly article: Article;
  readonly quantity: number;
};

export type Verdict =
  | { readonly accepted: true; readonly sale: Sale; readonly amount: Pennies }
  | {
      readonly accepted: false;
      readonly reason: Reason;
      /** Null where there is no amount in whole pennies. */
      readonly amount: Pennies | null;
      /** What was not sold may still belong into the catalogue, as returned goods do. */
      readonly article: Article | null;
    };

/** The most units of one thing that a cart takes. */
export const LARGEST_QUANTITY = 9_999;

const LONGEST_NAME = 200;
const INVOICE = /^[AC]?\d{1,12}$/;
const CODE = /^[^\p{C}\p{Z}](?:[^\p{C}]{0,38}[^\p{C}\p{Z}])?$/u;
const QUANTITY = /^-?\d{1,9}$/;
/** Spreadsheets like to write the number 17850 as 17850.0. */
const CUSTOMER = /^(\d{1,12})(?:\.0)?$/;

const NOT_GOODS: ReadonlyMap<string, Reason> = new Map([
  ['POST', 'postage'],
  ['DOT', 'postage'],
  ['C2', 'postage'],
  ['D', 'discount'],
  ['M', 'manual'],
  ['BANK CHARGES', 'fee'],
  ['AMAZONFEE', 'fee'],
  ['CRUK', 'fee'],
  ['S', 'sample'],
  ['B', 'bad_debt'],
]);

/** Says of one line whether it is a sale of goods, and if not, why: the first reason that holds. */
export function judge(line: FileLine): Verdict {
  const invoice = line.invoice.trim().toUpperCase();
  const code = foldCode(line.code);
  const reading = readPrice(line.price.trim());
  const quantityText = line.quantity.trim();
  const customer = line.customer.trim() === '' ? '' : CUSTOMER.exec(line.customer.trim())?.[1];
  if (
    !line.wellFormed ||
    !INVOICE.test(invoice) ||
    !CODE.test(code) ||
    !QUANTITY.test(quantityText) ||
    reading.kind === 'malformed' ||
    customer === undefined
  ) {
    return { accepted: false, reason: 'malformed', amount: null, article: null };
  }
  const quantity = Number(quantityText);
  const special = specialReason(invoice, code);
  if (reading.kind === 'fraction_of_a_penny') {
    return { accepted: false, reason: special ?? reading.kind, amount: null, article: null };
  }
  const price = reading.pennies;
  const amount = price * BigInt(quantity);
  const isArticle = special === null && price > 0n;
  const article: Article = { code, name: cleanName(line.description), price };
  const country = countryCode(line.country);
  const reason = special ?? goodsReason(invoice, quantity, price, country);
  return reason === null && country !== null
    ? { accepted: true, amount, sale: { invoice, customer, country, article, quantity } }
    : {
        accepted: false,
        reason: reason ?? 'unknown_country',
        amount,
        article: isArticle ? article : null,
      };
}

/** Codes that differ in case only are one article, typed in a hurry. */
function foldCode(code: string): string {
  return code.trim().toUpperCase();
}

export function cleanName(description: string): string {
  const clean = description
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .normalize('NFC');
  return [...clean].slice(0, LONGEST_NAME).join('').trim();
}

function specialReason(invoice: string, code: string): Reason | null {
  if (invoice.startsWith('A')) return 'bad_debt';
  if (code.startsWith('GIFT_')) return 'gift_voucher';
  return NOT_GOODS.get(code) ?? null;
}

function goodsReason(
  invoice: string,
  quantity: number,
  price: Pennies,
  country: string | null,
): Reason | null {
  if (invoice.startsWith('C')) return 'return';
  if (quantity < 0) return 'write_off';
  if (quantity === 0) return 'no_quantity';
  if (price < 0n) return 'negative_price';
  if (price === 0n) return 'zero_price';
  if (quantity > LARGEST_QUANTITY) return 'quantity_too_large';
  return country === null ? 'unknown_country' : null;
}
