import { err, ok, type Result } from 'neverthrow';

/** Ids are UUIDs, made outside (version 7 for new rows) and handed in. */
type Id<Name extends string> = string & { readonly __brand: Name };

export type UserId = Id<'UserId'>;
export type SessionId = Id<'SessionId'>;
export type ApiKeyId = Id<'ApiKeyId'>;
export type SecondFactorId = Id<'SecondFactorId'>;
export type SavedAddressId = Id<'SavedAddressId'>;
export type CategoryId = Id<'CategoryId'>;
export type ProductId = Id<'ProductId'>;
export type VariantId = Id<'VariantId'>;
export type ImageId = Id<'ImageId'>;
export type ReviewId = Id<'ReviewId'>;
export type WishlistId = Id<'WishlistId'>;
export type WishlistItemId = Id<'WishlistItemId'>;
export type LocationId = Id<'LocationId'>;
export type CartId = Id<'CartId'>;
export type CartItemId = Id<'CartItemId'>;
export type OrderId = Id<'OrderId'>;
export type OrderItemId = Id<'OrderItemId'>;
export type PaymentId = Id<'PaymentId'>;
export type PaymentOperationId = Id<'PaymentOperationId'>;
export type PromotionId = Id<'PromotionId'>;
export type CouponId = Id<'CouponId'>;
export type FulfilmentId = Id<'FulfilmentId'>;
export type RefundId = Id<'RefundId'>;
export type ReturnId = Id<'ReturnId'>;
export type WebhookEndpointId = Id<'WebhookEndpointId'>;
export type WebhookDeliveryId = Id<'WebhookDeliveryId'>;

type AnyId =
  | UserId
  | SessionId
  | ApiKeyId
  | SecondFactorId
  | SavedAddressId
  | CategoryId
  | ProductId
  | VariantId
  | ImageId
  | ReviewId
  | WishlistId
  | WishlistItemId
  | CartId
  | CartItemId
  | OrderId
  | OrderItemId
  | PaymentId
  | PaymentOperationId
  | PromotionId
  | CouponId
  | FulfilmentId
  | RefundId
  | ReturnId
  | WebhookEndpointId
  | WebhookDeliveryId;

export type MalformedId = { readonly code: 'core.malformed_id' };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a UUID in the form of RFC 9562, in either case. */
export function isUuid(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

/** Reads a UUID of any version; the result is lower case, so that equal ids are equal strings. */
export function parseId<ParsedId extends AnyId>(text: string): Result<ParsedId, MalformedId> {
  return isUuid(text) ? ok(text.toLowerCase() as ParsedId) : err({ code: 'core.malformed_id' });
}
