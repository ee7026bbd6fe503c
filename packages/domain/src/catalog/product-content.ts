import { ok, Result } from 'neverthrow';

import type { Currency } from '../core/currency.value.ts';
import type { CategoryId } from '../core/ids.value.ts';
import { parseText, type InvalidText } from '../core/text.value.ts';
import { parseAttributes, type InvalidAttributes } from './attributes.value.ts';
import { parseImages, type InvalidImage, type ProductImage } from './product-images.value.ts';
import type { ProductOption } from './product-options.value.ts';
import { parseSeo, type SeoDraft } from './product-seo.value.ts';
import {
  parseAssortment,
  reassort,
  type Assortment,
  type InvalidVariants,
} from './product-variants.ts';
import type { ProductContent } from './product.state.ts';
import { parseSlug, slugOf, type InvalidSlug } from './slug.value.ts';
import { parseTags, type InvalidTagCount } from './tags.value.ts';
import type { DraftVariant } from './variant.ts';

/** A product as staff write it. */
export type ContentDraft = {
  readonly name: string;
  /** Left out, it is made of the name. */
  readonly slug?: string | undefined;
  readonly description: string;
  readonly categoryId: CategoryId | null;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Left out, none. */
  readonly tags?: readonly string[] | undefined;
  /** Left out, none. */
  readonly seo?: SeoDraft | undefined;
  /** Left out, none. */
  readonly options?: readonly ProductOption[] | undefined;
  readonly variants: readonly DraftVariant[];
  readonly images: readonly ProductImage[];
};

/** What is left out stays; of search engines' texts so does each that is left out. */
export type ContentChanges = {
  readonly [Field in keyof ContentDraft]?: ContentDraft[Field] | undefined;
};

export type InvalidProduct =
  | InvalidText
  | InvalidSlug
  | InvalidAttributes
  | InvalidTagCount
  | InvalidVariants
  | InvalidImage;

/** Reads what staff write of a new product; a name that makes no slug gets the one given here. */
export function parseContent(
  draft: ContentDraft,
  currency: Currency,
  fallbackSlug: string,
): Result<ProductContent, InvalidProduct> {
  const { slug, tags, seo, options } = draft;
  return parseName(draft.name).andThen((name) =>
    Result.combine([
      parseDescription(draft.description),
      slug === undefined ? ok(slugOf(name, fallbackSlug)) : parseSlug(slug),
      parseAttributes(draft.attributes),
      parseTags(tags ?? []),
      parseSeo(seo ?? {}),
      parseAssortment(options ?? [], draft.variants, currency),
      parseImages(draft.images),
    ]).map(([description, parsedSlug, attributes, parsedTags, parsedSeo, assortment, images]) => ({
      name,
      slug: parsedSlug,
      description,
      categoryId: draft.categoryId,
      attributes,
      tags: parsedTags,
      seo: parsedSeo,
      ...assortment,
      images,
    })),
  );
}

/** Reads what is to be another; what was stored before a rule came stays until somebody changes it. */
export function parseChangedContent(
  before: ProductContent,
  changes: ContentChanges,
): Result<ProductContent, InvalidProduct> {
  const { name, slug, description, attributes, tags, seo, images } = changes;
  return Result.combine([
    name === undefined ? ok(before.name) : parseName(name),
    description === undefined ? ok(before.description) : parseDescription(description),
    slug === undefined ? ok(before.slug) : parseSlug(slug),
    attributes === undefined ? ok(before.attributes) : parseAttributes(attributes),
    tags === undefined ? ok(before.tags) : parseTags(tags),
    seo === undefined ? ok(before.seo) : parseSeo({ ...before.seo, ...withoutGaps(seo) }),
    changedAssortment(before, changes),
    images === undefined ? ok(before.images) : parseImages(images),
  ]).map(
    ([
      newName,
      newDescription,
      newSlug,
      newAttributes,
      newTags,
      newSeo,
      assortment,
      newImages,
    ]) => ({
      name: newName,
      slug: newSlug,
      description: newDescription,
      categoryId: changes.categoryId === undefined ? before.categoryId : changes.categoryId,
      attributes: newAttributes,
      tags: newTags,
      seo: newSeo,
      options: assortment.options,
      variants: assortment.variants,
      images: newImages,
    }),
  );
}

function changedAssortment(
  before: ProductContent,
  { options, variants }: ContentChanges,
): Result<Assortment, InvalidVariants | InvalidText> {
  if (variants !== undefined) {
    const [{ price }] = before.variants;
    return parseAssortment(options ?? before.options, variants, price.currency);
  }
  return options === undefined ? ok(before) : reassort(options, before.variants);
}

function parseName(name: string): Result<string, InvalidText> {
  return parseText(name, { path: ['name'], maximumLength: 200 });
}

function parseDescription(description: string): Result<string, InvalidText> {
  return parseText(description, {
    path: ['description'],
    maximumLength: 20_000,
    mayBeEmpty: true,
    multiline: true,
  });
}

function withoutGaps({ title, description }: SeoDraft): SeoDraft {
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
  };
}
