export type UseLimits = {
  readonly promotionId: string;
  readonly total?: number | undefined;
  readonly perCustomer?: number | undefined;
};

export type UseCounts = { readonly total: number; readonly byCustomer: number };

export type Redemption = 'redeemed' | 'limit_reached';

/** What counts the uses of promotions, at once or with promises. */
export type CouponUses = {
  /** Counts one use for the order, unless it was counted before: an order may be tried again and again. */
  readonly redeem: (
    orderId: string,
    promotionId: string,
    customer: string,
  ) => Redemption | Promise<Redemption>;
  /** Gives back all uses of the order, once. */
  readonly giveBack: (orderId: string) => void | Promise<void>;
  readonly usesOf: (promotionId: string, customer: string) => UseCounts | Promise<UseCounts>;
};

/** Opens a count of uses for promotions with these limits; what was counted before is forgotten. */
export type OpenCouponUses = (limits: readonly UseLimits[]) => CouponUses | Promise<CouponUses>;

/** What should have been counted. */
export class CouponUseModel {
  readonly #limits: ReadonlyMap<string, UseLimits>;
  /** By order and promotion. */
  readonly #uses = new Map<
    string,
    { readonly promotionId: string; readonly orderId: string; readonly customer: string }
  >();
  readonly #givenBack = new Set<string>();

  constructor(limits: readonly UseLimits[]) {
    this.#limits = new Map(limits.map((of) => [of.promotionId, of]));
  }

  get promotionIds(): readonly string[] {
    return [...this.#limits.keys()];
  }

  usesOf(promotionId: string, customer: string): UseCounts {
    const uses = [...this.#uses.values()].filter((use) => use.promotionId === promotionId);
    return {
      total: uses.length,
      byCustomer: uses.filter((use) => use.customer === customer).length,
    };
  }

  has(orderId: string, promotionId: string): boolean {
    return this.#uses.has(`${orderId} ${promotionId}`);
  }

  hasRoom(promotionId: string, customer: string): boolean {
    const { total = Infinity, perCustomer = Infinity } = this.#limits.get(promotionId) ?? {};
    const uses = this.usesOf(promotionId, customer);
    return uses.total < total && uses.byCustomer < perCustomer;
  }

  /** Whether some limit is exceeded. */
  isExceeded(promotionId: string, uses: UseCounts): boolean {
    const { total = Infinity, perCustomer = Infinity } = this.#limits.get(promotionId) ?? {};
    return uses.total > total || uses.byCustomer > perCustomer;
  }

  redeem(orderId: string, promotionId: string, customer: string): void {
    this.#uses.set(`${orderId} ${promotionId}`, { orderId, promotionId, customer });
  }

  giveBack(orderId: string): void {
    this.#givenBack.add(orderId);
    for (const [key, use] of this.#uses) if (use.orderId === orderId) this.#uses.delete(key);
  }

  /** A cancelled order does not come back: nobody redeems for it again. */
  isGivenBack(orderId: string): boolean {
    return this.#givenBack.has(orderId);
  }
}

/** The model that `couponUseCommands` is run against. */
export function modelOfCouponUse(limits: readonly UseLimits[]): CouponUseModel {
  return new CouponUseModel(limits);
}
