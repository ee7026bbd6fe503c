import { randomBytes, scryptSync } from 'node:crypto';

import type { Instant } from '@kastoma/domain/core';
import {
  parseEmailAddress,
  parseFullName,
  parsePassword,
  User,
  type PasswordHash,
} from '@kastoma/domain/identity';

import { newId } from './ids.ts';
import { must } from './must.ts';

export type RegistrationForm = {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
};

/** How passwords are hashed is our business; what a password and an address are is the domain's. */
export function register(form: RegistrationForm, at: Instant): User {
  return User.register({
    id: newId(),
    email: must(parseEmailAddress(form.email)),
    passwordHash: hash(must(parsePassword(form.password))),
    name: must(parseFullName(form)),
    role: 'customer',
    at,
  });
}

function hash(password: string): PasswordHash {
  const salt = randomBytes(16);
  const digest = scryptSync(password, salt, 32).toString('base64');
  return `$scrypt$${salt.toString('base64')}$${digest}` as PasswordHash;
}
