import type { VariantOfProduct, VariantView } from '@kastoma/application/catalog';
import type { VariantPrice } from '@kastoma/domain/catalog';

type Priced = { readonly [Field in keyof VariantPrice]: VariantPrice[Field] | null };

export function presentVariant(variant: VariantView) {
  const { id, sku, name, inStock, barcode, weightGrams, dimensions, taxClass } = variant;
  return {
    id,
    sku,
    name,
    price: variant.price?.toJSON() ?? null,
    ...presentPrice(variant),
    prices: variant.prices.map((other) => ({
      price: other.price.toJSON(),
      ...presentPrice(other),
    })),
    cost: variant.cost?.toJSON() ?? null,
    options: [...variant.options],
    in_stock: inStock,
    barcode,
    attributes: { ...variant.attributes },
    weight_grams: weightGrams,
    dimensions,
    tax_class: taxClass,
  };
}

export function presentOneVariant({ variant }: VariantOfProduct) {
  return presentVariant(variant);
}

function presentPrice({ compareAtPrice, minimumPrice }: Priced) {
  return {
    compare_at_price: compareAtPrice?.toJSON() ?? null,
    minimum_price: minimumPrice?.toJSON() ?? null,
  };
}
