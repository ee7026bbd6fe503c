import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export type Violation = { readonly rule: string; readonly line: number; readonly message: string };

/** Matters of taste; what the runner does by itself; what adds nothing where a migration is one transaction. */
const NOT_OURS = [
  'prefer-bigint-over-int',
  'prefer-bigint-over-smallint',
  'prefer-identity',
  'prefer-robust-stmts',
  'prefer-text-field',
  'prefer-timestamptz',
  'require-lock-timeout',
  'require-statement-timeout',
];
const OLDEST_SERVER = '15';
const SQUAWK = resolve(import.meta.dirname, '../../node_modules/.bin/squawk');

type Reported = {
  readonly rule_name: string;
  readonly line: number;
  readonly message: string;
};

/** What squawk, which reads SQL as PostgreSQL does, has against a migration. */
export function squawk(sql: string, isTransaction: boolean): readonly Violation[] {
  const words = [
    '--reporter=json',
    `--pg-version=${OLDEST_SERVER}`,
    `--exclude=${NOT_OURS.join(',')}`,
    '--stdin-filepath=migration.sql',
    ...(isTransaction ? ['--assume-in-transaction'] : []),
  ];
  const { error, stdout, stderr } = spawnSync(SQUAWK, words, { input: sql, encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (stdout.trim() === '' && stderr.trim() !== '') throw new Error(stderr);
  const reported = stdout.trim() === '' ? [] : (JSON.parse(stdout) as readonly Reported[]);
  return reported.map(({ rule_name: rule, line, message }) => ({ rule, line: line + 1, message }));
}
