import type postgres from 'postgres';

import type { Queryable } from './database.ts';

/** A write found that somebody else had been faster: the work is done anew. Private to the unit of work. */
export class Overtaken extends Error {
  constructor(write: string) {
    super(`overtaken: ${write}`);
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Goes into a larger statement; `rows`, where they are told, is how many it must give back. */
export type LastWrite = {
  readonly sql: postgres.Fragment;
  readonly rows?: number;
};

/**
 * What a piece of work writes and does not look at again: all of it goes in one statement when the work ends, together
 * with the answer that is kept. Whoever looks at what may be among it sends it first.
 */
export class LastWrites {
  readonly #sql: Queryable;
  readonly #writes = new Map<string, LastWrite>();
  readonly #inserted = new Map<string, Row[]>();

  constructor(sql: Queryable) {
    this.#sql = sql;
  }

  /** Parts of one statement, which may name each other; what went by the same name before is sent. */
  async add(writes: Readonly<Record<string, LastWrite>>): Promise<void> {
    await this.sendBefore(...Object.keys(writes));
    for (const [name, write] of Object.entries(writes)) this.#writes.set(name, write);
  }

  /** Rows of a table, all with the same columns. */
  insert(table: string, rows: readonly Row[]): void {
    if (rows.length === 0) return;
    const written = rows.map(asJson);
    const known = this.#inserted.get(table);
    if (known === undefined) this.#inserted.set(table, written);
    else known.push(...written);
  }

  /** For whoever looks at a table, or at what parts of these names write: sends what there is if that is among it. */
  async sendBefore(...names: readonly string[]): Promise<void> {
    if (names.some((name) => this.#writes.has(name) || this.#inserted.has(name))) await this.send();
  }

  /** Sends what there is, if there is anything. */
  async send(): Promise<void> {
    for (const [table, rows] of this.#inserted)
      this.#writes.set(nameOf(table), { sql: this.#insertion(table, rows) });
    const writes = [...this.#writes];
    this.#inserted.clear();
    this.#writes.clear();
    if (writes.length === 0) return;
    const sql = this.#sql;
    const parts = writes.map(([name, write]) => sql`${sql(name)} as (${write.sql})`);
    const [counted] = await sql<Record<string, number>[]>`
      with ${this.#listed(parts)} select ${this.#listed([sql`1 as sent`, ...this.#counts(writes)])}
    `;
    for (const [name, { rows }] of writes)
      if (rows !== undefined && counted?.[name] !== rows) throw new Overtaken(name);
  }

  /** The statement is the same however many rows there are, so that it is parsed once. */
  #insertion(table: string, rows: readonly Row[]): postgres.Fragment {
    const sql = this.#sql;
    const columns = sql(Object.keys(rows[0] ?? {}));
    return sql`
      insert into ${sql(table)} (${columns})
      select ${columns}
      from jsonb_populate_recordset(null::${sql(table)}, ${sql.json(rows as never)})
    `;
  }

  #counts(writes: readonly (readonly [string, LastWrite])[]): readonly postgres.Fragment[] {
    const sql = this.#sql;
    return writes.flatMap(([name, { rows }]) =>
      rows === undefined ? [] : [sql`(select count(*)::integer from ${sql(name)}) as ${sql(name)}`],
    );
  }

  #listed(parts: readonly postgres.Fragment[]): postgres.Fragment[] {
    return parts.map((part, index) => (index === 0 ? part : this.#sql`, ${part}`));
  }
}

function asJson(row: Row): Row {
  const values = Object.entries(row).map(([column, value]) => [
    column,
    typeof value === 'bigint' ? value.toString() : value,
  ]);
  return Object.fromEntries(values) as Row;
}

function nameOf(table: string): string {
  return `added_to_${table.replace('.', '_')}`;
}
