import { RECOVERY_CODES, type RecoveryCode, type TokenHash } from '@kastoma/domain/identity';

import type { SecondFactorSecrets } from './second-factor-secrets.port.ts';
import type { TokenSecrets } from './token-secrets.port.ts';

/** A new set: as its owner sees it once, and as it is kept. */
export function newRecoveryCodes({
  secondFactorSecrets,
  tokenSecrets,
}: {
  readonly secondFactorSecrets: SecondFactorSecrets;
  readonly tokenSecrets: TokenSecrets;
}): { readonly codes: readonly RecoveryCode[]; readonly hashes: readonly TokenHash[] } {
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    secondFactorSecrets.nextRecoveryCode(),
  );
  return { codes, hashes: codes.map((code) => tokenSecrets.hash(code)) };
}
