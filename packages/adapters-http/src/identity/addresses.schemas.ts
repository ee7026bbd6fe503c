import { z } from '@hono/zod-openapi';

import { parseId, type SavedAddressId } from '@kastoma/domain/core';

import {
  addressShape,
  readAddress,
  readBy,
  shownAddressShape,
  textField,
  timeAnswer,
} from '../core/core.schemas.ts';

const defaults = {
  is_default_shipping: z.boolean().optional(),
  is_default_billing: z.boolean().optional(),
};

export const saveAddressBody = z.strictObject({ ...addressShape, ...defaults }).transform(
  readBy(
    ({ is_default_shipping: isDefaultShipping, is_default_billing: isDefaultBilling, ...sent }) =>
      readAddress(sent).map((address) => ({
        address,
        wanted: { isDefaultShipping, isDefaultBilling },
      })),
  ),
);

const { name, line1, city, postal_code: postalCode, country, ...optional } = addressShape;

export const changeAddressBody = z
  .strictObject({
    ...optional,
    name: name.optional(),
    line1: line1.optional(),
    city: city.optional(),
    postal_code: postalCode.optional(),
    country: country.optional(),
    ...defaults,
  })
  .transform(
    ({
      is_default_shipping: isDefaultShipping,
      is_default_billing: isDefaultBilling,
      postal_code: code,
      ...others
    }) => ({
      changes: { ...others, postalCode: code },
      wanted: { isDefaultShipping, isDefaultBilling },
    }),
  );

export const addressParams = z.object({ id: textField.transform(readBy(parseId<SavedAddressId>)) });

export const savedAddressAnswer = z
  .object({
    id: z.uuid(),
    ...shownAddressShape,
    is_default_shipping: z.boolean(),
    is_default_billing: z.boolean(),
    version: z.int(),
    created_at: timeAnswer,
  })
  .openapi('SavedAddress');
