import { err, ok, ResultAsync } from 'neverthrow';

import type { ReviewRepository } from '@kastoma/application/catalog';
import type { ConcurrentUpdate } from '@kastoma/application/core';
import {
  Review,
  type ProductNotFound,
  type ReviewExists,
  type ReviewNotFound,
  type ReviewStatus,
  type Stars,
} from '@kastoma/domain/catalog';
import type { Instant, ProductId, ReviewId, UserId } from '@kastoma/domain/core';

import type { Queryable } from '../core/database.ts';
import type { Outbox } from '../core/outbox.ts';
import { fromTimestamp, toTimestamp } from '../core/timestamp.ts';
import { namedBy } from './category-name.ts';

type ReviewRow = {
  id: ReviewId;
  product_id: ProductId;
  author_id: UserId | null;
  rating: Stars;
  title: string | null;
  comment: string | null;
  is_verified_purchase: boolean;
  status: ReviewStatus;
  created_at: Date;
  updated_at: Date;
  version: number;
};

/** What products are rated and how many found a review helpful is counted by triggers. */
export class PostgresReviewRepository implements ReviewRepository {
  readonly #sql: Queryable;
  readonly #outbox: Outbox;

  constructor(sql: Queryable, outbox: Outbox) {
    this.#sql = sql;
    this.#outbox = outbox;
  }

  reviewable(idOrSlug: string): ResultAsync<ProductId, ProductNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<{ id: ProductId }[]>`
      select id from catalog.products
      where ${namedBy(this.#sql, idOrSlug)} and status = 'published' and deleted_at is null
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'catalog.product_not_found' as const }) : ok(row.id),
    );
  }

  add(review: Review): ResultAsync<void, ReviewExists> {
    return ResultAsync.fromSafePromise(this.#insert(review)).andThen((isInserted) =>
      isInserted ? ok() : err({ code: 'catalog.review_exists' as const }),
    );
  }

  find(id: ReviewId): ResultAsync<Review, ReviewNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<ReviewRow[]>`
      select
        id, product_id, author_id, rating, title, comment, is_verified_purchase, status,
        created_at, updated_at, version
      from catalog.reviews
      where id = ${id}
      for update
    `).andThen(([row]) =>
      row === undefined ? err({ code: 'catalog.review_not_found' as const }) : ok(toReview(row)),
    );
  }

  save(review: Review): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#update(review)).andThen(toGuarded);
  }

  remove(review: Review): ResultAsync<void, ConcurrentUpdate> {
    return ResultAsync.fromSafePromise(this.#delete(review)).andThen(toGuarded);
  }

  addVote(id: ReviewId, customerId: UserId, at: Instant): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      insert into catalog.review_votes (review_id, customer_id, voted_at)
      values (${id}, ${customerId}, ${toTimestamp(at)})
      on conflict do nothing
    `).map(() => undefined);
  }

  removeVote(id: ReviewId, customerId: UserId): ResultAsync<void, never> {
    return ResultAsync.fromSafePromise(this.#sql`
      delete from catalog.review_votes where review_id = ${id} and customer_id = ${customerId}
    `).map(() => undefined);
  }

  async #insert({ state, version, pending }: Review): Promise<boolean> {
    const inserted = await this.#sql`
      insert into catalog.reviews (
        id, product_id, author_id, rating, title, comment, is_verified_purchase, status,
        created_at, updated_at, version
      )
      values (
        ${state.id}, ${state.productId}, ${state.authorId}, ${state.rating}, ${state.title},
        ${state.comment}, ${state.isVerifiedPurchase}, ${state.status},
        ${toTimestamp(state.createdAt)}, ${toTimestamp(state.updatedAt)}, ${version}
      )
      on conflict (author_id, product_id) do nothing
      returning id
    `;
    if (inserted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  async #update({ state, version, pending }: Review): Promise<boolean> {
    const updated = await this.#sql`
      update catalog.reviews
      set
        rating = ${state.rating}, title = ${state.title}, comment = ${state.comment},
        is_verified_purchase = ${state.isVerifiedPurchase}, status = ${state.status},
        updated_at = ${toTimestamp(state.updatedAt)}, version = ${version}
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (updated.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }

  async #delete({ state, version, pending }: Review): Promise<boolean> {
    await this.#sql`delete from catalog.review_votes where review_id = ${state.id}`;
    const deleted = await this.#sql`
      delete from catalog.reviews
      where id = ${state.id} and version = ${version - pending.length}
      returning id
    `;
    if (deleted.count === 0) return false;
    await this.#outbox.record(pending);
    return true;
  }
}

function toGuarded(isWritten: boolean) {
  return isWritten ? ok() : err({ code: 'core.concurrent_update' as const });
}

function toReview({ version, ...row }: ReviewRow): Review {
  const state = {
    id: row.id,
    productId: row.product_id,
    authorId: row.author_id,
    rating: row.rating,
    title: row.title,
    comment: row.comment,
    isVerifiedPurchase: row.is_verified_purchase,
    status: row.status,
    createdAt: fromTimestamp(row.created_at),
    updatedAt: fromTimestamp(row.updated_at),
  };
  return Review.restore(state, version);
}
