import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseSku, parseSlug, parseTags, slugOf } from '@kastoma/domain/catalog';
import { parseCurrency } from '@kastoma/domain/core';

import { CATALOGUE } from './catalogue/catalogue.ts';
import { storePrice } from './catalogue/store-price.ts';
import { SEED_PICTURES_FOLDER } from './pictures-folder.ts';

const products = CATALOGUE.flatMap((shelf) => shelf.products);
const variants = products.flatMap((product) => product.variants);

describe('the catalogue of a first start', () => {
  it('is small, and yet a shop', () => {
    expect(products.length).toBeGreaterThanOrEqual(30);
    expect(products.length).toBeLessThanOrEqual(40);
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(6);
    expect(CATALOGUE.length).toBeLessThanOrEqual(8);
  });

  it('names every category once, after the one that it stands below', () => {
    const slugs = CATALOGUE.map(({ slug }) => slug);
    expect(repeated(slugs)).toEqual([]);
    expect(slugs.filter((slug) => parseSlug(slug).isErr())).toEqual([]);
    for (const [index, { parent }] of CATALOGUE.entries()) {
      if (parent !== null) expect(slugs.slice(0, index)).toContain(parent);
    }
    expect(CATALOGUE.filter(({ parent }) => parent !== null)).not.toEqual([]);
  });

  it('has something to buy in every category', () => {
    for (const { slug, products: inside } of CATALOGUE) {
      const forSale = inside.filter(({ status }) => status === 'published');
      expect(forSale.length, slug).toBeGreaterThan(0);
    }
  });

  it('gives every product an address and every variant a SKU of its own', () => {
    expect(repeated(products.map(({ name }) => slugOf(name, 'nameless')))).toEqual([]);
    expect(repeated(variants.map(({ sku }) => sku))).toEqual([]);
    expect(variants.filter(({ sku }) => parseSku(sku).isErr())).toEqual([]);
  });

  it('tells the variants of a product apart by name and attributes', () => {
    for (const { name, variants: forms } of products) {
      if (forms.length === 1) continue;
      const names = forms.map((form) => form.name ?? '');
      expect(names, name).not.toContain('');
      expect(repeated(names), name).toEqual([]);
      expect(repeated(forms.map((form) => JSON.stringify(form.attributes))), name).toEqual([]);
    }
  });

  it('asks a price for everything, and compares it with a higher one only', () => {
    for (const { sku, price, compareAtPrice, weightGrams } of variants) {
      expect(Number.isSafeInteger(price) && price > 0, sku).toBe(true);
      expect(compareAtPrice ?? price + 1, sku).toBeGreaterThan(price);
      expect(Number.isSafeInteger(weightGrams) && weightGrams > 0, sku).toBe(true);
    }
  });

  it('marks every product for promotions, and several products alike', () => {
    for (const { name, tags } of products) {
      expect(tags, name).not.toEqual([]);
      expect(parseTags(tags)._unsafeUnwrap(), name).toEqual(tags);
    }
    const marks = products.flatMap(({ tags }) => tags);
    expect(new Set(repeated(marks)).size).toBeGreaterThan(5);
  });

  it('shows every state that a shop can be in: reduced, sold out, in part sold out, not yet on sale', () => {
    const soldOut = products.filter(
      ({ status, variants: forms }) =>
        status === 'published' && forms.every(({ stock }) => stock === 0),
    );
    const soldOutInPart = products.filter(
      ({ variants: forms }) =>
        forms.some(({ stock }) => stock === 0) && forms.some(({ stock }) => stock > 0),
    );
    expect(variants.filter(({ compareAtPrice }) => compareAtPrice !== undefined)).not.toEqual([]);
    expect(soldOut).toHaveLength(1);
    expect(soldOutInPart).not.toEqual([]);
    expect(products.filter(({ status }) => status === 'draft')).toHaveLength(1);
  });

  it('describes every product in two to four sentences', () => {
    for (const { name, description } of products) {
      const sentences = description.split(/(?<=[.!?]) /);
      expect(sentences.length, name).toBeGreaterThanOrEqual(2);
      expect(sentences.length, name).toBeLessThanOrEqual(4);
    }
  });
});

describe('the pictures of the catalogue', () => {
  const files = readdirSync(SEED_PICTURES_FOLDER).toSorted();

  it('show each product once, and no other picture lies there', () => {
    expect(files).toEqual(products.map(({ picture }) => `${picture.name}.svg`).toSorted());
  });

  it('are described for those who do not see them', () => {
    const alts = products.map(({ picture }) => picture.alt);
    expect(alts.filter((alt) => alt.length < 20 || alt.length > 125)).toEqual([]);
    expect(repeated(alts)).toEqual([]);
  });

  it.each(files)('%s is a small drawing of one size that needs nothing from elsewhere', (file) => {
    const svg = readFileSync(join(SEED_PICTURES_FOLDER, file), 'utf8');
    expect(Buffer.byteLength(svg)).toBeLessThan(4096);
    expect(file).toMatch(/^[a-z0-9][a-z0-9-]*\.svg$/);
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 640 640">[^]*<\/svg>\n$/,
    );
    expect(svg).not.toMatch(/<(?:script|style|text|image|use|foreignObject)\b|href|\son\w+=/i);
    expect(svg.match(/url\((?!#)/)).toBeNull();
  });
});

describe('prices of the catalogue', () => {
  it.each([
    ['JPY', '1299'],
    ['USD', '12.99'],
    ['KWD', '12.990'],
    ['CLF', '12.9900'],
  ])('are written in %s as %s', (code, written) => {
    const currency = parseCurrency(code)._unsafeUnwrap();
    expect(storePrice(1299, currency).toJSON()).toEqual({ amount: written, currency: code });
  });
});

function repeated(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
