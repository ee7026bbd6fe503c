import { ResultAsync } from 'neverthrow';
import { describe, expect, it } from 'vitest';

import type {
  Instant,
  ProductId,
  UserId,
  VariantId,
  WishlistId,
  WishlistItemId,
} from '@kastoma/domain/core';

import { ChangeWishlistItems } from '../../catalog/change-wishlist-items.use-case.ts';
import { ChangeWishlist } from '../../catalog/change-wishlist.use-case.ts';
import { CreateWishlist } from '../../catalog/create-wishlist.use-case.ts';
import { DeleteWishlist } from '../../catalog/delete-wishlist.use-case.ts';
import { MoveWishToCart } from '../../catalog/move-wish-to-cart.use-case.ts';
import { ShareWishlist } from '../../catalog/share-wishlist.use-case.ts';
import type { WishlistView } from '../../catalog/wishlist-queries.port.ts';
import type { Wish } from '../../catalog/wishlist-repository.port.ts';
import { BUILT_AT, builderIds } from '../builders/builder-ids.ts';
import { dollars } from '../builders/money.builder.ts';
import { asCustomer, SHOP, underKey } from '../contexts.ts';
import { FakeTokenSecrets } from '../ports/fake-token-secrets.ts';
import type { OpenShop } from '../shop-ports.ts';
import { givenCustomer, givenProduct, givenUser, givenVariant } from '../stocked-shop.ts';
import { times } from './latch.ts';
import { shopOfSuite } from './shop-of-suite.ts';

const FIRST_PAGE = { page: 1, pageSize: 20 };
const AT = BUILT_AT as Instant;

export function wishlistsContract(open: OpenShop): void {
  describe('wishlists', () => {
    const shop = shopOfSuite(open);
    const shareTokens = new FakeTokenSecrets();
    const edits = () => ({ unitOfWork: shop().catalog, clock: shop().clock, ids: shop().ids });
    const create = (customerId: UserId, name: string, isDefault?: boolean) =>
      new CreateWishlist(edits()).execute({ customerId, name, isDefault }, asCustomer(customerId));
    const own = (customerId: UserId, id: WishlistId, expectedVersion: number | null = null) => ({
      customerId,
      id,
      expectedVersion,
    });
    const put = (customerId: UserId, id: WishlistId, wish: Wish) =>
      new ChangeWishlistItems(edits()).add({ customerId, id, wish }, asCustomer(customerId));
    const move = (
      customerId: UserId,
      id: WishlistId,
      itemId: WishlistItemId,
      context = asCustomer(customerId),
    ) =>
      new MoveWishToCart({ moves: shop().wishlistMoves }).execute(
        { ...own(customerId, id), itemId },
        context,
      );
    const givenList = async (customerId: UserId, name = 'Kitchen') =>
      (await create(customerId, name))._unsafeUnwrap().id as WishlistId;
    const givenWish = async (customerId: UserId, wish: Wish) => {
      const id = await givenList(customerId);
      const list = (await put(customerId, id, wish))._unsafeUnwrap();
      return { id, itemId: list.items[0]?.id as WishlistItemId };
    };
    const ofVariant = (variantId: VariantId): Wish => ({ kind: 'variant', variantId });
    const ofProduct = (productId: ProductId): Wish => ({ kind: 'product', productId });
    const read = async (customerId: UserId, id: WishlistId) =>
      (await shop().wishlistQueries.find(customerId, id))._unsafeUnwrap();
    const summaries = async (customerId: UserId) =>
      (await shop().wishlistQueries.list(customerId, FIRST_PAGE)).items;
    const inCart = async (customerId: UserId) =>
      (await shop().carts.findActive(customerId))
        ._unsafeUnwrap()
        ?.state.items.map(({ variantId, quantity }) => [variantId, quantity]) ?? [];

    it('are begun, named anew, made the default and forgotten', async () => {
      const [ada, bob] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const first = await givenList(ada);
      shop().clock.advance(1);
      const second = (await create(ada, 'Garden', true))._unsafeUnwrap();
      expect(second).toMatchObject({ isDefault: true, itemCount: 0, items: [], version: 1 });
      await givenList(bob, 'Bob’s');
      const flags = async () =>
        (await summaries(ada)).map(({ name, isDefault, version }) => [name, isDefault, version]);
      expect(await flags()).toEqual([
        ['Kitchen', false, 2],
        ['Garden', true, 1],
      ]);
      const change = new ChangeWishlist(edits());
      const changes = { name: 'Cellar', isDefault: true };
      const stale = await change.execute({ ...own(ada, first, 1), changes }, asCustomer(ada));
      expect(stale._unsafeUnwrapErr()).toEqual({ code: 'core.stale_version', currentVersion: 2 });
      const changed = await change.execute({ ...own(ada, first, 2), changes }, asCustomer(ada));
      expect(changed._unsafeUnwrap()).toMatchObject({ name: 'Cellar', isDefault: true });
      const remove = new DeleteWishlist(edits());
      expect((await remove.execute(own(ada, first), asCustomer(ada))).isOk()).toBe(true);
      expect((await summaries(ada)).map(({ name, isDefault }) => [name, isDefault])).toEqual([
        ['Garden', true],
      ]);
      expect((await summaries(bob)).map(({ name }) => name)).toEqual(['Bob’s']);
    });

    it('have one default, though eight are begun at once that all would be it', async () => {
      const ada = await givenCustomer(shop());
      const runs = await times(8, (index) => create(ada, `List ${index}`, true));
      expect(runs.every((run) => run.isOk())).toBe(true);
      const lists = await summaries(ada);
      expect([lists.length, lists.filter(({ isDefault }) => isDefault).length]).toEqual([8, 1]);
    });

    it('are nobody else’s', async () => {
      const [ada, mallory] = [await givenCustomer(shop()), await givenCustomer(shop())];
      const { variantId } = await givenVariant(shop());
      const { id, itemId } = await givenWish(ada, ofVariant(variantId));
      const missing = { code: 'catalog.wishlist_not_found' };
      const context = asCustomer(mallory);
      const items = new ChangeWishlistItems(edits());
      for (const tried of [
        await shop().wishlistQueries.find(mallory, id),
        await put(mallory, id, ofVariant(variantId)),
        await items.remove({ ...own(mallory, id), itemId }, context),
        await move(mallory, id, itemId),
        await new ChangeWishlist(edits()).execute({ ...own(mallory, id), changes: {} }, context),
        await new DeleteWishlist(edits()).execute(own(mallory, id), context),
        await new ShareWishlist({ ...edits(), shareTokens }).share(own(mallory, id), context),
      ])
        expect(tried._unsafeUnwrapErr()).toEqual(missing);
      const elsewhere = await givenList(mallory);
      expect((await move(mallory, elsewhere, itemId))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.wishlist_item_not_found',
      });
      expect((await read(ada, id)).items).toHaveLength(1);
    });

    it('show what is on them as it can be had today, the newest first', async () => {
      const ada = await givenCustomer(shop());
      const id = await givenList(ada);
      const wanted = await givenProduct(
        shop(),
        { variants: [{ price: '20.00' }, { price: '15.00', name: 'Small' }] },
        3,
      );
      const [dear, small] = wanted.state.variants;
      const soldOut = await givenVariant(shop(), 0);
      const foreign = await givenVariant(shop(), 3, { currency: 'EUR' });
      for (const wish of [
        ofProduct(wanted.state.id),
        ofVariant(dear.id),
        ofVariant(soldOut.variantId),
        ofVariant(foreign.variantId),
        ofVariant(dear.id),
      ]) {
        shop().clock.advance(1);
        expect((await put(ada, id, wish)).isOk()).toBe(true);
      }
      const list = await read(ada, id);
      expect([list.version, list.itemCount]).toEqual([5, 4]);
      const shown = ({ items }: Pick<WishlistView, 'items'>) =>
        items.map(({ variant, price, isAvailable }) => [variant?.id, price, isAvailable]);
      expect(shown(list)).toEqual([
        [foreign.variantId, null, false],
        [soldOut.variantId, dollars('19.99'), false],
        [dear.id, dollars('20.00'), true],
        [undefined, dollars('15.00'), true],
      ]);
      expect(list.items[2]).toMatchObject({
        product: { id: wanted.state.id, slug: wanted.state.slug, name: wanted.state.name },
        variant: { sku: dear.sku, name: null },
      });
      expect(small?.id).not.toBe(dear.id);

      const archived = shop().catalog.run(SHOP, ({ products }) =>
        products
          .find(wanted.state.id)
          .andThen((product) => product.archive(AT))
          .andThen((product) => products.save(product)),
      );
      expect((await archived).isOk()).toBe(true);
      expect(shown(await read(ada, id)).slice(2)).toEqual([
        [dear.id, null, false],
        [undefined, null, false],
      ]);
    });

    it('take what shoppers find in the catalogue, and nothing else', async () => {
      const ada = await givenCustomer(shop());
      const id = await givenList(ada);
      const draft = await givenVariant(shop(), 1, { status: 'draft' });
      for (const [wish, field] of [
        [ofVariant(draft.variantId), 'variantId'],
        [ofProduct(draft.productId), 'productId'],
        [ofVariant(builderIds.next<VariantId>()), 'variantId'],
        [ofProduct(builderIds.next<ProductId>()), 'productId'],
      ] as const)
        expect((await put(ada, id, wish))._unsafeUnwrapErr()).toEqual({
          code: 'catalog.unknown_wish',
          path: [field],
        });
      expect((await read(ada, id)).version).toBe(1);
    });

    it('lose one thing when it is taken off, and keep the others', async () => {
      const ada = await givenCustomer(shop());
      const [kept, gone] = [await givenVariant(shop()), await givenVariant(shop())];
      const { id, itemId } = await givenWish(ada, ofVariant(gone.variantId));
      expect((await put(ada, id, ofVariant(kept.variantId))).isOk()).toBe(true);
      const items = new ChangeWishlistItems(edits());
      const remove = (expectedVersion: number | null) =>
        items.remove({ ...own(ada, id, expectedVersion), itemId }, asCustomer(ada));
      expect((await remove(1))._unsafeUnwrapErr()).toMatchObject({ currentVersion: 3 });
      const left = (await remove(3))._unsafeUnwrap();
      expect(left.items.map(({ variant }) => variant?.id)).toEqual([kept.variantId]);
      expect((await remove(null))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.wishlist_item_not_found',
      });
    });

    it('are seen by whoever has the link, until it is taken back', async () => {
      const ada = await givenCustomer(shop());
      const { variantId } = await givenVariant(shop(), 2);
      const { id } = await givenWish(ada, ofVariant(variantId));
      const sharing = new ShareWishlist({ ...edits(), shareTokens });
      const shared = (await sharing.share(own(ada, id), asCustomer(ada)))._unsafeUnwrap();
      const again = (await sharing.share(own(ada, id), asCustomer(ada)))._unsafeUnwrap();
      const token = shared.shareToken ?? '';
      expect([again.shareToken, again.version]).toEqual([token, shared.version]);
      const seen = (await shop().wishlistQueries.findShared(token))._unsafeUnwrap();
      expect(seen).toEqual({ name: 'Kitchen', itemCount: 1, items: shared.items });
      const stopped = (await sharing.stop(own(ada, id), asCustomer(ada)))._unsafeUnwrap();
      expect(stopped.shareToken).toBe(null);
      for (const dead of [token, '', id, 'nothing'])
        expect((await shop().wishlistQueries.findShared(dead)).isErr()).toBe(true);
      const anew = (await sharing.share(own(ada, id), asCustomer(ada)))._unsafeUnwrap();
      expect(anew.shareToken).not.toBe(token);
    });

    it('give a thing to the cart once, though the move is asked for four times at once', async () => {
      const ada = await givenCustomer(shop());
      const { variantId } = await givenVariant(shop(), 5);
      const { id, itemId } = await givenWish(ada, ofVariant(variantId));
      const runs = await times(4, () => move(ada, id, itemId));
      expect(runs.filter((run) => run.isOk())).toHaveLength(1);
      for (const run of runs)
        if (run.isErr()) expect(run.error.code).toBe('catalog.wishlist_item_not_found');
      expect(await inCart(ada)).toEqual([[variantId, 1]]);
      expect((await read(ada, id)).items).toEqual([]);
    });

    it('answer a move that is repeated under its key as the first time', async () => {
      const ada = await givenCustomer(shop());
      const { productId, variantId } = await givenVariant(shop(), 5);
      const { id, itemId } = await givenWish(ada, ofProduct(productId));
      const scope = `user:${ada} POST /move`;
      const context = underKey(asCustomer(ada), 'a key', { scope });
      expect((await move(ada, id, itemId, context)).isOk()).toBe(true);
      const repeated = await move(ada, id, itemId, context);
      expect(repeated._unsafeUnwrapErr().code).toBe('core.idempotent_replay');
      expect(await inCart(ada)).toEqual([[variantId, 1]]);
    });

    it('keep what the cart does not take', async () => {
      const ada = await givenCustomer(shop());
      const many = await givenProduct(shop(), { variants: [{}, {}] }, 1);
      const { id, itemId } = await givenWish(ada, ofProduct(many.state.id));
      expect((await move(ada, id, itemId))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.not_moved_to_cart',
        reason: 'ordering.variant_required',
      });
      expect([(await read(ada, id)).items.length, await inCart(ada)]).toEqual([1, []]);
      const foreign = await givenVariant(shop(), 1, { currency: 'EUR' });
      const other = await givenWish(ada, ofVariant(foreign.variantId));
      expect((await move(ada, other.id, other.itemId))._unsafeUnwrapErr()).toEqual({
        code: 'catalog.not_moved_to_cart',
        reason: 'ordering.offer_not_found',
      });
      expect((await read(ada, other.id)).items).toHaveLength(1);
    });

    it('are shown to whom they belong, and go with the account', async () => {
      const user = await givenUser(shop());
      const { id: ada } = user.state;
      const { variantId } = await givenVariant(shop());
      const { id, itemId } = await givenWish(ada, ofVariant(variantId));
      const text = JSON.stringify(await shop().personalData.collect(ada));
      for (const mine of [id, itemId, variantId, 'Kitchen']) expect(text).toContain(mine);
      const rules = { ordersPlacedBefore: AT };
      const erased = shop().identity.run(SHOP, ({ users, personalData }) =>
        users
          .save(user.erase(AT))
          .andThen(() => ResultAsync.fromSafePromise(personalData.forget(ada, rules))),
      );
      expect((await erased).isOk()).toBe(true);
      expect(await summaries(ada)).toEqual([]);
      expect(await shop().personalData.overdue(rules)).not.toContain(ada);
      await givenList(ada);
      expect(await shop().personalData.overdue(rules)).toContain(ada);
    });
  });
}
