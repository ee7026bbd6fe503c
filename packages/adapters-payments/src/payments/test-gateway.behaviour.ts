/** What the gateway for tests does, by the token that is paid with; ADR 26 and the documentation list them. */
export const TEST_TOKENS = [
  'tok_success',
  'tok_declined',
  'tok_insufficient_funds',
  /** Decided two seconds later. */
  'tok_delayed',
  'tok_delayed_declined',
  /** Promised, and the answer is lost. */
  'tok_lost',
  /** Never arrives the first time. */
  'tok_unreachable',
  'tok_capture_declined',
  'tok_capture_lost',
  'tok_void_lost',
  'tok_refund_declined',
  'tok_refund_lost',
] as const;

export type TestToken = (typeof TEST_TOKENS)[number];

/** Without a token some amounts say what is to happen, in minor units. */
const BY_AMOUNT: ReadonlyMap<bigint, TestToken> = new Map([
  [400_001n, 'tok_declined'],
  [400_002n, 'tok_delayed'],
  [400_003n, 'tok_lost'],
]);

/** Null for a token that nobody has. */
export function behaviourOf(token: string | null, minorUnits: bigint): TestToken | null {
  if (token === null) return BY_AMOUNT.get(minorUnits) ?? 'tok_success';
  return TEST_TOKENS.find((known) => known === token) ?? null;
}
