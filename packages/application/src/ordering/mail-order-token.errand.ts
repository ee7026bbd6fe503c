import { err, ok, safeTry } from 'neverthrow';

import type { Instant, OrderId } from '@kastoma/domain/core';
import type { OrderLookupRequested, OrderNotFound } from '@kastoma/domain/ordering';

import type { CallContext } from '../core/call-context.ts';
import type { Clock } from '../core/clock.port.ts';
import { composeMail, type MailContent } from '../core/mail-content.ts';
import type { Mailer } from '../core/mailer.port.ts';
import { TOOK_TOO_LONG, type Errand } from '../core/subscriber.ts';
import { ORDER_TOKEN_LIFE_MILLISECONDS, type GuestTokens } from './guest-tokens.port.ts';
import type { OrderQueries } from './order-queries.port.ts';
import type { OrderView } from './order-view.ts';

type Dependencies = {
  readonly orderQueries: Pick<OrderQueries, 'find'>;
  readonly guestTokens: Pick<GuestTokens, 'ofOrder'>;
  readonly mailer: Mailer;
  readonly clock: Clock;
  /** Where people meet the shop, without a slash at its end; links lead to pages below it. */
  readonly publicUrl: string;
};

/** Mails a guest a new token for an order, to the address that the order has. It stands nowhere but in the mail. */
export class MailOrderToken implements Errand<OrderLookupRequested> {
  readonly consumer = 'ordering.mail_order_token';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    { payload }: OrderLookupRequested,
    _context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => {
    const { orderQueries, guestTokens, mailer, clock, publicUrl } = this.#dependencies;
    const orderId = payload.orderId as OrderId | null;
    return safeTry(async function* () {
      if (orderId === null) return ok(null);
      const order = yield* orderQueries
        .find(orderId, null)
        .map((found): OrderView | null => found)
        .orElse((_gone: OrderNotFound) => ok(null));
      const to = order?.customerId === null ? order.email : null;
      if (order === null || to === null) return ok(null);
      if (signal.aborted) return err(TOOK_TOO_LONG);
      const expiresAt = (clock.now() + ORDER_TOKEN_LIFE_MILLISECONDS) as Instant;
      const token = guestTokens.ofOrder(orderId, expiresAt);
      const content = orderTokenMail(order.number, token, publicUrl);
      await mailer.send({ id: `${eventId}.order-token`, to, ...composeMail(content) });
      return ok(null);
    });
  };
}

/** Behind a `#` the token stays in the browser: no server on the way writes it into a log. */
function orderTokenMail(number: string, token: string, publicUrl: string): MailContent {
  return {
    subject: `The link to your order ${number}`,
    paragraphs: [
      'Hello,',
      `somebody, hopefully you, asked for the order ${number} that was placed with this e-mail address. Look at it here:`,
      { label: 'To the order', url: `${publicUrl}/order#token=${token}` },
      'The link is good for 90 days. Whoever has it can see the order, pay for it and cancel it: keep it to yourself.',
      'If it was not you, there is nothing to do.',
    ],
  };
}
