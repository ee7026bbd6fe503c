import { ResultAsync } from 'neverthrow';

import type {
  ChangeWishlist,
  ChangeWishlistItems,
  CreateWishlist,
  DeleteWishlist,
  MoveWishToCart,
  ShareWishlist,
  WishlistQueries,
} from '@kastoma/application/catalog';

import { nothingAnswer, pageOnlyQuery } from '../core/core.schemas.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  presentSharedWishlist,
  presentWishlist,
  presentWishlistSummary,
} from './wishlists.presenters.ts';
import {
  addWishBody,
  changeWishlistBody,
  createWishlistBody,
  sharedParams,
  sharedWishlistAnswer,
  wishlistAnswer,
  wishlistItemParams,
  wishlistParams,
  wishlistSummaryAnswer,
} from './wishlists.schemas.ts';

export type WishlistUseCases = {
  readonly createWishlist: CreateWishlist;
  readonly changeWishlist: ChangeWishlist;
  readonly deleteWishlist: DeleteWishlist;
  readonly changeWishlistItems: ChangeWishlistItems;
  readonly moveWishToCart: MoveWishToCart;
  readonly shareWishlist: ShareWishlist;
  readonly wishlistQueries: WishlistQueries;
};

const owns = { tag: 'Wishlists', permission: 'wishlists.own' } as const;
const showsList = {
  ...owns,
  answer: wishlistAnswer,
  present: presentWishlist,
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;
const changesList = {
  ...showsList,
  params: wishlistParams,
  ifMatch: 'accepted',
  status: 200,
} as const;
const changesItem = { ...changesList, params: wishlistItemParams } as const;

export function wishlistRoutes(useCases: WishlistUseCases): readonly Endpoint[] {
  return [
    ...readingRoutes(useCases.wishlistQueries),
    ...listRoutes(useCases),
    ...sharingRoutes(useCases.shareWishlist),
    ...itemRoutes(useCases),
  ];
}

function readingRoutes(wishlistQueries: WishlistQueries): readonly Endpoint[] {
  return [
    listEndpoint({
      ...owns,
      method: 'get',
      path: '/users/me/wishlists',
      summary: 'List my wishlists, the oldest first',
      query: pageOnlyQuery,
      message: 'Your wishlists',
      answer: wishlistSummaryAnswer,
      present: presentWishlistSummary,
      handle: ({ userId, query }) =>
        ResultAsync.fromSafePromise(wishlistQueries.list(userId, toPageRequest(query))),
    }),
    endpoint({
      ...showsList,
      method: 'get',
      path: '/users/me/wishlists/{id}',
      summary: 'Read one of my wishlists, with what the things on it cost today',
      params: wishlistParams,
      status: 200,
      message: 'Your wishlist',
      handle: ({ userId, params }) => wishlistQueries.find(userId, params.id),
    }),
    endpoint({
      tag: 'Wishlists',
      permission: 'catalog.browse',
      method: 'get',
      path: '/wishlists/shared/{token}',
      summary:
        'Read a wishlist that somebody has sent me the link of; it does not tell whose it is',
      params: sharedParams,
      status: 200,
      message: 'Wishlist',
      answer: sharedWishlistAnswer,
      present: presentSharedWishlist,
      handle: ({ params }) => wishlistQueries.findShared(params.token),
    }),
  ];
}

function listRoutes(useCases: WishlistUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...showsList,
      method: 'post',
      path: '/users/me/wishlists',
      summary: 'Begin a wishlist; the first one is the default',
      body: createWishlistBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Wishlist created',
      handle: ({ userId, body: { name, is_default: isDefault }, context }) =>
        useCases.createWishlist.execute({ customerId: userId, name, isDefault }, context),
    }),
    endpoint({
      ...changesList,
      method: 'patch',
      path: '/users/me/wishlists/{id}',
      summary: 'Name a wishlist anew, or make it the default',
      body: changeWishlistBody,
      message: 'Wishlist changed',
      handle: ({ userId, params: { id }, body, expectedVersion, context }) => {
        const changes = { name: body.name, isDefault: body.is_default };
        const own = { customerId: userId, id, expectedVersion };
        return useCases.changeWishlist.execute({ ...own, changes }, context);
      },
    }),
    endpoint({
      ...owns,
      method: 'delete',
      path: '/users/me/wishlists/{id}',
      summary: 'Forget a wishlist; the oldest of the others takes over being the default',
      params: wishlistParams,
      ifMatch: 'accepted',
      status: 200,
      message: 'Wishlist forgotten',
      answer: nothingAnswer,
      present: () => null,
      handle: ({ userId, params: { id }, expectedVersion, context }) =>
        useCases.deleteWishlist.execute({ customerId: userId, id, expectedVersion }, context),
    }),
  ];
}

function sharingRoutes(shareWishlist: ShareWishlist): readonly Endpoint[] {
  return [
    endpoint({
      ...changesList,
      method: 'post',
      path: '/users/me/wishlists/{id}/share',
      summary: 'Make a link to a wishlist; one that is shared already keeps its link',
      idempotencyKey: 'accepted',
      message: 'Wishlist shared',
      handle: ({ userId, params: { id }, expectedVersion, context }) =>
        shareWishlist.share({ customerId: userId, id, expectedVersion }, context),
    }),
    endpoint({
      ...changesList,
      method: 'delete',
      path: '/users/me/wishlists/{id}/share',
      summary: 'Take the link back: it leads nowhere from then on',
      message: 'Wishlist no longer shared',
      handle: ({ userId, params: { id }, expectedVersion, context }) =>
        shareWishlist.stop({ customerId: userId, id, expectedVersion }, context),
    }),
  ];
}

function itemRoutes(useCases: WishlistUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...showsList,
      method: 'post',
      path: '/users/me/wishlists/{id}/items',
      summary: 'Put a variant or a product on a wishlist; what is on it already stays',
      params: wishlistParams,
      body: addWishBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'On your wishlist',
      handle: ({ userId, params: { id }, body: wish, context }) =>
        useCases.changeWishlistItems.add({ customerId: userId, id, wish }, context),
    }),
    endpoint({
      ...changesItem,
      method: 'delete',
      path: '/users/me/wishlists/{id}/items/{itemId}',
      summary: 'Take something off a wishlist',
      message: 'Taken off your wishlist',
      handle: ({ userId, params, expectedVersion, context }) =>
        useCases.changeWishlistItems.remove(
          { customerId: userId, ...params, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...changesItem,
      method: 'post',
      path: '/users/me/wishlists/{id}/items/{itemId}/move-to-cart',
      summary: 'Move one unit of something from a wishlist into my cart',
      idempotencyKey: 'accepted',
      message: 'In your cart',
      handle: ({ userId, params, expectedVersion, context }) =>
        useCases.moveWishToCart.execute(
          { customerId: userId, ...params, expectedVersion },
          context,
        ),
    }),
  ];
}
