import type { DomainEvent } from '../core/domain-event.ts';

/** Of most of these only whose it was is told. */
type OfOwner<Type extends string> = DomainEvent<Type, { readonly userId: string }>;

/** From then on the password alone signs nobody in. */
export type SecondFactorEnabled = OfOwner<'identity.second_factor_enabled'>;
/** By its owner, with password and code. */
export type SecondFactorDisabled = OfOwner<'identity.second_factor_disabled'>;
/** By an administrator, for somebody who has lost both the device and the recovery codes. */
export type SecondFactorReset = OfOwner<'identity.second_factor_reset'>;
export type RecoveryCodesReplaced = OfOwner<'identity.recovery_codes_replaced'>;
export type RecoveryCodeUsed = DomainEvent<
  'identity.recovery_code_used',
  { readonly userId: string; readonly left: number }
>;

export type SecondFactorEvent =
  | SecondFactorEnabled
  | SecondFactorDisabled
  | SecondFactorReset
  | RecoveryCodesReplaced
  | RecoveryCodeUsed;
