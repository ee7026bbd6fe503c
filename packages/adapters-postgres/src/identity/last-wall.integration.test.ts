import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { givenCustomer } from '@kastoma/application/testing';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

/** SQLSTATE: a check, a unique key, a reference; since PostgreSQL 18 a restricted delete has a code of its own. */
const CHECK = /^23514$/;
const UNIQUE = /^23505$/;
const REFERENCE = /^(?:23503|23001)$/;

let test: TestDatabase;

/** One customer has a session, an address and a token; the other has nothing. */
beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 2 });
  const shop = postgresShop(test.database);
  const [one] = [await givenCustomer(shop), await givenCustomer(shop)];
  const sql = test.database;
  await sql`
    insert into identity.sessions
      (id, user_id, family_hash, good_hashes, created_at, expires_at, version)
    values (gen_random_uuid(), ${one}, 'family', '{good}', now(), now() + interval '1 day', 1)
  `;
  await sql`
    insert into identity.addresses
      (id, user_id, address, is_default_shipping, is_default_billing, created_at, version)
    values (gen_random_uuid(), ${one}, '{}', true, true, now(), 1)
  `;
  await sql`
    insert into identity.one_time_tokens (user_id, purpose, hash, created_at, expires_at)
    values (${one}, 'password_reset', 'hash', now(), now() + interval '1 hour')
  `;
});

afterAll(() => test.drop());

const OTHERS =
  'select id from identity.users where id not in (select user_id from identity.addresses)';

const attempts: readonly [title: string, code: RegExp, sql: string][] = [
  [
    'mails a token for what nobody knows',
    CHECK,
    "update identity.one_time_tokens set purpose = 'sign_in'",
  ],
  [
    'mails a token that was never good',
    CHECK,
    'update identity.one_time_tokens set expires_at = created_at',
  ],
  [
    'has two good tokens of one account for one purpose',
    UNIQUE,
    tokenOf('select user_id from identity.one_time_tokens', 'another hash'),
  ],
  ['mails one token to two people', UNIQUE, tokenOf(OTHERS, 'hash')],
  ['mails a token to nobody', REFERENCE, tokenOf('select gen_random_uuid()', 'another hash')],
  [
    'has access tokens of a version before the first',
    CHECK,
    'update identity.users set token_version = 0',
  ],
  [
    'has a session of a version before the first',
    CHECK,
    'update identity.sessions set token_version = 0',
  ],
  [
    'keeps whatever a browser calls itself',
    CHECK,
    "update identity.sessions set device = repeat('x', 101)",
  ],
  [
    'keeps whatever a caller takes for its address',
    CHECK,
    "update identity.sessions set address = repeat('x', 101)",
  ],
  [
    'has a session of nobody',
    REFERENCE,
    'update identity.sessions set user_id = gen_random_uuid()',
  ],
  ['calls somebody by an empty number', CHECK, "update identity.users set phone = ''"],
  ['keeps an address that is none', CHECK, `update identity.addresses set address = '"at home"'`],
  [
    'keeps an address of a version before the first',
    CHECK,
    'update identity.addresses set version = 0',
  ],
  [
    'keeps an address of nobody',
    REFERENCE,
    'update identity.addresses set user_id = gen_random_uuid()',
  ],
  [
    'deletes an account while its addresses stay',
    REFERENCE,
    'delete from identity.users where id in (select user_id from identity.addresses)',
  ],
];

describe('the database itself refuses a shop that', () => {
  it.each(attempts)('%s', async (_title, code, sql) => {
    const before = await fingerprint();
    await expect(test.database.unsafe(sql)).rejects.toMatchObject({
      code: expect.stringMatching(code) as string,
    });
    expect(await fingerprint()).toEqual(before);
  });
});

/** A token for a new password, for whom the query names. */
function tokenOf(people: string, hash: string): string {
  return `insert into identity.one_time_tokens (user_id, purpose, hash, created_at, expires_at)
    select person.*, 'password_reset', '${hash}', now(), now() + interval '1 hour'
    from (${people}) person`;
}

async function fingerprint(): Promise<unknown> {
  const sql = test.database;
  return sql`
    select md5(u::text) as row from identity.users u
    union all select md5(s::text) from identity.sessions s
    union all select md5(a::text) from identity.addresses a
    union all select md5(t::text) from identity.one_time_tokens t
    order by 1
  `;
}
