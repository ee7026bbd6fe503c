import { describe, expect, it } from 'vitest';

import type { FileLine } from './invoice-file.ts';
import { cleanName, judge } from './invoice-line.ts';
import type { Reason } from './refusal-reasons.ts';
import { fileLine } from './testing/file-line.builder.ts';

describe('a sale of goods', () => {
  it('is accepted with its amount in pennies', () => {
    expect(judge(fileLine({ quantity: '3', price: '2.1' }))).toEqual({
      accepted: true,
      amount: 630n,
      sale: {
        invoice: '500001',
        customer: '17000',
        country: 'GB',
        article: { code: '10001A', name: 'TIN LANTERN', price: 210n },
        quantity: 3,
      },
    });
  });

  it('may have no customer', () => {
    expect(judge(fileLine({ customer: ' ' }))).toMatchObject({ sale: { customer: '' } });
  });

  it('has its customer even where a spreadsheet has made a decimal of the number', () => {
    expect(judge(fileLine({ customer: '17850.0' }))).toMatchObject({ sale: { customer: '17850' } });
  });

  it('is of the same article however its code is typed', () => {
    expect(judge(fileLine({ code: ' 15056bl ' }))).toMatchObject({
      sale: { article: { code: '15056BL' } },
    });
  });

  it.each([
    ['EIRE', 'IE'],
    ['RSA', 'ZA'],
    ['Channel Islands', 'JE'],
    ['Czech Republic', 'CZ'],
    ['USA', 'US'],
  ])('to %s is shipped to %s', (country, code) => {
    expect(judge(fileLine({ country }))).toMatchObject({ sale: { country: code } });
  });

  it.each(['1', '9999'])('may be of %s units', (quantity) => {
    expect(judge(fileLine({ quantity }))).toMatchObject({ accepted: true });
  });

  it.each(['DCGS0076', 'SP1002', 'PADS'])('may be of the odd code %s', (code) => {
    expect(judge(fileLine({ code }))).toMatchObject({ accepted: true });
  });
});

describe('a refusal', () => {
  const cases: readonly (readonly [Reason, Partial<FileLine>])[] = [
    ['return', { invoice: 'C500001', quantity: '-6' }],
    ['return', { invoice: 'c500001', quantity: '-6' }],
    ['postage', { code: 'POST' }],
    ['postage', { code: 'DOT' }],
    ['postage', { code: 'C2' }],
    ['postage', { code: 'POST', invoice: 'C500001', quantity: '-1' }],
    ['discount', { code: 'D', invoice: 'C500001', quantity: '-1' }],
    ['manual', { code: 'M' }],
    ['manual', { code: 'm' }],
    ['fee', { code: 'BANK CHARGES' }],
    ['fee', { code: 'AMAZONFEE' }],
    ['fee', { code: 'CRUK' }],
    ['sample', { code: 'S' }],
    ['bad_debt', { code: 'B' }],
    ['bad_debt', { invoice: 'A500001', price: '-11062.06', quantity: '1' }],
    ['gift_voucher', { code: 'gift_0001_20' }],
    ['write_off', { quantity: '-10', price: '0' }],
    ['no_quantity', { quantity: '0' }],
    ['negative_price', { price: '-1.00' }],
    ['zero_price', { price: '0', customer: '', description: '' }],
    ['fraction_of_a_penny', { code: 'PADS', price: '0.001' }],
    ['quantity_too_large', { quantity: '10000' }],
    ['unknown_country', { country: 'European Community' }],
    ['unknown_country', { country: 'Unspecified' }],
    ['malformed', { quantity: 'six' }],
    ['malformed', { quantity: '1.5' }],
    ['malformed', { quantity: '' }],
    ['malformed', { price: '' }],
    ['malformed', { code: '' }],
    ['malformed', { invoice: '' }],
    ['malformed', { invoice: 'X500001' }],
    ['malformed', { customer: 'somebody' }],
    ['malformed', { wellFormed: false }],
  ];

  it.each(cases)('%s: %o', (reason, fields) => {
    expect(judge(fileLine(fields))).toMatchObject({ accepted: false, reason });
  });

  it('keeps its amount, so that the table can show it', () => {
    const refused = judge(fileLine({ invoice: 'C500001', quantity: '-12', price: '1.65' }));
    expect(refused).toMatchObject({ amount: -1_980n });
  });

  it('of returned goods leaves them in the catalogue, one of postage does not', () => {
    expect(judge(fileLine({ invoice: 'C500001', quantity: '-1' }))).toMatchObject({
      article: { code: '10001A', price: 255n },
    });
    expect(judge(fileLine({ code: 'POST' }))).toMatchObject({ article: null });
    expect(judge(fileLine({ price: '0' }))).toMatchObject({ article: null });
  });
});

describe('a name', () => {
  it('has no stray blanks and no control characters', () => {
    expect(cleanName('  SET OF 3 COLOURED  FLYING\tDUCKS\u0000 ')).toBe(
      'SET OF 3 COLOURED FLYING DUCKS',
    );
  });

  it('is not longer than the shop allows', () => {
    expect([...cleanName('🦆'.repeat(300))]).toHaveLength(200);
  });
});
