export * from './attributes.value.ts';
export * from './catalog.errors.ts';
export * from './category.aggregate.ts';
export * from './product.aggregate.ts';
export * from './product.events.ts';
export * from './sku.value.ts';
export * from './slug.value.ts';
export * from './variant.ts';
