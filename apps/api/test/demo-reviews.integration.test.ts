import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { systemContext } from '@kastoma/application/core';
import { givenProduct } from '@kastoma/application/testing';
import { parseEmailAddress, parsePassword } from '@kastoma/domain/identity';

import { TOKENS } from '../src/composition/tokens.ts';
import { plantDemoReviews } from '../src/seed/demo-reviews.seed.ts';
import { openCountedShop, type CountedShop } from './counted-shop.ts';

const EMAIL = 'demo@kastoma.example';

let shop: CountedShop;

beforeAll(async () => {
  shop = await openCountedShop();
  await givenProduct(shop.ports, { slug: 'oak-chopping-board' }, 3);
});
afterAll(() => shop.close());

async function told(): Promise<unknown> {
  const { text } = await shop.ask('/products/oak-chopping-board/reviews/');
  return (JSON.parse(text) as { data: unknown }).data;
}

describe('the reviews of a shop to look at', () => {
  it('are none where the demo customer is none', async () => {
    await plantDemoReviews(shop.wiring, EMAIL);
    await plantDemoReviews(shop.wiring, 'no address');
    expect(await told()).toEqual([]);
  });

  it('are of products that there are, for everybody to read, and planted once', async () => {
    const account = {
      email: parseEmailAddress(EMAIL)._unsafeUnwrap(),
      password: parsePassword('a long walk by the sea')._unsafeUnwrap(),
      firstName: 'Demo',
      lastName: 'Customer',
      emailVerified: true,
    };
    const registered = await shop.wiring
      .get(TOKENS.registerUser)
      .execute(account, systemContext('test'));
    registered._unsafeUnwrap();
    await plantDemoReviews(shop.wiring, EMAIL);
    await plantDemoReviews(shop.wiring, EMAIL);
    const reviews = await shop.wiring.get(TOKENS.database)`
      select rating, status from catalog.reviews
    `;
    expect([...reviews]).toEqual([{ rating: 5, status: 'approved' }]);
  });
});
