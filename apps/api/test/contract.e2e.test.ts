import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openTestShop, type TestShop } from './test-shop.ts';

let shop: TestShop;

beforeAll(async () => {
  shop = await openTestShop();
});

afterAll(() => shop.close());

it('the document that the API serves is valid OpenAPI 3.1', async () => {
  const { document } = shop.guest.contract;
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  expect(document.openapi).toMatch(/^3\.1\./);
});

it('an answer that is not as documented is noticed', () => {
  const { contract } = shop.guest;
  const me = {
    method: 'GET',
    path: '/api/v1/users/me/',
    requestBody: undefined,
    status: 200,
    contentType: 'application/json; charset=utf-8',
  };
  const user = {
    id: '0199c0de-0000-7000-8000-000000000000',
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    role: 'customer',
    email_verified: false,
    created_at: '2026-11-23T09:30:00.000Z',
    phone: null,
    locale: null,
    birth_date: null,
    marketing_consent: false,
    avatar: null,
  };
  const answer = (data: object) => ({
    ...me,
    body: { success: true, data, message: '', errors: null, pagination: null },
  });
  contract.check(answer(user));
  const broken = [
    { ...user, role: 'owner' },
    { ...user, password_hash: 'leaked' },
    { ...user, id: 'me' },
    { ...user, email_verified: undefined },
  ];
  for (const data of broken) expect(() => contract.check(answer(data))).toThrow('/users/me/');
});
