import { z } from '@hono/zod-openapi';

import { ATTRIBUTE_TYPES } from '@kastoma/domain/catalog';

import { pageQuery, searchQuery, textField } from '../core/core.schemas.ts';
import { categoryIdField, categoryReference } from './catalog.schemas.ts';

const positionField = z.number().openapi({
  type: 'integer',
  minimum: 0,
  maximum: 1_000_000,
  description: 'The rank among its siblings; those of one rank stand by their names.',
});

export const createCategoryBody = z.strictObject({
  name: textField.openapi({ example: 'Kitchen' }),
  slug: textField.optional(),
  parent_id: categoryIdField.nullish(),
  description: textField.default(''),
  position: positionField.optional(),
});

const parentField = categoryIdField.nullable().openapi({
  description: 'Where it moves with all that stands below it; null is the root.',
});

export const reviseCategoryBody = z.strictObject({
  name: textField.optional(),
  slug: textField.optional(),
  parent_id: parentField.optional(),
  description: textField.optional(),
  position: positionField.optional(),
});

export const moveCategoryBody = z.strictObject({
  parent_id: parentField,
  position: positionField.optional(),
});

export const categoriesQuery = z.object({
  ...pageQuery,
  parent: searchQuery.optional().openapi({
    description: "A category's id or slug: those right below it, in the order of siblings.",
  }),
});

/** Of all that a list of products takes, what does not name a category. */
const node = {
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  parent_id: z.uuid().nullable(),
  position: z.int(),
  product_count: z.int().openapi({ description: 'Published products in this very category.' }),
  tree_product_count: z
    .int()
    .openapi({ description: 'Published products in it and in all categories below it.' }),
  version: z.int(),
};

export const categoryAnswer = z.object({ ...node, description: z.string() }).openapi('Category');

export const categoryDetailAnswer = z
  .object({
    ...node,
    description: z.string(),
    breadcrumbs: z
      .array(categoryReference)
      .openapi({ description: 'The way down to it, from the root.' }),
    children: z.array(categoryAnswer).openapi({
      description: 'Those right below it, at most 200; the list with `parent` has them all.',
    }),
  })
  .openapi('CategoryDetail');

const nodeObject = z.object(node);
type ShownNode = z.output<typeof nodeObject> & { readonly children: ShownNode[] };
const categoryNodeAnswer: z.ZodType<ShownNode, ShownNode> = nodeObject
  .extend({ children: z.lazy(() => z.array(categoryNodeAnswer)) })
  .openapi('CategoryNode');

export const categoryTreeAnswer = z.array(categoryNodeAnswer);

export const defineAttributesBody = z.strictObject({
  definitions: z
    .array(
      z.strictObject({
        name: textField.openapi({ example: 'material' }),
        label: textField.nullish(),
        type: z.enum(ATTRIBUTE_TYPES),
        choices: z
          .array(textField)
          .max(1_000)
          .optional()
          .openapi({ description: 'Of a choice: what can be chosen, at most 200.' }),
        unit: textField.nullish().openapi({ description: 'Of a number.' }),
        required: z.boolean().optional(),
        filterable: z.boolean().optional(),
      }),
    )
    .max(1_000)
    .openapi({ description: 'All of them: those that are left out are gone. At most 100.' }),
});

const definitionAnswer = z
  .object({
    name: z.string(),
    label: z.string().nullable(),
    type: z.enum(ATTRIBUTE_TYPES),
    choices: z.array(z.string()),
    unit: z.string().nullable(),
    required: z.boolean(),
    filterable: z.boolean(),
  })
  .openapi('AttributeDefinition');

export const categoryAttributesAnswer = z
  .object({
    definitions: z.array(definitionAnswer).openapi({ description: 'Its own.' }),
    in_force: z.array(definitionAnswer).openapi({
      description:
        'What holds for its products: its own and, of names that it does not define, those of the nearest category above.',
    }),
    version: z.int(),
  })
  .openapi('CategoryAttributes');
