import { z } from '@hono/zod-openapi';

import { parsePhone, ROLES } from '@kastoma/domain/core';
import {
  parseAvatar,
  parseBirthDate,
  parseLocale,
  parsePersonName,
} from '@kastoma/domain/identity';

import { readBy, textField, timeAnswer } from '../core/core.schemas.ts';
import { codeBesidePasswordField, passwordField } from './second-factor.schemas.ts';

const nameField = textField.transform(readBy((text: string) => parsePersonName(text)));
const phoneField = textField
  .openapi({ example: '+44 20 7946 0958' })
  .transform(readBy((text: string) => parsePhone(text)));
const localeField = textField.openapi({ example: 'en-GB' }).transform(readBy(parseLocale));
const birthDateField = textField
  .openapi({ format: 'date', example: '1985-12-10' })
  .transform(readBy(parseBirthDate));
const avatarField = textField
  .openapi({ format: 'uri', example: 'https://images.example/ada.jpg' })
  .transform(readBy(parseAvatar));

export const profileBody = z.strictObject({
  first_name: nameField.optional().openapi({ example: 'Ada' }),
  last_name: nameField.optional().openapi({ example: 'Lovelace' }),
  phone: phoneField.nullish(),
  locale: localeField.nullish(),
  birth_date: birthDateField.nullish(),
  marketing_consent: z.boolean().optional(),
  avatar: avatarField.nullish(),
});

export const erasureBody = z.strictObject({
  password: passwordField,
  code: codeBesidePasswordField,
});

export const profileAnswer = z
  .object({
    id: z.uuid(),
    email: z.string(),
    first_name: z.string(),
    last_name: z.string(),
    role: z.enum(ROLES),
    email_verified: z.boolean(),
    created_at: timeAnswer,
    phone: z.string().nullable(),
    locale: z.string().nullable(),
    birth_date: z.string().nullable(),
    marketing_consent: z.boolean(),
    avatar: z.string().nullable(),
  })
  .openapi('Profile');

export const personalFileAnswer = z
  .object({
    exported_at: timeAnswer,
    records: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).openapi({
      description: 'The rows of each table. Amounts are minor units of their currency.',
    }),
  })
  .openapi('PersonalFile');
