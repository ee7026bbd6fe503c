import type { Container } from 'inversify';

import {
  ChangeWishlist,
  ChangeWishlistItems,
  CreateWishlist,
  DeleteWishlist,
  ModerateReview,
  MoveWishToCart,
  ReviseReview,
  ShareWishlist,
  SubmitReview,
  VoteForReview,
  WithdrawReview,
} from '@kastoma/application/catalog';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** What customers say of products, and which they would like to have. */
export function bindShoppers(container: Container): void {
  bindReviews(container);
  bindWishlists(container);
}

function bindReviews(container: Container): void {
  const { ids, clock, catalogUnitOfWork: unitOfWork } = T;
  const edits = { unitOfWork, clock };
  bind(container, T.submitReview, { ...edits, ids }, (given) => new SubmitReview(given));
  bind(container, T.reviseReview, edits, (given) => new ReviseReview(given));
  bind(container, T.withdrawReview, edits, (given) => new WithdrawReview(given));
  bind(container, T.moderateReview, edits, (given) => new ModerateReview(given));
  bind(container, T.voteForReview, edits, (given) => new VoteForReview(given));
}

function bindWishlists(container: Container): void {
  const { ids, clock, catalogUnitOfWork: unitOfWork, tokenSecrets: shareTokens } = T;
  const edits = { unitOfWork, clock };
  bind(container, T.createWishlist, { ...edits, ids }, (given) => new CreateWishlist(given));
  bind(container, T.changeWishlist, edits, (given) => new ChangeWishlist(given));
  bind(container, T.deleteWishlist, { unitOfWork }, (given) => new DeleteWishlist(given));
  bind(
    container,
    T.changeWishlistItems,
    { ...edits, ids },
    (given) => new ChangeWishlistItems(given),
  );
  bind(container, T.shareWishlist, { ...edits, shareTokens }, (given) => new ShareWishlist(given));
  bind(
    container,
    T.moveWishToCart,
    { moves: T.wishlistMoves },
    (given) => new MoveWishToCart(given),
  );
}
