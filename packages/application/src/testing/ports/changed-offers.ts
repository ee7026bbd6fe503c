import type { Currency, ProductId, VariantId } from '@kastoma/domain/core';

import type { Offer, Offers } from '../../ordering/offers.port.ts';
import type { OrderingUnitOfWork } from '../../ordering/ordering.unit-of-work.ts';

export type OfferChange = (offer: Offer) => readonly Offer[];

/** What the shop offers after the merchant changed it: an offer becomes another one, or none. */
export class ChangedOffers implements Offers {
  readonly #offers: Offers;
  readonly #change: OfferChange;

  constructor(offers: Offers, change: OfferChange) {
    this.#offers = offers;
    this.#change = change;
  }

  async ofVariants(ids: readonly VariantId[], currency: Currency): Promise<readonly Offer[]> {
    return (await this.#offers.ofVariants(ids, currency)).flatMap(this.#change);
  }

  async ofProduct(id: ProductId, currency: Currency): Promise<readonly Offer[]> {
    return (await this.#offers.ofProduct(id, currency)).flatMap(this.#change);
  }
}

export function withChangedOffers(
  unitOfWork: OrderingUnitOfWork,
  change: OfferChange,
): OrderingUnitOfWork {
  return {
    run: (context, work) =>
      unitOfWork.run(context, (tx) =>
        work({ ...tx, offers: new ChangedOffers(tx.offers, change) }),
      ),
  };
}
