import type { Instant } from '@kastoma/domain/core';

/** How the money of a payment stands with the gateway for tests; amounts are minor units. */
export type TestGatewayAccount = {
  readonly currency: string;
  readonly authorized: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly isReleased: boolean;
  /** What the token said about all that follows. */
  readonly behaviour: string;
  /** A promise that is decided later. */
  readonly undecided: { readonly amount: bigint; readonly decidedAt: Instant } | null;
};

export type TestGatewayAnswer =
  | { readonly name: 'succeeded' | 'under_way' }
  | { readonly name: 'declined'; readonly reason: string };

export type TestGatewayOutcome = {
  readonly account: TestGatewayAccount;
  readonly answer: TestGatewayAnswer;
};

/**
 * What the gateway for tests remembers. It stands for a system outside: what was done is done, whatever becomes of
 * whoever asked for it, and it is the same for all processes of a shop.
 */
export interface TestGatewayLedger {
  /** Does the work under a key once, one at a time for a reference; whoever asks again hears the first answer. */
  once(
    reference: string,
    key: string,
    work: (account: TestGatewayAccount | null) => TestGatewayOutcome,
  ): Promise<TestGatewayOutcome & { readonly isRepeated: boolean }>;
  find(reference: string): Promise<TestGatewayAccount | null>;
}
