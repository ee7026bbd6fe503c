import type { Country, Currency } from '@kastoma/domain/core';

/** What the whole shop agrees on. */
export type StoreSettings = {
  /** Prices are written in it, and new carts are opened in it. */
  readonly currency: Currency;
  /** A cart is taken to go there as long as nobody knows where it goes. */
  readonly country: Country;
  /** Where the shop's own media are served from, without a slash at its end; left out, by the shop itself. */
  readonly mediaUrl?: string | undefined;
};
