import type { Container } from 'inversify';

import { RandomJitter } from '@kastoma/adapters-in-process';
import { PostgresOutboxDeliveries } from '@kastoma/adapters-postgres';
import {
  asErrand,
  ForgetToldEvents,
  RELAY_POLICY,
  RelayOutbox,
  type Subscriptions,
} from '@kastoma/application/core';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Who is told of what has happened, and who brings it to them. */
export function bindOutbox(container: Container): void {
  const { clock, jitter, subscriptions, outboxDeliveries: deliveries } = T;
  bind(container, jitter, {}, () => new RandomJitter());
  bind(
    container,
    deliveries,
    { database: T.database },
    (given) => new PostgresOutboxDeliveries(given.database),
  );
  bind(
    container,
    T.relayOutbox,
    { deliveries, subscriptions, clock, jitter },
    (given) => new RelayOutbox({ ...given, policy: RELAY_POLICY }),
  );
  bind(
    container,
    T.forgetToldEvents,
    { deliveries, clock },
    (given) => new ForgetToldEvents(given),
  );
  bindSubscriptions(container);
}

function bindSubscriptions(container: Container): void {
  bind(
    container,
    T.subscriptions,
    { mailToken: T.mailToken, mailNotice: T.mailNotice },
    (given) => {
      const mailToken = asErrand(given.mailToken);
      const mailNotice = asErrand(given.mailNotice);
      const listeners: Subscriptions = {
        'catalog.category_created': [],
        'catalog.product_created': [],
        'identity.email_verification_requested': [mailToken],
        'identity.email_verified': [mailNotice],
        'identity.password_changed': [mailNotice],
        'identity.password_reset_requested': [mailToken],
        'identity.user_registered': [mailToken],
        'identity.groups_changed': [],
        'identity.profile_changed': [],
        'identity.refresh_token_replayed': [],
        'identity.role_changed': [],
        'identity.user_deactivated': [],
        'identity.user_erased': [],
        'identity.user_reactivated': [],
        'ordering.order_cancelled': [],
        'ordering.order_confirmed': [],
        'ordering.order_delivered': [],
        'ordering.order_fulfilled': [],
        'ordering.order_placed': [],
        'ordering.order_processing_started': [],
        'ordering.order_refunded': [],
        'payments.payment_requested': [],
        'pricing.coupon_created': [],
        'pricing.coupon_deleted': [],
        'pricing.coupon_revised': [],
        'pricing.promotion_created': [],
        'pricing.promotion_deleted': [],
        'pricing.promotion_revised': [],
      };
      return listeners;
    },
  );
}
