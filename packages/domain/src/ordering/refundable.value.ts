import { err, ok, type Result } from 'neverthrow';

import { allocate } from '../core/allocation.ts';
import type { Currency } from '../core/currency.value.ts';
import { defect } from '../core/defect.ts';
import { Money, type CurrencyMismatch } from '../core/money.value.ts';
import type { FieldPath } from '../core/text.value.ts';
import type { PriceMode } from './frozen-price.value.ts';
import type { Refund, RefundedPart } from './refund.value.ts';
import {
  readShares,
  type FrozenShares,
  type InvalidShares,
  type Share,
} from './refundable-shares.ts';
import { selectUnits, type InvalidSelection, type SelectedUnits } from './selected-units.value.ts';
import {
  countUnits,
  sumUnits,
  takeAmounts,
  takeUnits,
  taxIn,
  type UnitAmounts,
  type UnitsLeft,
} from './units-left.value.ts';

/** What to pay back: units, an amount for goods, shipping, or any of them together. */
export type RefundRequest = {
  /** Whole units, the next ones of each item. */
  readonly lines?: readonly SelectedUnits[] | undefined;
  /** For goods, tax included; spread over what the units leave. */
  readonly amount?: Money | undefined;
  /** An amount, tax included, or all that is left of it. */
  readonly shipping?: 'all' | Money | undefined;
};

/** Neither money nor units; units that cost nothing may well come back. */
export type RefundOfNothing = { readonly code: 'ordering.refund_of_nothing' };
/** It would take money from the one who is to get some. */
export type RefundBelowZero = {
  readonly code: 'ordering.refund_below_zero';
  readonly path: FieldPath;
};
export type RefundExceedsLeft = {
  readonly code: 'ordering.refund_exceeds_left';
  readonly path: FieldPath;
  readonly requested: Money;
  readonly left: Money;
};
export type RefundError =
  | InvalidSelection
  | RefundOfNothing
  | RefundBelowZero
  | RefundExceedsLeft
  | (CurrencyMismatch & { readonly path: FieldPath });

type State<ItemId extends string> = {
  readonly currency: Currency;
  readonly prices: PriceMode;
  /** Of every amount outside; inside all are magnitudes. */
  readonly sign: bigint;
  /** In the order of the items. */
  readonly goods: ReadonlyMap<ItemId, UnitsLeft>;
  readonly shipping: UnitAmounts;
};

/**
 * What may still be paid back of something that was sold, made of the shares that its units were sold at.
 * What was paid for a unit is its total, with its tax on top where prices exclude it. However the units
 * are split into refunds, these add up to what was paid for them and their tax, to the minor unit.
 */
export class Refundable<ItemId extends string = string> {
  readonly #state: State<ItemId>;

  private constructor(state: State<ItemId>) {
    this.#state = state;
    Object.freeze(this);
  }

  /** Of frozen shares, all of one sign: those of an order, or the lines and the shipping of a quote. */
  static of<ItemId extends string>(
    shares: FrozenShares<ItemId>,
  ): Result<Refundable<ItemId>, InvalidShares> {
    const { currency, prices } = shares;
    return readShares(shares).map((read) => new Refundable({ currency, prices, ...read }));
  }

  /** All that is left: a refund of it leaves nothing. */
  get rest(): Refund<ItemId> {
    const lines = [...this.#state.goods].map(([id, units]) => ({
      id,
      quantity: countUnits(units),
      ...this.#paid(sumUnits(units)),
    }));
    return this.#refundOf(lines, this.#paid(this.#state.shipping));
  }

  /** Pays back what is asked for, or nothing at all: a part of a request is never met. */
  refund(
    request: RefundRequest,
  ): Result<{ refund: Refund<ItemId>; left: Refundable<ItemId> }, RefundError> {
    const { goods } = this.#state;
    const unitsLeft = new Map([...goods].map(([id, units]) => [id, countUnits(units)]));
    return selectUnits(request.lines ?? [], unitsLeft).andThen((selected) => {
      const taken = [...goods].map(([id, units]) => {
        const quantity = selected.get(id) ?? 0;
        const { taken: amounts, left } = takeUnits(units, quantity);
        return { id, quantity, ...this.#paid(amounts), left: this.#paid(sumUnits(left)) };
      });
      const goodsLeft = taken.reduce((sum, { left }) => sum + left.paid, 0n);
      return this.#within(request.amount, goodsLeft, ['amount']).andThen((amount) =>
        this.#shippingOf(request.shipping).andThen((shipping) => {
          const refund = this.#refundOf(withAmount(taken, amount), shipping);
          return refund.amount.minorUnits === 0n && selected.size === 0
            ? err({ code: 'ordering.refund_of_nothing' as const })
            : ok({ refund, left: this.less(refund) ?? defect('A refund exceeds what is left.') });
        }),
      );
    });
  }

  /** What a refund of before leaves; null where it pays back more than there is, or other money. */
  less(refund: Refund): Refundable<ItemId> | null {
    const parts = [refund, ...refund.lines, ...(refund.shipping === null ? [] : [refund.shipping])];
    if (!parts.every((part) => this.#isInItsCurrency(part))) return null;
    const goods = new Map(this.#state.goods);
    for (const line of refund.lines) {
      const units = goods.get(line.itemId as ItemId);
      const left = units === undefined ? null : this.#lineLess(units, line);
      if (left === null) return null;
      goods.set(line.itemId as ItemId, left);
    }
    const shipping = minus(this.#state.shipping, this.#magnitude(refund.shipping));
    return shipping === null ? null : new Refundable({ ...this.#state, goods, shipping });
  }

  #lineLess(
    units: UnitsLeft,
    line: RefundedPart & { readonly quantity: number },
  ): UnitsLeft | null {
    const isThere = line.quantity >= 0 && line.quantity <= countUnits(units);
    if (!Number.isInteger(line.quantity) || !isThere) return null;
    const { taken, left } = takeUnits(units, line.quantity);
    const beyondUnits = minus(this.#magnitude(line), taken);
    if (beyondUnits === null || minus(sumUnits(left), beyondUnits) === null) return null;
    return beyondUnits.total === 0n && beyondUnits.tax === 0n
      ? left
      : takeAmounts(left, beyondUnits);
  }

  #shippingOf(requested: RefundRequest['shipping']): Result<Share, RefundError> {
    const whole = this.#paid(this.#state.shipping);
    const paid =
      requested === 'all' ? ok(whole.paid) : this.#within(requested, whole.paid, ['shipping']);
    return paid.map((part) => ({ paid: part, tax: taxIn(part, whole) }));
  }

  /** The magnitude of an amount that is not below zero and at most what is left. */
  #within(
    requested: Money | undefined,
    left: bigint,
    path: FieldPath,
  ): Result<
    bigint,
    RefundBelowZero | RefundExceedsLeft | (CurrencyMismatch & { path: FieldPath })
  > {
    const { currency, sign } = this.#state;
    if (requested === undefined) return ok(0n);
    if (requested.currency !== currency)
      return err({
        code: 'core.currency_mismatch',
        expected: currency,
        actual: requested.currency,
        path,
      });
    const magnitude = requested.minorUnits * sign;
    if (magnitude < 0n) return err({ code: 'ordering.refund_below_zero', path });
    return magnitude > left
      ? err({ code: 'ordering.refund_exceeds_left', path, requested, left: this.#money(left) })
      : ok(magnitude);
  }

  #refundOf(lines: readonly LineShare<ItemId>[], shipping: Share): Refund<ItemId> {
    const touched = lines.filter(({ quantity, paid }) => quantity > 0 || paid > 0n);
    const all = shipping.paid > 0n ? [...touched, shipping] : touched;
    const part = ({ paid, tax }: Share) => ({ amount: this.#money(paid), tax: this.#money(tax) });
    return {
      ...part({
        paid: all.reduce((sum, { paid }) => sum + paid, 0n),
        tax: all.reduce((sum, { tax }) => sum + tax, 0n),
      }),
      lines: touched.map(({ id, quantity, ...share }) => ({
        itemId: id,
        quantity,
        ...part(share),
      })),
      shipping: shipping.paid > 0n ? part(shipping) : null,
    };
  }

  #isInItsCurrency({ amount, tax }: RefundedPart): boolean {
    const { currency } = this.#state;
    return amount.currency === currency && tax.currency === currency;
  }

  #paid({ total, tax }: UnitAmounts): Share {
    return { paid: this.#state.prices === 'exclusive' ? total + tax : total, tax };
  }

  #magnitude(part: RefundedPart | null): UnitAmounts {
    const { prices, sign } = this.#state;
    const paid = (part?.amount.minorUnits ?? 0n) * sign;
    const tax = (part?.tax.minorUnits ?? 0n) * sign;
    return { total: prices === 'exclusive' ? paid - tax : paid, tax };
  }

  #money(magnitude: bigint): Money {
    return Money.of(magnitude * this.#state.sign, this.#state.currency).match(
      (money) => money,
      () => defect('A share of what was sold is larger than the whole can be.'),
    );
  }
}

type LineShare<ItemId extends string> = Share & { readonly id: ItemId; readonly quantity: number };

/** Spreads an amount over what the units leave of each line, and adds it to what is paid back for the units. */
function withAmount<ItemId extends string>(
  lines: readonly (LineShare<ItemId> & { readonly left: Share })[],
  amount: bigint,
): readonly LineShare<ItemId>[] {
  const weights = lines.map(({ id, left }) => ({ id, weight: left.paid }));
  const parts = allocate(amount, weights).match(
    (shares) => shares,
    () => defect('More is to be paid back than there is.'),
  );
  return lines.map(({ id, quantity, paid, tax, left }, index) => {
    const part = parts[index] ?? 0n;
    return { id, quantity, paid: paid + part, tax: tax + taxIn(part, left) };
  });
}

function minus(whole: UnitAmounts, part: UnitAmounts): UnitAmounts | null {
  const left = { total: whole.total - part.total, tax: whole.tax - part.tax };
  return part.total < 0n || part.tax < 0n || left.total < 0n || left.tax < 0n ? null : left;
}
