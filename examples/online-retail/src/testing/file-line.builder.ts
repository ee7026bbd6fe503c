import type { FileLine } from '../invoice-file.ts';

/** A line that is a sale like any other, but for what a test says of it. */
export function fileLine(fields: Partial<FileLine> = {}): FileLine {
  return {
    number: 2,
    invoice: '500001',
    code: '10001A',
    description: 'TIN LANTERN',
    quantity: '6',
    price: '2.55',
    customer: '17000',
    country: 'United Kingdom',
    wellFormed: true,
    ...fields,
  };
}
