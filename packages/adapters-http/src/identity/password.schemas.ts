import { z } from '@hono/zod-openapi';

import { parsePassword } from '@kastoma/domain/identity';

import { readBy, textField } from '../core/core.schemas.ts';
import { codeBesidePasswordField, passwordField } from './second-factor.schemas.ts';
import { oneTimeTokenField } from './verification.schemas.ts';

const newPasswordField = textField
  .openapi({ example: 'a long walk by the sea' })
  .transform(readBy(parsePassword));

export const resetPasswordBody = z.strictObject({
  token: oneTimeTokenField,
  new_password: newPasswordField,
});

export const changePasswordBody = z.strictObject({
  current_password: passwordField,
  code: codeBesidePasswordField,
  new_password: newPasswordField,
});
