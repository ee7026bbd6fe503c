import type { Order } from '@kastoma/domain/ordering';
import type { CouponCode, Promotion } from '@kastoma/domain/pricing';

import { isInForce, presentedPromotions } from '../../pricing/presented-promotions.ts';
import type { Redeemer } from '../../pricing/promotion-uses.port.ts';
import type {
  BuyerFacts,
  PromotionsForBuyer,
  PromotionsForCart,
  PromotionsInForce,
} from '../../pricing/promotions-in-force.port.ts';
import { byKeys } from './in-memory-page.ts';
import type { Memory } from './in-memory-store.ts';
import { countingUses, countUses } from './promotion-uses.in-memory-ledger.ts';

type ForCart = Parameters<PromotionsInForce['forCart']>[0];

export class InMemoryPromotionsInForce implements PromotionsInForce {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  async forCart({ at, codes, customer }: ForCart): Promise<PromotionsForBuyer> {
    const found = this.#presentedBy(codes);
    const terms = this.#termsFor({ at, found });
    const uses = terms
      .filter(({ limits }) => limits.total !== undefined || limits.perCustomer !== undefined)
      .map(({ id, limits }) => {
        const { total, byCustomer } = countUses(this.#memory, id, customer);
        return {
          promotionId: id,
          total: limits.total === undefined ? 0 : total,
          byCustomer: limits.perCustomer === undefined ? 0 : byCustomer,
        };
      });
    return { ...presentedPromotions(found, terms), uses, buyer: this.#buyer(customer) };
  }

  async forPastCarts(
    carts: readonly Omit<ForCart, 'customer'>[],
  ): Promise<readonly PromotionsForCart[]> {
    return carts.map(({ at, codes }) => {
      const found = this.#presentedBy(codes).map((one) => ({ ...one, usesLeft: undefined }));
      return { ...presentedPromotions(found, this.#termsFor({ at, found })), uses: [] };
    });
  }

  #buyer({ id, email }: Redeemer): BuyerFacts {
    const { users, orders } = this.#memory.tables;
    const isTheirs = ({ state }: Order) =>
      id === null
        ? state.customerId === null && state.email !== null && state.email === email
        : state.customerId === id;
    return {
      groups: id === null ? [] : (users.get(id)?.state.groups ?? []),
      isFirstOrder: ![...orders.values()].some(
        (order) => isTheirs(order) && order.state.status.name !== 'cancelled',
      ),
    };
  }

  #presentedBy(codes: readonly CouponCode[]) {
    const used = new Set(countingUses(this.#memory).map(({ couponId }) => couponId));
    return [...this.#memory.tables.coupons.values()]
      .map(({ state }) => state)
      .filter(({ code, deletedAt }) => deletedAt === null && codes.includes(code))
      .map(({ id, code, promotionId, singleUse, active }) => {
        const usesLeft = singleUse ? (used.has(id) ? 0 : 1) : undefined;
        return { id, code, promotionId, active, usesLeft };
      })
      .toSorted(byKeys(({ code }) => code));
  }

  #termsFor({
    at,
    found,
  }: Pick<ForCart, 'at'> & { readonly found: readonly { readonly promotionId: string }[] }) {
    const presented = new Set(found.map(({ promotionId }) => promotionId));
    const isMeant = ({ state: { automatic, deletedAt, terms } }: Promotion) =>
      presented.has(terms.id) || (automatic && deletedAt === null && isInForce(terms, at));
    return [...this.#memory.tables.promotions.values()]
      .filter(isMeant)
      .map(({ state }) => state.terms)
      .toSorted(byKeys(({ id }) => id));
  }
}
