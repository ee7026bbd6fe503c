import type { Container } from 'inversify';

import { RandomJitter } from '@kastoma/adapters-in-process';
import { PostgresAuditQueries, PostgresOutboxDeliveries } from '@kastoma/adapters-postgres';
import { ListedCategory, ListedStock } from '@kastoma/application/catalog';
import {
  asErrand,
  ForgetToldEvents,
  inTransaction,
  RELAY_POLICY,
  RelayOutbox,
  type Subscriptions,
} from '@kastoma/application/core';
import { ConfirmPaidOrder } from '@kastoma/application/ordering';

import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

/** Who is told of what has happened, who brings it to them, and where it can be read later. */
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
    T.auditQueries,
    { database: T.database },
    (given) => new PostgresAuditQueries(given.database),
  );
  bind(
    container,
    T.relayOutbox,
    { deliveries, subscriptions, clock, jitter, pause: T.pause },
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
    {
      mailToken: T.mailToken,
      mailNotice: T.mailNotice,
      mailOrderToken: T.mailOrderToken,
      catalog: T.catalogUnitOfWork,
      ordering: T.orderingUnitOfWork,
      notifications: T.notificationsUnitOfWork,
      publishToWebhooks: T.publishToWebhooks,
      mailAboutOrder: T.mailAboutOrder,
      mailDisabledEndpoint: T.mailDisabledEndpoint,
      catalogueCache: T.catalogueCache,
      forgetCachedViews: T.forgetCachedViews,
      rebuildListing: T.rebuildListing,
    },
    (given) => {
      const mailToken = asErrand(given.mailToken);
      const mailNotice = asErrand(given.mailNotice);
      const listedCategory = asErrand(new ListedCategory(given));
      const listedStock = inTransaction(new ListedStock(), given.catalog);
      const confirmPaidOrder = inTransaction(new ConfirmPaidOrder(), given.ordering);
      const publish = inTransaction(given.publishToWebhooks, given.notifications);
      const mailAboutOrder = asErrand(given.mailAboutOrder);
      const mailDisabledEndpoint = asErrand(given.mailDisabledEndpoint);
      const forgets =
        given.catalogueCache.shared === null ? [] : [asErrand(given.forgetCachedViews)];
      const listeners: Subscriptions = {
        'catalog.category_attributes_defined': [],
        'catalog.category_created': forgets,
        'catalog.category_deleted': forgets,
        'catalog.category_moved': forgets,
        'catalog.category_revised': [listedCategory, ...forgets],
        'catalog.import_finished': forgets,
        'catalog.import_started': [],
        'catalog.price_changed': forgets,
        'catalog.product_archived': forgets,
        'catalog.product_changed': forgets,
        'catalog.product_created': [],
        'catalog.product_deleted': forgets,
        'catalog.product_published': forgets,
        'catalog.product_unpublished': forgets,
        'catalog.review_approved': forgets,
        'catalog.review_rejected': forgets,
        'catalog.review_revised': forgets,
        'catalog.review_submitted': [],
        'catalog.review_withdrawn': forgets,
        'catalog.variant_added': forgets,
        'catalog.variant_changed': forgets,
        'catalog.variant_removed': forgets,
        'identity.api_key_changed': [],
        'identity.api_key_created': [mailNotice],
        'identity.api_key_revoked': [],
        'identity.email_verification_requested': [mailToken],
        'identity.email_verified': [mailNotice],
        'identity.password_changed': [mailNotice],
        'identity.password_reset_requested': [mailToken],
        'identity.user_registered': [mailToken],
        'identity.recovery_code_used': [mailNotice],
        'identity.recovery_codes_replaced': [mailNotice],
        'identity.second_factor_reset': [mailNotice],
        'identity.second_factor_disabled': [mailNotice],
        'identity.second_factor_enabled': [mailNotice],
        'identity.groups_changed': [],
        'identity.profile_changed': [],
        'identity.refresh_token_replayed': [],
        'identity.session_opened': [],
        'identity.session_revoked': [],
        'identity.all_sessions_revoked': [],
        'identity.sign_in_failed': [],
        'identity.role_changed': [],
        'identity.user_deactivated': [],
        'identity.user_erased': [],
        'identity.user_reactivated': [],
        'inventory.location_created': [],
        'inventory.stock_changed': [listedStock, ...forgets],
        'notifications.webhook_endpoint_changed': [],
        'notifications.webhook_endpoint_created': [],
        'notifications.webhook_endpoint_deleted': [],
        'notifications.webhook_endpoint_disabled': [mailDisabledEndpoint],
        'notifications.webhook_secret_rotated': [],
        'ordering.order_cancelled': [mailAboutOrder, publish],
        'ordering.order_confirmed': [publish],
        'ordering.order_delivered': [publish],
        'ordering.order_fulfilled': [mailAboutOrder, publish],
        'ordering.order_lookup_requested': [asErrand(given.mailOrderToken)],
        'ordering.order_placed': [mailAboutOrder, publish],
        'ordering.order_processing_started': [publish],
        'ordering.order_refunded': [mailAboutOrder, publish],
        'ordering.return_cancelled': [],
        'ordering.return_exchanged': [],
        'ordering.return_received': [],
        'ordering.return_requested': [],
        'payments.operation_declined': [publish],
        'payments.operation_requested': [],
        'payments.operation_settled_by_hand': [],
        'payments.payment_abandoned': [],
        'payments.payment_authorized': [confirmPaidOrder, publish],
        'payments.payment_captured': [publish],
        'payments.payment_refunded': [publish],
        'payments.payment_requested': [],
        'payments.payment_voided': [publish],
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
