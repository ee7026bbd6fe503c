import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { canonicalQuote, parsePricingInput, price, quoteHash } from '@kastoma/domain/pricing';

const page = readFileSync(join(import.meta.dirname, '../../../docs/canonical-quote.md'), 'utf8');
const blocks = [...page.matchAll(/^```(?:json|text)\n([\s\S]*?)\n```$/gm)].map(([, text]) => text);
const [input = '', text = '', hash = ''] = blocks;
const quote = parsePricingInput(JSON.parse(input)).andThen(price)._unsafeUnwrap();

test('the page on the canonical quote shows its example to the byte', () => {
  expect(blocks).toHaveLength(3);
  expect(canonicalQuote(quote)).toBe(text);
});

test('the hash on the page is that of its text, whoever computes it', () => {
  expect(quoteHash(quote)).toBe(hash);
  expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(hash);
});
