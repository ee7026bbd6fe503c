import type { DomainEvent } from '../core/domain-event.ts';

export type CategoryCreated = DomainEvent<
  'catalog.category_created',
  { readonly categoryId: string; readonly slug: string; readonly parentId: string | null }
>;
export type CategoryRevised = DomainEvent<
  'catalog.category_revised',
  {
    readonly categoryId: string;
    readonly slug: string;
    readonly previousSlug: string;
    readonly name: string;
    readonly position: number;
  }
>;
/** All that stands below it moves along; nothing is told of each. */
export type CategoryMoved = DomainEvent<
  'catalog.category_moved',
  {
    readonly categoryId: string;
    readonly parentId: string | null;
    readonly previousParentId: string | null;
  }
>;
export type CategoryAttributesDefined = DomainEvent<
  'catalog.category_attributes_defined',
  { readonly categoryId: string; readonly attributeNames: readonly string[] }
>;
export type CategoryDeleted = DomainEvent<
  'catalog.category_deleted',
  { readonly categoryId: string; readonly slug: string; readonly previousParentId: string | null }
>;

export type CategoryEvent =
  | CategoryCreated
  | CategoryRevised
  | CategoryMoved
  | CategoryAttributesDefined
  | CategoryDeleted;
