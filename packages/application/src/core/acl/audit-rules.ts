import { describeActor, type MoneyJson } from '@kastoma/domain/core';

import type { AuditEntry } from '../audit-entry.ts';
import type { CallContext } from '../call-context.ts';
import type { IdGenerator } from '../id-generator.port.ts';
import { change, changeByStaff, ofUser, type AuditRule, type Telling } from './audit-rule.ts';
import type { EventOf, EventType, ShopEvent } from './shop-event.ts';

const orderNumber = ({ payload }: Telling<{ readonly number: string }>) => ({
  number: payload.number,
});
const couponFacts = ({
  payload,
}: Telling<{ readonly promotionId: string; readonly active: boolean }>) => ({
  promotion_id: payload.promotionId,
  active: payload.active,
});
const ofVariant = ({ payload }: Telling<{ readonly variantId: string }>) => ({
  variant_id: payload.variantId,
});
const ofProduct = ({ payload }: Telling<{ readonly productId: string }>) => ({
  product_id: payload.productId,
});
const ofOrder = ({ payload }: Telling<{ readonly orderId: string }>) => ({
  order_id: payload.orderId,
});
const money = ({ amount, currency }: MoneyJson) => ({ amount, currency });
const ofSession = ({
  payload,
}: Telling<{ readonly sessionId: string; readonly userId: string }>) => ({
  session_id: payload.sessionId,
});
const scopesOf = ({ payload }: Telling<{ readonly scopes: readonly string[] }>) => ({
  scopes: payload.scopes,
});

/** What is audited. A type of event that is missing here does not compile; null says that it is of no interest. */
const RULES: { readonly [Type in EventType]: AuditRule<EventOf<Type>> | null } = {
  'catalog.category_attributes_defined': change('category'),
  'catalog.category_created': change('category'),
  'catalog.category_deleted': change('category'),
  'catalog.category_moved': change('category', ({ payload: { parentId, previousParentId } }) => ({
    from: previousParentId,
    to: parentId,
  })),
  'catalog.category_revised': change('category'),
  'catalog.import_finished': change(
    'import',
    ({ payload: { dryRun, created, updated, failedRows } }) => ({
      dry_run: dryRun,
      created,
      updated,
      failed_rows: failedRows,
    }),
  ),
  'catalog.import_started': change('import', ({ payload: { dryRun, rows } }) => ({
    dry_run: dryRun,
    rows,
  })),
  'catalog.price_changed': change('product', ({ payload: { variantIds } }) => ({
    variants: variantIds.length,
  })),
  'catalog.product_archived': change('product'),
  'catalog.product_changed': change('product', ({ payload: { fields } }) => ({ fields })),
  'catalog.product_deleted': change('product'),
  'catalog.product_published': change('product'),
  'catalog.product_unpublished': change('product'),
  'catalog.review_approved': change('review', ofProduct),
  'catalog.review_rejected': change('review', ofProduct),
  // What customers write is theirs.
  'catalog.review_revised': null,
  'catalog.review_submitted': null,
  'catalog.review_withdrawn': null,
  'catalog.variant_added': change('product', ofVariant),
  'catalog.variant_changed': change('product', ({ payload: { variantId, fields } }) => ({
    variant_id: variantId,
    fields,
  })),
  'catalog.variant_removed': change('product', ofVariant),
  'catalog.product_created': change('product', ({ payload: { status } }) => ({ status })),
  'identity.all_sessions_revoked': ofUser(),
  'identity.api_key_changed': change('api_key', ({ payload: { scopes, fields } }) => ({
    scopes,
    fields,
  })),
  'identity.api_key_created': change('api_key', scopesOf),
  'identity.api_key_revoked': change('api_key', scopesOf),
  'identity.email_verification_requested': null,
  'identity.email_verified': change('user'),
  'identity.groups_changed': change('user'),
  'identity.password_changed': change('user'),
  'identity.password_reset_requested': ofUser(),
  'identity.profile_changed': changeByStaff('user', ({ payload: { fields } }) => ({ fields })),
  'identity.recovery_code_used': {
    ...ofUser(({ payload: { left } }) => ({ left })),
    provesSubject: true,
  },
  'identity.recovery_codes_replaced': ofUser(),
  'identity.refresh_token_replayed': ofUser(ofSession),
  'identity.role_changed': change('user', ({ payload: { from, to } }) => ({ from, to })),
  'identity.second_factor_disabled': ofUser(),
  'identity.second_factor_enabled': ofUser(),
  'identity.second_factor_reset': ofUser(),
  'identity.session_opened': { ...ofUser(ofSession), provesSubject: true },
  'identity.session_revoked': ofUser(ofSession),
  'identity.sign_in_failed': ofUser(({ payload: { reason } }) =>
    reason === null ? {} : { reason },
  ),
  'identity.user_deactivated': change('user'),
  'identity.user_erased': change('user'),
  'identity.user_reactivated': change('user'),
  'identity.user_registered': change('user', ({ payload: { role } }) => ({ role })),
  'inventory.location_created': change('location'),
  'inventory.stock_changed': changeByStaff('variant', ({ payload }) => ({
    location_id: payload.locationId,
    tracking: payload.tracking,
    on_hand: payload.onHand,
    reserved: payload.reserved,
  })),
  'notifications.webhook_endpoint_changed': change(
    'webhook_endpoint',
    ({ payload: { active, fields } }) => ({ active, fields }),
  ),
  'notifications.webhook_endpoint_created': change(
    'webhook_endpoint',
    ({ payload: { eventTypes } }) => ({ event_types: eventTypes }),
  ),
  'notifications.webhook_endpoint_deleted': change('webhook_endpoint'),
  'notifications.webhook_endpoint_disabled': change(
    'webhook_endpoint',
    ({ payload: { reason } }) => ({ reason }),
  ),
  'notifications.webhook_secret_rotated': change('webhook_endpoint'),
  'ordering.order_cancelled': changeByStaff('order', orderNumber),
  'ordering.order_confirmed': changeByStaff('order', orderNumber),
  'ordering.order_delivered': changeByStaff('order', orderNumber),
  'ordering.order_fulfilled': changeByStaff('order', ({ payload }) => ({
    number: payload.number,
    fulfilment_id: payload.fulfilmentId,
    complete: payload.complete,
  })),
  // Guests ask for what is theirs.
  'ordering.order_lookup_requested': null,
  'ordering.order_placed': changeByStaff('order', orderNumber),
  'ordering.order_processing_started': changeByStaff('order', orderNumber),
  'ordering.order_refunded': changeByStaff('order', ({ payload }) => ({
    number: payload.number,
    refund_id: payload.refundId,
    ...money(payload.amount),
  })),
  'ordering.return_cancelled': changeByStaff('return', ofOrder),
  'ordering.return_exchanged': changeByStaff('return', ({ payload }) => ({
    order_id: payload.orderId,
    exchange_order_id: payload.exchangeOrderId,
  })),
  'ordering.return_received': changeByStaff('return', ({ payload }) => ({
    order_id: payload.orderId,
    refund_id: payload.refundId,
  })),
  'ordering.return_requested': changeByStaff('return', ofOrder),
  'payments.operation_requested': changeByStaff('payment', ({ payload }) => ({
    order_id: payload.orderId,
    operation: payload.operation,
    ...money(payload.amount),
  })),
  'payments.operation_settled_by_hand': change('payment', ({ payload }) => ({
    order_id: payload.orderId,
    operation: payload.operation,
    outcome: payload.outcome,
    ...money(payload.amount),
  })),
  // What has become of what was asked for.
  'payments.operation_declined': null,
  'payments.payment_abandoned': null,
  'payments.payment_authorized': null,
  'payments.payment_captured': null,
  'payments.payment_refunded': null,
  // A part of placing the order.
  'payments.payment_requested': null,
  'payments.payment_voided': null,
  'pricing.coupon_created': change('coupon', couponFacts),
  'pricing.coupon_deleted': change('coupon', ({ payload }) => ({
    promotion_id: payload.promotionId,
  })),
  'pricing.coupon_revised': change('coupon', couponFacts),
  'pricing.promotion_created': change('promotion'),
  'pricing.promotion_deleted': change('promotion'),
  'pricing.promotion_revised': change('promotion'),
};

/** Everything that stands in the audit trail. */
export const AUDITED_ACTIONS = (Object.keys(RULES) as EventType[]).filter(
  (type) => RULES[type] !== null,
);

/** The entries that these events leave in the audit trail when this call tells them. */
export function auditEntriesOf(
  events: readonly ShopEvent[],
  { actor, correlationId }: CallContext,
  ids: IdGenerator,
): readonly AuditEntry[] {
  return events.flatMap((event) => {
    const rule = RULES[event.type] as AuditRule<ShopEvent> | null;
    if (rule === null || !rule.audits(actor)) return [];
    const subject = rule.subjectOf(event);
    const isProved = rule.provesSubject === true && actor.kind === 'guest' && subject !== null;
    const { type: action, occurredAt } = event;
    return {
      id: ids.next(),
      occurredAt,
      actor: isProved ? `${subject.type}:${subject.id}` : describeActor(actor),
      action,
      subject,
      correlationId,
      detail: rule.detailOf(event),
    };
  });
}
