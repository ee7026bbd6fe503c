import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import {
  givenCustomer,
  givenProduct,
  givenReview,
  reviewing,
  times,
  type ShopPorts,
} from '@kastoma/application/testing';
import type { ProductId, UserId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 8 });
  shop = postgresShop(test.database);
});

afterAll(() => test.drop());

/** Products and reviews that say of themselves something else than the rows that they are made of. */
async function miscounted() {
  return test.database`
    select product.id
    from catalog.products product
    left join catalog.reviews review on review.product_id = product.id and review.status = 'approved'
    group by product.id
    having product.rating_sum <> coalesce(sum(review.rating), 0)
      or product.rating_count <> count(review.id)
    union all
    select review.id
    from catalog.reviews review
    left join catalog.review_votes vote on vote.review_id = review.id
    group by review.id
    having review.helpful_count <> count(vote.review_id)
  `;
}

async function productId(): Promise<ProductId> {
  return (await givenProduct(shop)).state.id;
}

describe('what a product is rated', () => {
  it('is what its approved reviews say, whoever decides, changes, votes and leaves at the same moment', async () => {
    const products = [await productId(), await productId()];
    const reviews = await Promise.all(
      Array.from({ length: 8 }, async (_, index) =>
        givenReview(shop, products[index % 2] as ProductId, {
          rating: (index % 5) + 1,
          status: index % 3 === 0 ? 'pending' : 'approved',
        }),
      ),
    );
    const voters = [await givenCustomer(shop), await givenCustomer(shop)];
    const { moderate, revise, withdraw, vote } = reviewing(shop);
    const runs = await times(96, async (index) => {
      const { id, authorId } = reviews[(index * 5) % reviews.length] as (typeof reviews)[number];
      const voter = voters[index % 2] as UserId;
      switch (index % 6) {
        case 0:
        case 1:
          return moderate(id, 'approved');
        case 2:
          return moderate(id, 'rejected');
        case 3:
          return revise(authorId, id, { rating: (index % 5) + 1 });
        case 4:
          return vote(voter, id, index % 4 < 2);
        default:
          return index > 80 ? withdraw(authorId, id) : moderate(id, 'approved');
      }
    });
    const codes = new Set(runs.flatMap((run) => (run.isErr() ? [run.error.code] : [])));
    const expected = ['catalog.review_already_moderated', 'catalog.review_not_found'];
    expect([...codes].filter((code) => !expected.includes(code))).toEqual([]);
    expect(runs.filter((run) => run.isOk()).length).toBeGreaterThan(10);
    expect([...(await miscounted())]).toEqual([]);
  });

  it('is decided by one of two moderators who read the same version', async () => {
    const { id } = await givenReview(shop, await productId(), { rating: 5, status: 'pending' });
    const { moderate } = reviewing(shop);
    const runs = await Promise.all([moderate(id, 'approved', 1), moderate(id, 'rejected', 1)]);
    const refused = runs.flatMap((run) => (run.isErr() ? [run.error] : []));
    expect(refused).toEqual([{ code: 'core.stale_version', currentVersion: 2 }]);
    expect([...(await miscounted())]).toEqual([]);
  });

  it('follows what is done to its reviews by hand, too', async () => {
    const product = await productId();
    const [kept, gone] = [
      await givenReview(shop, product, { rating: 5 }),
      await givenReview(shop, product, { rating: 1 }),
    ];
    const voters = await Promise.all([1, 2, 3].map(() => givenCustomer(shop)));
    const votes = await Promise.all(voters.map((voter) => reviewing(shop).vote(voter, gone.id)));
    expect(votes.every((vote) => vote.isOk())).toBe(true);
    await test.database`update catalog.reviews set rating = 2 where id = ${kept.id}`;
    await test.database`delete from catalog.review_votes where review_id = ${gone.id}`;
    expect([...(await miscounted())]).toEqual([]);
    await test.database`delete from catalog.reviews where id = ${gone.id}`;
    const [row] = await test.database`
      select rating_sum, rating_count from catalog.products where id = ${product}
    `;
    expect(row).toEqual({ rating_sum: 2, rating_count: 1 });
    expect([...(await miscounted())]).toEqual([]);
  });
});

describe('the last wall', () => {
  it.each([
    ['more stars than there are', 'update catalog.reviews set rating = 6'],
    ['a status that nobody gives', `update catalog.reviews set status = 'hidden'`],
    ['a review of somebody without a word', 'update catalog.reviews set comment = null'],
    ['a review of nobody that says something', 'update catalog.reviews set author_id = null'],
    ['a rating without reviews', 'update catalog.products set rating_sum = rating_sum + 100'],
    ['fewer reviews than none', 'update catalog.products set rating_count = -1, rating_sum = -1'],
    [
      'a second review of a customer',
      `insert into catalog.reviews select gen_random_uuid(), product_id, author_id, rating, title,
       comment, is_verified_purchase, status, 0, created_at, updated_at, 1
       from catalog.reviews where author_id is not null limit 1`,
    ],
    [
      'a list without a name',
      `insert into catalog.wishlists select gen_random_uuid(), id, '', true, null, now(), 1
       from identity.users limit 1`,
    ],
    [
      'two defaults',
      `insert into catalog.wishlists
       select gen_random_uuid(), account.id, 'x', true, null, now(), 1
       from (select id from identity.users limit 1) account, generate_series(1, 2)`,
    ],
    [
      'a thing on a list twice',
      `with list as (
         insert into catalog.wishlists select gen_random_uuid(), id, 'x', false, null, now(), 1
         from identity.users limit 1 returning id
       ), things as (select id from catalog.products limit 1)
       insert into catalog.wishlist_items
       select gen_random_uuid(), list.id, things.id, null, now()
       from list, things, generate_series(1, 2)`,
    ],
  ])('keeps out %s', async (_, statement) => {
    await expect(test.database.unsafe(statement)).rejects.toThrow(/violates/);
  });
});
