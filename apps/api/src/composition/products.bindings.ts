import type { Container } from 'inversify';

import {
  AddVariant,
  ChangeProduct,
  ChangeProductStatus,
  ChangeVariant,
  CreateProduct,
  DeleteProduct,
  RelateProducts,
  RemoveVariant,
} from '@kastoma/application/catalog';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** What staff do with products and their variants. */
export function bindProducts(container: Container): void {
  const { settings, ids, clock, catalogUnitOfWork: unitOfWork } = T;
  const edits = { unitOfWork, clock };
  bind(
    container,
    T.createProduct,
    { unitOfWork, settings, ids, clock },
    (given) => new CreateProduct(given),
  );
  bind(container, T.changeProduct, { ...edits, ids }, (given) => new ChangeProduct(given));
  bind(container, T.changeProductStatus, edits, (given) => new ChangeProductStatus(given));
  bind(container, T.deleteProduct, edits, (given) => new DeleteProduct(given));
  bind(container, T.addVariant, { ...edits, ids }, (given) => new AddVariant(given));
  bind(container, T.changeVariant, edits, (given) => new ChangeVariant(given));
  bind(container, T.removeVariant, edits, (given) => new RemoveVariant(given));
  bind(container, T.relateProducts, edits, (given) => new RelateProducts(given));
}
