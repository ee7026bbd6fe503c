import type {
  TestGatewayAccount,
  TestGatewayAnswer,
  TestGatewayLedger,
  TestGatewayOutcome,
} from '@kastoma/application/payments';
import type { Instant } from '@kastoma/domain/core';

import type { Database, Queryable } from '../core/database.ts';

type AccountColumn = Omit<TestGatewayAccount, Amounts | 'undecided'> &
  Readonly<Record<Amounts, string>> & {
    readonly undecided: { readonly amount: string; readonly decidedAt: number } | null;
  };
type Amounts = 'authorized' | 'captured' | 'refunded';
type Row = { account: AccountColumn; answers: Record<string, TestGatewayAnswer> };

/** Commits by itself, as a system outside would. */
export class PostgresTestGatewayLedger implements TestGatewayLedger {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async once(
    reference: string,
    key: string,
    work: (account: TestGatewayAccount | null) => TestGatewayOutcome,
  ): Promise<TestGatewayOutcome & { readonly isRepeated: boolean }> {
    return this.#database.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${`test_gateway ${reference}`}, 0))`;
      const row = await this.#read(sql, reference);
      const known = row?.answers[key];
      if (row !== undefined && known !== undefined)
        return { account: toAccount(row.account), answer: known, isRepeated: true };
      const { account, answer } = work(row === undefined ? null : toAccount(row.account));
      const answers = { ...row?.answers, [key]: answer };
      await sql`
        insert into payments.test_gateway (reference, account, answers)
        values (${reference}, ${sql.json(toColumn(account))}, ${sql.json(answers)})
        on conflict (reference) do update set account = excluded.account, answers = excluded.answers
      `;
      return { account, answer, isRepeated: false };
    });
  }

  async find(reference: string): Promise<TestGatewayAccount | null> {
    const row = await this.#read(this.#database, reference);
    return row === undefined ? null : toAccount(row.account);
  }

  async #read(sql: Queryable, reference: string): Promise<Row | undefined> {
    const [row] = await sql<Row[]>`
      select account, answers from payments.test_gateway where reference = ${reference}
    `;
    return row;
  }
}

function toColumn({ authorized, captured, refunded, undecided, ...rest }: TestGatewayAccount) {
  return {
    ...rest,
    authorized: String(authorized),
    captured: String(captured),
    refunded: String(refunded),
    undecided: undecided === null ? null : { ...undecided, amount: String(undecided.amount) },
  };
}

function toAccount({
  authorized,
  captured,
  refunded,
  undecided,
  ...rest
}: AccountColumn): TestGatewayAccount {
  return {
    ...rest,
    authorized: BigInt(authorized),
    captured: BigInt(captured),
    refunded: BigInt(refunded),
    undecided:
      undecided === null
        ? null
        : { amount: BigInt(undecided.amount), decidedAt: undecided.decidedAt as Instant },
  };
}
