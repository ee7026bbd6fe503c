import type {
  TestGatewayAccount,
  TestGatewayAnswer,
  TestGatewayLedger,
  TestGatewayOutcome,
} from '@kastoma/application/payments';

/** What the gateway for tests remembers, for as long as a test lasts. */
export class RememberedLedger implements TestGatewayLedger {
  readonly #accounts = new Map<string, TestGatewayAccount>();
  readonly #answers = new Map<string, TestGatewayAnswer>();

  async once(
    reference: string,
    key: string,
    work: (account: TestGatewayAccount | null) => TestGatewayOutcome,
  ): Promise<TestGatewayOutcome & { readonly isRepeated: boolean }> {
    const account = this.#accounts.get(reference);
    const known = this.#answers.get(key);
    if (account !== undefined && known !== undefined)
      return { account, answer: known, isRepeated: true };
    const done = work(account ?? null);
    this.#accounts.set(reference, done.account);
    this.#answers.set(key, done.answer);
    return { ...done, isRepeated: false };
  }

  async find(reference: string): Promise<TestGatewayAccount | null> {
    return this.#accounts.get(reference) ?? null;
  }
}
