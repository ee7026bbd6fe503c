import { describe, expect, it } from 'vitest';

import { judge } from './migration-rules/judge.ts';

/** Makes the tables that migrations before it are taken to have made. */
const REFUSED: readonly (readonly [rule: string, sql: string])[] = [
  ['require-concurrent-index-creation', 'create index by_email on ordering.orders (email);'],
  ['require-concurrent-index-deletion', 'drop index ordering.by_email;'],
  ['changing-column-type', 'alter table ordering.orders alter column number type bigint;'],
  [
    'adding-field-with-default',
    'alter table ordering.orders add column id2 uuid default gen_random_uuid();',
  ],
  ['adding-required-field', 'alter table ordering.orders add column note text not null;'],
  ['adding-not-nullable-field', 'alter table ordering.orders alter column note set not null;'],
  [
    'constraint-missing-not-valid',
    'alter table ordering.orders add constraint paid check (total > 0);',
  ],
  [
    'adding-foreign-key-constraint',
    'alter table ordering.orders add constraint whose foreign key (buyer) references identity.users (id);',
  ],
  [
    'disallowed-unique-constraint',
    'alter table ordering.orders add constraint once unique (number);',
  ],
  ['ban-drop-column', 'alter table ordering.orders drop column note;'],
  ['ban-drop-table', 'drop table ordering.orders;'],
  ['renaming-column', 'alter table ordering.orders rename column note to notes;'],
  ['renaming-table', 'alter table ordering.orders rename to sales;'],
  ['long-data-change', "update ordering.orders set note = '';"],
  ['long-data-change', 'with old as (select 1)\ndelete from ordering.orders;'],
  ['lock-table', 'lock table ordering.orders;'],
  ['lock-table', 'truncate ordering.orders;'],
  ['transaction-nesting', 'begin;\nselect 1;\ncommit;'],
];

const TAKEN: readonly (readonly [what: string, name: string, sql: string])[] = [
  [
    'a new table with its indexes',
    '0051_gifts.sql',
    'create table ordering.gifts (id uuid primary key, note text not null);\ncreate index gifts_note on ordering.gifts (note);',
  ],
  [
    'a column that may be empty',
    '0051_note.sql',
    'alter table ordering.orders add column note text;',
  ],
  [
    'a column with a constant default',
    '0051_note.sql',
    "alter table ordering.orders add column note text not null default '';",
  ],
  [
    'an index made beside the writers',
    '0051_email.sql',
    '-- For lookups.\ncreate index concurrently if not exists by_email on ordering.orders (email);',
  ],
  [
    'a rule that old rows need not keep yet',
    '0051_paid.sql',
    'alter table ordering.orders add constraint paid check (total > 0) not valid;',
  ],
  [
    'the rule made true for all rows',
    '0052_paid.sql',
    'alter table ordering.orders validate constraint paid;',
  ],
  [
    'what the version before no longer uses',
    '0053_contract_note.sql',
    'alter table ordering.orders drop column note;',
  ],
  [
    'a function whose body changes rows',
    '0051_f.sql',
    'create function ordering.f() returns void language sql as $$\nselect 1;\nupdate ordering.orders set total = 1;\n$$;',
  ],
];

describe('a migration of an open shop', () => {
  it.each(REFUSED)('is refused: %s', (rule, sql) => {
    expect(judge('0051_change.sql', sql).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(TAKEN)('may be %s', (_what, name, sql) => {
    expect(judge(name, sql)).toEqual([]);
  });

  it('is taken with a reason that stands above the very statement', () => {
    const index = 'create index by_email on core.settings (name);';
    const reason = '-- allowed require-concurrent-index-creation: a few dozen rows in every shop';
    expect(judge('0051_change.sql', `select 1;\n${reason}\n${index}\n`)).toEqual([]);
    const elsewhere = judge('0051_change.sql', `${reason}\nselect 1;\n${index}\n`);
    expect(elsewhere.map(({ rule, line }) => [rule, line])).toEqual([
      ['require-concurrent-index-creation', 3],
    ]);
    const unexplained = `-- allowed require-concurrent-index-creation: small\n${index}`;
    expect(judge('0051_change.sql', unexplained).map(({ rule }) => rule)).toEqual([
      'allowed-without-reason',
    ]);
  });

  it('says contract in its name only where it takes something away', () => {
    const added = judge('0051_contract_note.sql', 'alter table core.x add column note text;');
    expect(added.map(({ rule }) => rule)).toEqual(['contract-in-name']);
  });
});
