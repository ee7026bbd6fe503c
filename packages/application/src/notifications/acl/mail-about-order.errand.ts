import { err, ok, safeTry } from 'neverthrow';

import type { OrderId, UserId } from '@kastoma/domain/core';
import type { User, UserNotFound } from '@kastoma/domain/identity';
import type {
  OrderCancelled,
  OrderFulfilled,
  OrderNotFound,
  OrderPlaced,
  OrderRefunded,
} from '@kastoma/domain/ordering';

import type { CallContext } from '../../core/call-context.ts';
import { composeMail, type MailContent } from '../../core/mail-content.ts';
import type { Mailer } from '../../core/mailer.port.ts';
import { TOOK_TOO_LONG, type Errand, type NotHandled } from '../../core/subscriber.ts';
import type { UserReader } from '../../identity/user-repository.port.ts';
import type { OrderQueries } from '../../ordering/order-queries.port.ts';
import type { OrderView } from '../../ordering/order-view.ts';
import {
  orderCancelledMail,
  orderFulfilledMail,
  orderPlacedMail,
  orderRefundedMail,
  type OrderMailRecipient,
  type OrderMailSettings,
} from './order-mails.ts';

type MailedEvent = OrderPlaced | OrderFulfilled | OrderCancelled | OrderRefunded;

type Dependencies = {
  readonly orderQueries: Pick<OrderQueries, 'find'>;
  readonly users: Pick<UserReader, 'find'>;
  readonly mailer: Mailer;
  readonly orderMails: OrderMailSettings;
};

/** Tells whoever ordered by mail what has become of it. */
export class MailAboutOrder implements Errand<MailedEvent> {
  readonly consumer = 'notifications.mail_about_order';
  readonly #dependencies: Dependencies;

  constructor(dependencies: Dependencies) {
    this.#dependencies = dependencies;
  }

  readonly handle = (
    event: MailedEvent,
    _context: CallContext,
    eventId: string,
    signal: AbortSignal,
  ) => {
    const { orderQueries, mailer, orderMails: settings } = this.#dependencies;
    const recipientOf = (order: OrderView) => this.#recipientOf(order);
    return safeTry<null, NotHandled>(async function* () {
      const order = yield* orderQueries
        .find(event.payload.orderId as OrderId, null)
        .map((found): OrderView | null => found)
        .orElse((_gone: OrderNotFound) => ok(null));
      if (order === null) return ok(null);
      const recipient = await recipientOf(order);
      if (recipient === null) return ok(null);
      if (signal.aborted) return err(TOOK_TOO_LONG);
      const content = composeMail(contentOf(event, { order, recipient, settings }));
      await mailer.send({ id: `${eventId}.${nameOf(event)}`, to: recipient.address, ...content });
      return ok(null);
    });
  };

  /** Null where there is nobody to write to (any more). */
  async #recipientOf(order: OrderView): Promise<OrderMailRecipient | null> {
    const customerId = order.customerId as UserId | null;
    const account = customerId === null ? null : await this.#accountOf(customerId);
    const hasAccount = account !== null;
    const address = order.email ?? account?.state.email ?? null;
    if (address === null) return null;
    const isProved = account?.state.email === address && account.state.emailVerified;
    return { address, firstName: isProved ? account.state.firstName : null, hasAccount };
  }

  async #accountOf(customerId: UserId): Promise<User | null> {
    const found = await this.#dependencies.users
      .find(customerId)
      .map((user): User | null => (user.isActive ? user : null))
      .orElse((_gone: UserNotFound) => ok(null));
    return found.unwrapOr(null);
  }
}

/** Part of a mail's id. */
function nameOf({ type }: MailedEvent): string {
  return type.replace('ordering.', '').replaceAll('_', '-');
}

function contentOf(
  event: MailedEvent,
  written: Parameters<typeof orderPlacedMail>[0],
): MailContent {
  switch (event.type) {
    case 'ordering.order_placed':
      return orderPlacedMail(written);
    case 'ordering.order_fulfilled':
      return orderFulfilledMail(written, event.payload);
    case 'ordering.order_cancelled':
      return orderCancelledMail(written);
    case 'ordering.order_refunded':
      return orderRefundedMail(written, event.payload);
  }
}
