import { err, ok, ResultAsync } from 'neverthrow';

import type { Page, PageRequest } from '@kastoma/application/core';
import {
  viewPromotion,
  type PromotionFilter,
  type PromotionQueries,
  type PromotionView,
} from '@kastoma/application/pricing';
import type { PromotionId } from '@kastoma/domain/core';
import type { PromotionNotFound } from '@kastoma/domain/pricing';

import type { Queryable } from '../core/database.ts';
import { countUpTo, pageOf } from '../core/paging.ts';
import { containing } from '../core/search-pattern.ts';
import { toPromotion, type PromotionRow } from './pricing-rows.ts';

export class PostgresPromotionQueries implements PromotionQueries {
  readonly #sql: Queryable;

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  async list(filter: PromotionFilter, page: PageRequest): Promise<Page<PromotionView>> {
    const matching = this.#matching(filter);
    const [rows, counted] = await Promise.all([
      this.#sql<PromotionRow[]>`
        ${this.#select()}
        where ${matching}
        order by created_at desc, id desc
        limit ${page.pageSize}
        offset ${(page.page - 1) * page.pageSize}
      `,
      countUpTo(this.#sql, this.#sql`from pricing.promotions where ${matching}`),
    ]);
    return pageOf(
      rows.map((row) => viewPromotion(toPromotion(row))),
      counted,
    );
  }

  find(id: PromotionId): ResultAsync<PromotionView, PromotionNotFound> {
    return ResultAsync.fromSafePromise(this.#sql<PromotionRow[]>`
      ${this.#select()}
      where id = ${id} and deleted_at is null
    `).andThen(([row]) =>
      row === undefined
        ? err({ code: 'pricing.promotion_not_found' as const })
        : ok(viewPromotion(toPromotion(row))),
    );
  }

  #select() {
    return this.#sql`
      select id, terms, automatic, gives_uses_back, created_at, updated_at, deleted_at, version
      from pricing.promotions
    `;
  }

  #matching({ active, automatic, search }: PromotionFilter) {
    const sql = this.#sql;
    return sql`
      deleted_at is null
      ${active === null ? sql`` : sql`and active = ${active}`}
      ${automatic === null ? sql`` : sql`and automatic = ${automatic}`}
      ${search === null ? sql`` : sql`and name ilike ${containing(search)}`}
    `;
  }
}
