import type { Currency } from '@kastoma/domain/core';

/** What the whole shop agrees on. */
export type StoreSettings = {
  /** Prices are written in it, and new carts are opened in it. */
  readonly currency: Currency;
};
