import { setTimeout as pause } from 'node:timers/promises';

import { auditBooks, type Database } from '@kastoma/adapters-postgres';

import { ApiProcess } from '../api-process.ts';
import { Client, type SignedIn } from '../client.ts';
import { readContract, type Contract } from '../contract.ts';

const ADMIN = { email: 'admin@shop.example', password: 'a kettle and two cups' };
const PASSWORD = 'a long walk by the sea';
const SETTLED_WITHIN_MILLISECONDS = 60_000;
const LOOK_AGAIN_MILLISECONDS = 100;

export type DrillPlace = {
  readonly databaseUrl: string;
  readonly database: Database;
  /** Of all processes, so that a token of one is good for all. */
  readonly dataFolder: string;
  readonly variables?: Readonly<Record<string, string>>;
};

/** A shop whose processes come and go on one database. */
export class DrilledShop {
  readonly database: Database;
  readonly variables: Readonly<Record<string, string>>;
  readonly #processes = new Set<ApiProcess>();
  readonly #contract: Contract;
  readonly #admin: SignedIn;
  #people = 0;

  private constructor(
    place: DrillPlace,
    variables: Readonly<Record<string, string>>,
    opened: { readonly first: ApiProcess; readonly contract: Contract; readonly admin: SignedIn },
  ) {
    this.database = place.database;
    this.variables = variables;
    this.#processes.add(opened.first);
    this.#contract = opened.contract;
    this.#admin = opened.admin;
  }

  /** Its first process runs. */
  static async open(place: DrillPlace): Promise<DrilledShop> {
    const variables = {
      KASTOMA_ENV: 'test',
      KASTOMA_DATA_DIR: place.dataFolder,
      KASTOMA_RATE_LIMITS: 'off',
      KASTOMA_ADMIN_EMAIL: ADMIN.email,
      KASTOMA_ADMIN_PASSWORD: ADMIN.password,
      DATABASE_URL: place.databaseUrl,
      ...place.variables,
    };
    const first = new ApiProcess(variables);
    try {
      const url = await first.opened();
      const contract = await readContract(url);
      const { data } = await new Client(url, contract).post<SignedIn>('/auth/login/', ADMIN);
      return new DrilledShop(place, variables, { first, contract, admin: data });
    } catch (error) {
      await first.remove();
      throw error;
    }
  }

  /** The API, as `npm start` runs it. */
  async start(): Promise<string> {
    const process = new ApiProcess(this.variables);
    this.#processes.add(process);
    return process.opened();
  }

  async urls(): Promise<readonly string[]> {
    return Promise.all([...this.#processes].map((process) => process.opened()));
  }

  /** Ends all processes at once, without a farewell. */
  async killAll(): Promise<void> {
    await Promise.all([...this.#processes].map((process) => process.remove()));
    this.#processes.clear();
  }

  guest(url: string): Client {
    return new Client(url, this.#contract);
  }

  staff(url: string): Client {
    return this.guest(url).as(this.#admin);
  }

  /** Somebody who has an account. */
  async signUp(url: string): Promise<SignedIn> {
    this.#people += 1;
    const name = `shopper-${this.#people}`;
    const account = { email: `${name}@people.example`, password: PASSWORD };
    const person = { ...account, first_name: name, last_name: 'Shopper' };
    return (await this.guest(url).post<SignedIn>('/auth/register/', person).expect(201)).data;
  }

  /** As if minutes had passed: what is leased or put off is due. */
  async letTimePass(): Promise<void> {
    await this.database`
      update payments.operations
      set claimed_until = least(claimed_until, now()), next_attempt_at = least(next_attempt_at, now())
      where outcome = 'open'
    `;
    await this.database`
      update payments.payments set give_back_at = least(give_back_at, now())
      where give_back_at is not null
    `;
    await this.database`
      update core.deliveries set due_at = least(due_at, now())
      where handled_at is null and quarantined_at is null
    `;
  }

  /** Lets time pass until nothing is left to be done; says what still is. */
  async settle(): Promise<readonly string[]> {
    const deadline = Date.now() + SETTLED_WITHIN_MILLISECONDS;
    for (;;) {
      const open = await this.#unfinished();
      if (open.length === 0 || Date.now() > deadline) return open;
      await this.letTimePass();
      await pause(LOOK_AGAIN_MILLISECONDS);
    }
  }

  /** Every line of the books that is off. */
  async complaints(): Promise<readonly string[]> {
    const { off } = await auditBooks(this.database, 20);
    return off.map((line) =>
      [line.invariant, line.subject, `expected ${line.expected}`, `found ${line.found}`].join('; '),
    );
  }

  async #unfinished(): Promise<readonly string[]> {
    const rows = await this.database<{ what: string }[]>`
      select 'an event nobody was told of' as what from core.outbox where shared_out_at is null
      union all
      select 'a delivery to ' || consumer from core.deliveries
      where handled_at is null and quarantined_at is null
      union all
      select 'an operation: ' || kind from payments.operations where outcome = 'open'
      union all
      select 'money to give back' from payments.payments where give_back_at is not null
    `;
    return rows.map(({ what }) => what);
  }
}
