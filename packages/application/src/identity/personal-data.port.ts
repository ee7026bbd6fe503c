import type { Instant, Json, UserId } from '@kastoma/domain/core';

/** Everything that is stored of a person: the rows of each table under a name that people understand. */
export type PersonalRecords = Readonly<Record<string, readonly Json[]>>;

export type ErasureRules = {
  /** Orders that were placed before it, and are not on their way any more, lose name and address, too. */
  readonly ordersPlacedBefore: Instant;
};

/** What all contexts keep of a person, for whom it is to be shown to and forgotten. */
export interface PersonalData {
  /** Without hashes of passwords and tokens: they say nothing, and whoever has the file should not try them. */
  collect(userId: UserId): Promise<PersonalRecords>;
  /**
   * Removes what belongs to nobody but the person, and takes the person out of what has to stay: the books
   * keep numbers, items and amounts. May be done again: then it forgets what was to be kept for a while.
   * The account itself is not touched.
   */
  forget(userId: UserId, rules: ErasureRules): Promise<void>;
  /** Guests' orders of an address that is proved to be the person's become those of the account, and go where it goes. */
  claimGuestOrders(userId: UserId, email: string): Promise<void>;
  /**
   * Takes guests out of orders that are over and were placed before then. They have no account to erase. Says of how many
   * orders; some may be left for the next time.
   */
  forgetGuests(placedBefore: Instant): Promise<number>;
  /** Accounts that were erased, of whom something is still there that may go now. */
  overdue(rules: ErasureRules): Promise<readonly UserId[]>;
}
