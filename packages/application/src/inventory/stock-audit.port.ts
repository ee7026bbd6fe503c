/** What always holds of the ledger. */
export const STOCK_INVARIANTS = [
  'on_hand_is_the_sum_of_its_deltas',
  'reserved_is_the_sum_of_its_deltas',
  'movements_follow_each_other',
  'reserved_is_what_reservations_hold',
  'reservation_is_the_sum_of_its_movements',
  'available_is_what_the_mode_allows',
] as const;
export type StockInvariant = (typeof STOCK_INVARIANTS)[number];

/** Something in the books that does not hold. */
export type StockDiscrepancy = {
  readonly invariant: StockInvariant;
  readonly variantId: string;
  readonly location: string;
  /** The movement or the reference that it stands at; null where it is the account itself. */
  readonly at: string | null;
  readonly expected: string;
  readonly found: string;
};

/** Proves the books, from the books alone. */
export interface StockAudit {
  /** None is what is hoped for; at most as many as are asked for. */
  discrepancies(limit: number): Promise<readonly StockDiscrepancy[]>;
}
