import type { z } from '@hono/zod-openapi';

import type { ChangeProductCommand, CreateProductCommand } from '@kastoma/application/catalog';
import type { VariantChanges } from '@kastoma/domain/catalog';

import type {
  ChangeProductBody,
  createProductBody,
  ReplaceProductBody,
} from './products.schemas.ts';
import type { ChangeVariantBody, VariantBody } from './variants.schemas.ts';

type PriceBody = Pick<VariantBody, 'price' | 'compare_at_price' | 'minimum_price'>;
type SeoBody = ChangeProductBody['seo'];
type Changes = ChangeProductCommand['changes'];

const NO_SEO = { title: null, description: null };

export function toCreateCommand(body: z.output<typeof createProductBody>): CreateProductCommand {
  const { category_id: categoryId = null, seo, variants, ...content } = body;
  return {
    ...content,
    categoryId,
    seo: seo ?? undefined,
    images: [],
    variants: variants.map(({ stock, ...variant }) => ({
      ...toVariant(variant),
      stock: stock ?? undefined,
    })),
  };
}

/** What is not in the body is not in the changes. */
export function toProductChanges(body: ChangeProductBody): Changes {
  const { category_id: categoryId, seo, variants, ...content } = body;
  return {
    ...content,
    categoryId,
    seo: toSeo(seo),
    variants: variants?.map(({ id, ...variant }) => ({ ...toVariant(variant), id })),
  };
}

/** What is not in the body is none, but for what the body does not decide alone: slug, status and variants. */
export function toReplacement(body: ReplaceProductBody): Changes {
  return {
    ...toProductChanges(body),
    description: body.description ?? '',
    categoryId: body.category_id ?? null,
    attributes: body.attributes ?? {},
    tags: body.tags ?? [],
    seo: { ...NO_SEO, ...body.seo },
    options: body.options ?? (body.variants === undefined ? undefined : []),
  };
}

export function toVariant(body: VariantBody) {
  return {
    sku: body.sku,
    ...toPrice(body),
    name: body.name ?? undefined,
    prices: body.prices?.map(toPrice),
    cost: body.cost ?? undefined,
    options: body.options ?? undefined,
    barcode: body.barcode ?? undefined,
    attributes: body.attributes ?? undefined,
    weightGrams: body.weight_grams ?? undefined,
    dimensions: body.dimensions ?? undefined,
    taxClass: body.tax_class ?? undefined,
  };
}

/** What is not in the body stays; what is null in it, goes. */
export function toVariantChanges(body: ChangeVariantBody): VariantChanges {
  return {
    sku: body.sku,
    price: body.price,
    compareAtPrice: body.compare_at_price,
    minimumPrice: body.minimum_price,
    name: body.name,
    prices: body.prices === null ? [] : body.prices?.map(toPrice),
    cost: body.cost,
    options: body.options === null ? [] : body.options,
    barcode: body.barcode,
    attributes: body.attributes,
    weightGrams: body.weight_grams,
    dimensions: body.dimensions,
    taxClass: body.tax_class,
  };
}

/** What is not in the body goes. */
export function toVariantReplacement(body: VariantBody): VariantChanges {
  const stated = Object.entries(toVariantChanges(body)).map(([field, value]: [string, unknown]) => [
    field,
    value ?? null,
  ]);
  return Object.fromEntries(stated) as VariantChanges;
}

function toPrice({ price, compare_at_price: compareAt, minimum_price: minimum }: PriceBody) {
  return { price, compareAtPrice: compareAt ?? undefined, minimumPrice: minimum ?? undefined };
}

function toSeo(seo: SeoBody): Changes['seo'] {
  return seo === null ? NO_SEO : seo;
}
