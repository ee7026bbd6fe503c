import { errAsync, ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type { Instant, ProductId, ReviewId, UserId, VariantId } from '@kastoma/domain/core';
import { User } from '@kastoma/domain/identity';

import type { ProductFilter } from '../../catalog/product-queries.port.ts';
import type { ReviewFilter } from '../../catalog/review-queries.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { anOrderOf } from '../builders/order.builder.ts';
import { aUser } from '../builders/user.builder.ts';
import { SHOP } from '../contexts.ts';
import { ALL_REVIEWS, givenReview, reviewing } from '../reviewed-shop.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCart, givenCustomer, givenProduct, givenUser } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const AT = BUILT_AT as Instant;
const FIRST_PAGE = { page: 1, pageSize: 20 };

const ALL_PRODUCTS: ProductFilter = {
  audience: 'shoppers',
  search: null,
  category: null,
  categoryTree: null,
  minimumPrice: null,
  maximumPrice: null,
  inStock: null,
  ordering: 'name',
};

export function reviewsContract(open: OpenShop): void {
  describe('reviews', () => {
    const shop = shopOfSuite(open);
    const productOf = async (wishes = {}) => (await givenProduct(shop(), wishes)).state.id;
    const ratingOf = async (id: ProductId) =>
      (await shop().productQueries.find(id, 'staff'))._unsafeUnwrap().rating;
    const listed = async (
      product: string,
      wishes: Partial<ReviewFilter> = {},
      audience: 'shoppers' | 'staff' = 'shoppers',
    ) =>
      shop().reviewQueries.listOfProduct(
        product,
        audience,
        { ...ALL_REVIEWS, ...wishes },
        FIRST_PAGE,
      );
    const idsOf = async (...of: Parameters<typeof listed>) =>
      (await listed(...of))._unsafeUnwrap().items.map(({ id }) => id);
    const named = async (firstName: string, lastName: string) => {
      const { state, version } = aUser();
      const user = User.restore({ ...state, firstName, lastName }, version);
      return (await givenUser(shop(), user)).state.id;
    };
    const ordered = async (customerId: UserId, productId: ProductId, isCancelled = false) => {
      const { variants } = (await shop().productQueries.find(productId, 'staff'))._unsafeUnwrap();
      const variantId = variants[0]?.id as VariantId;
      const cart = await givenCart(shop(), customerId, [{ productId, variantId, quantity: 1 }]);
      const placed = anOrderOf(cart);
      const order = isCancelled ? placed.cancel('no', AT)._unsafeUnwrap() : placed;
      const run = shop().ordering.run(SHOP, ({ carts, orders }) =>
        cart
          .checkOut(order.state.id, AT)
          .asyncAndThen((closed) => carts.save(closed))
          .andThen(() => orders.add(order)),
      );
      expect((await run).isOk()).toBe(true);
    };

    it('are read by others, and count, once they are approved', async () => {
      const product = await productOf({ name: 'Rated pan' });
      const { submit, moderate } = reviewing(shop());
      const author = await named('Zoë', 'ólafsdóttir');
      const written = (await submit(author, product, 4, 'Two\nlines'))._unsafeUnwrap();
      expect(written).toMatchObject({
        product: { id: product },
        author: 'Zoë Ó.',
        rating: 4,
        title: null,
        comment: 'Two\nlines',
        isVerifiedPurchase: false,
        status: 'pending',
        helpfulCount: 0,
        version: 1,
      });
      expect([await idsOf(product), await ratingOf(product)]).toEqual([[], { sum: 0, count: 0 }]);
      const id = written.id as ReviewId;
      expect((await moderate(id, 'approved', 1))._unsafeUnwrap()).toMatchObject({
        status: 'approved',
        version: 2,
      });
      expect([await idsOf(product), await ratingOf(product)]).toEqual([[id], { sum: 4, count: 1 }]);
      const inLists = await shop().productQueries.list(
        { ...ALL_PRODUCTS, search: 'rated pan' },
        FIRST_PAGE,
      );
      expect(inLists.items.map(({ rating }) => rating)).toEqual([{ sum: 4, count: 1 }]);
    });

    it('count as long as they are approved, with the stars that they have now', async () => {
      const product = await productOf();
      const { revise, moderate, withdraw } = reviewing(shop());
      const [first, second] = [
        await givenReview(shop(), product, { rating: 5 }),
        await givenReview(shop(), product, { rating: 2 }),
      ];
      const steps = [
        [() => moderate(second.id, 'rejected'), { sum: 5, count: 1 }],
        [() => moderate(second.id, 'approved'), { sum: 7, count: 2 }],
        [() => revise(first.authorId, first.id, { rating: 1 }), { sum: 2, count: 1 }],
        [() => moderate(first.id, 'approved'), { sum: 3, count: 2 }],
        [() => withdraw(second.authorId, second.id), { sum: 1, count: 1 }],
        [() => revise(first.authorId, first.id, { rating: 1 }), { sum: 1, count: 1 }],
      ] as const;
      for (const [step, expected] of steps) {
        expect((await step()).isOk()).toBe(true);
        expect(await ratingOf(product)).toEqual(expected);
      }
      expect((await moderate(first.id, 'approved'))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.review_already_moderated',
        status: 'approved',
      });
    });

    it('are one a customer and product, though five are sent at once; another follows one that was taken back', async () => {
      const [product, author] = [await productOf(), await givenCustomer(shop())];
      const { submit, withdraw } = reviewing(shop());
      const runs = await times(5, (index) => submit(author, product, index + 1));
      const refused = runs.flatMap((run) => (run.isErr() ? [run.error.code] : []));
      expect(refused).toEqual(Array.from({ length: 4 }, () => 'catalog.review_exists'));
      const [mine] = (await shop().reviewQueries.listOfAuthor(author, FIRST_PAGE)).items;
      expect((await withdraw(author, mine?.id as ReviewId)).isOk()).toBe(true);
      expect((await submit(author, product, 3)).isOk()).toBe(true);
      expect((await submit(author, await productOf(), 3)).isOk()).toBe(true);
      expect((await submit(await givenCustomer(shop()), product, 3)).isOk()).toBe(true);
    });

    it('are of products that shoppers can find, by id or slug', async () => {
      const author = await givenCustomer(shop());
      const { submit } = reviewing(shop());
      const { id, slug } = (await givenProduct(shop())).state;
      expect((await submit(author, slug, 3)).isOk()).toBe(true);
      expect((await listed(slug))._unsafeUnwrap().items).toEqual([]);
      const draft = await productOf({ status: 'draft' });
      for (const hidden of [draft, builderIds.next(), 'nothing-like-that']) {
        const missing = { code: 'catalog.product_not_found' };
        expect((await submit(author, hidden, 3))._unsafeUnwrapErr()).toEqual(missing);
        expect((await listed(hidden))._unsafeUnwrapErr()).toEqual(missing);
      }
      expect((await listed(draft, {}, 'staff')).isOk()).toBe(true);
      expect((await submit(author, id.toUpperCase(), 3)).isErr()).toBe(true);
    });

    it('say whether an order that stands held the product, asked anew by the moderator', async () => {
      const { submit, moderate } = reviewing(shop());
      const [buyer, product] = [await givenCustomer(shop()), await productOf()];
      const isBought = async (authorId: UserId, productId: ProductId) =>
        (await submit(authorId, productId, 5))._unsafeUnwrap();
      await ordered(buyer, product, true);
      const written = await isBought(buyer, product);
      expect(written.isVerifiedPurchase).toBe(false);
      await ordered(buyer, product);
      const approved = await moderate(written.id as ReviewId, 'approved');
      expect(approved._unsafeUnwrap().isVerifiedPurchase).toBe(true);
      const [another, stranger] = [await productOf(), await givenCustomer(shop())];
      await ordered(buyer, another);
      expect((await isBought(buyer, another)).isVerifiedPurchase).toBe(true);
      expect((await isBought(stranger, another)).isVerifiedPurchase).toBe(false);
      expect((await isBought(buyer, await productOf())).isVerifiedPurchase).toBe(false);
    });

    it('are there for those who may read them: all for moderators, approved ones for others, and one’s own', async () => {
      const product = await productOf();
      const pending = await givenReview(shop(), product, { status: 'pending', rating: 1 });
      const approved = await givenReview(shop(), product, { rating: 5 });
      const rejected = await givenReview(shop(), product, { status: 'rejected', rating: 3 });
      expect(await idsOf(product, {}, 'staff')).toEqual([rejected.id, approved.id, pending.id]);
      expect(await idsOf(product, { status: 'pending' }, 'staff')).toEqual([pending.id]);
      expect(await idsOf(product)).toEqual([approved.id]);
      expect(await idsOf(product, { status: 'pending' })).toEqual([]);
      const { reviewQueries } = shop();
      const waiting = await reviewQueries.list(
        { ...ALL_REVIEWS, status: 'pending', ordering: 'created_at' },
        { page: 1, pageSize: 100 },
      );
      expect(waiting.items.map(({ id }) => id)).toContain(pending.id);
      expect(waiting.items.every(({ status }) => status === 'pending')).toBe(true);
      const own = await reviewQueries.listOfAuthor(rejected.authorId, FIRST_PAGE);
      expect(own).toMatchObject({ items: [{ id: rejected.id }], count: 1 });
      const canRead = async (reader: UserId | null, id: ReviewId) =>
        (await reviewQueries.find(id, 'shoppers', reader)).isOk();
      expect(await canRead(pending.authorId, pending.id)).toBe(true);
      expect(await canRead(null, approved.id)).toBe(true);
      for (const reader of [null, approved.authorId])
        expect([await canRead(reader, pending.id), await canRead(reader, rejected.id)]).toEqual([
          false,
          false,
        ]);
      expect((await reviewQueries.find(pending.id, 'staff', null)).isOk()).toBe(true);
      const archived = shop().catalog.run(SHOP, ({ products }) =>
        products
          .find(product)
          .andThen((found) => found.archive(AT))
          .andThen((gone) => products.save(gone)),
      );
      expect((await archived).isOk()).toBe(true);
      expect([
        await canRead(null, approved.id),
        await canRead(approved.authorId, approved.id),
      ]).toEqual([false, true]);
    });

    it('are changed and taken back by their authors alone, who say which version they saw', async () => {
      const { revise, withdraw } = reviewing(shop());
      const { id, authorId } = await givenReview(shop(), await productOf());
      const other = await givenCustomer(shop());
      const missing = { code: 'catalog.review_not_found' };
      expect((await revise(other, id, { rating: 1 }))._unsafeUnwrapErr()).toEqual(missing);
      expect((await withdraw(other, id))._unsafeUnwrapErr()).toEqual(missing);
      const stale = { code: 'core.stale_version', currentVersion: 2 };
      expect((await revise(authorId, id, { rating: 1 }, 1))._unsafeUnwrapErr()).toEqual(stale);
      expect((await withdraw(authorId, id, 1))._unsafeUnwrapErr()).toEqual(stale);
      expect((await revise(authorId, id, {}, 2))._unsafeUnwrap()).toMatchObject({
        status: 'approved',
        version: 2,
      });
      expect((await withdraw(authorId, id, 2)).isOk()).toBe(true);
      expect((await withdraw(authorId, id))._unsafeUnwrapErr()).toEqual(missing);
      expect((await shop().eventsOf(id)).map(({ type }) => type)).toEqual([
        'catalog.review_submitted',
        'catalog.review_approved',
        'catalog.review_withdrawn',
      ]);
    });

    it('are found helpful once a customer, by others, while they can be read', async () => {
      const product = await productOf();
      const { vote, moderate, withdraw } = reviewing(shop());
      const { id, authorId } = await givenReview(shop(), product);
      const [ada, bob] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const runs = await times(6, (index) => vote(index % 2 === 0 ? ada : bob, id));
      expect(runs.every((run) => run.isOk())).toBe(true);
      const view = async () => (await shop().reviewQueries.find(id, 'staff', null))._unsafeUnwrap();
      expect(await view()).toMatchObject({ helpfulCount: 2, version: 2 });
      expect((await vote(ada, id, false))._unsafeUnwrap().helpfulCount).toBe(1);
      expect((await vote(ada, id, false))._unsafeUnwrap().helpfulCount).toBe(1);
      expect((await vote(authorId, id))._unsafeUnwrapErr()).toEqual({ code: 'catalog.own_review' });
      expect((await moderate(id, 'rejected')).isOk()).toBe(true);
      const missing = { code: 'catalog.review_not_found' };
      expect((await vote(ada, id))._unsafeUnwrapErr()).toEqual(missing);
      expect((await vote(ada, builderIds.next<ReviewId>()))._unsafeUnwrapErr()).toEqual(missing);
      expect((await withdraw(authorId, id)).isOk()).toBe(true);
    });

    it('are sorted by what readers look for, and the newest come first among equals', async () => {
      const product = await productOf();
      const made = [];
      for (const rating of [3, 5, 1, 5]) made.push(await givenReview(shop(), product, { rating }));
      const [three, oldFive, one, newFive] = made.map(({ id }) => id);
      const voter = await givenCustomer(shop());
      expect((await reviewing(shop()).vote(voter, one as ReviewId)).isOk()).toBe(true);
      for (const [ordering, expected] of [
        ['-created_at', [newFive, one, oldFive, three]],
        ['created_at', [three, oldFive, one, newFive]],
        ['-helpful', [one, newFive, oldFive, three]],
        ['-rating', [newFive, oldFive, three, one]],
        ['rating', [one, three, newFive, oldFive]],
      ] as const)
        expect(await idsOf(product, { ordering })).toEqual(expected);
      expect(await idsOf(product, { rating: 5 })).toEqual([newFive, oldFive]);
      expect(await idsOf(product, { isVerifiedPurchase: true })).toEqual([]);
      const page = await shop().reviewQueries.listOfProduct(product, 'shoppers', ALL_REVIEWS, {
        page: 2,
        pageSize: 3,
      });
      expect(page._unsafeUnwrap()).toMatchObject({ items: [{ id: three }], count: 4 });
    });

    it('keep their stars when their author is erased, and nothing else; what was not published goes', async () => {
      const [product, other] = [await productOf(), await productOf()];
      const { vote } = reviewing(shop());
      const author = await givenUser(shop());
      const { id: authorId } = author.state;
      const published = await givenReview(shop(), product, { authorId, rating: 4 });
      const waiting = await givenReview(shop(), other, { authorId, status: 'pending' });
      const another = await givenReview(shop(), other);
      expect((await vote(authorId, another.id))._unsafeUnwrap().helpfulCount).toBe(1);
      const text = JSON.stringify(await shop().personalData.collect(authorId));
      for (const id of [published.id, waiting.id, another.id]) expect(text).toContain(id);

      const rules = { ordersPlacedBefore: AT };
      const erased = shop().identity.run(SHOP, ({ users, personalData }) =>
        users
          .save(author.erase(AT))
          .andThen(() => ResultAsync.fromSafePromise(personalData.forget(authorId, rules))),
      );
      expect((await erased).isOk()).toBe(true);
      expect(await ratingOf(product)).toEqual({ sum: 4, count: 1 });
      const found = async (id: ReviewId) => shop().reviewQueries.find(id, 'staff', null);
      expect((await found(published.id))._unsafeUnwrap()).toMatchObject({
        author: 'Customer',
        title: null,
        comment: null,
        rating: 4,
        status: 'approved',
        version: 3,
      });
      expect((await found(waiting.id)).isErr()).toBe(true);
      expect((await found(another.id))._unsafeUnwrap().helpfulCount).toBe(0);
      expect((await shop().reviewQueries.listOfAuthor(authorId, FIRST_PAGE)).items).toEqual([]);
      expect((await reviewing(shop()).moderate(published.id, 'rejected')).isOk()).toBe(true);
    });

    it('that come in while their author is being erased are swept up later', async () => {
      const user = await givenUser(shop());
      const rules = { ordersPlacedBefore: AT };
      const erased = shop().identity.run(SHOP, ({ users }) => users.save(user.erase(AT)));
      expect((await erased).isOk()).toBe(true);
      const { id: authorId } = user.state;
      await givenReview(shop(), await productOf(), { authorId, status: 'pending' });
      expect(await shop().personalData.overdue(rules)).toContain(authorId);
      await shop().personalData.forget(authorId, rules);
      expect(await shop().personalData.overdue(rules)).not.toContain(authorId);
    });

    it('are not there, and do not count, when the transaction fails that moderates them', async () => {
      const product = await productOf();
      const review = await givenReview(shop(), product, { status: 'pending' });
      const run = shop().catalog.run(SHOP, ({ reviews }) =>
        reviews
          .find(review.id)
          .andThen((found) => found.moderate('approved', false, AT))
          .andThen((approved) => reviews.save(approved))
          .andThen(() => errAsync({ code: 'test.refused' as const })),
      );
      expect((await run).isErr()).toBe(true);
      expect([await idsOf(product), await ratingOf(product)]).toEqual([[], { sum: 0, count: 0 }]);
    });
  });
}
