/** Amounts are written in hundredths: 1600 is 16.00 dollars, or 1,600 yen. */
export type SeedVariant = {
  readonly sku: string;
  /** Left out where the product comes in one form only. */
  readonly name?: string;
  readonly price: number;
  readonly compareAtPrice?: number;
  readonly stock: number;
  readonly weightGrams: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
};

export type SeedProduct = {
  readonly name: string;
  readonly description: string;
  /** The name of the drawing, without its ending, and what it shows. */
  readonly picture: { readonly name: string; readonly alt: string };
  readonly attributes: Readonly<
    Record<string, string | number | boolean | readonly (string | number)[]>
  >;
  /** What promotions can aim at, as they are kept: lower case, sorted. */
  readonly tags: readonly string[];
  readonly status: 'published' | 'draft';
  readonly variants: readonly SeedVariant[];
};

/** A category with what stands in it. */
export type SeedShelf = {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** The slug of the category that this one stands below. */
  readonly parent: string | null;
  readonly products: readonly SeedProduct[];
};
