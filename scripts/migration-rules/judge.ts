import { squawk, type Violation } from './squawk.ts';

/** They take away what the version before still uses, so they stand in a migration that says so in its name. */
const TAKES_AWAY = new Set([
  'ban-drop-column',
  'ban-drop-table',
  'ban-drop-schema',
  'renaming-column',
  'renaming-table',
]);
/** What squawk does not judge: work on all rows inside one transaction. */
const ON_ALL_ROWS: readonly { readonly rule: string; readonly pattern: RegExp }[] = [
  { rule: 'long-data-change', pattern: /^(?:with\b[^;]*\b)?(?:update|delete\s+from)\s/i },
  { rule: 'lock-table', pattern: /^(?:lock|truncate|cluster|vacuum\s+full)\b/i },
];
const ADVICE: Readonly<Record<string, string>> = {
  'long-data-change':
    'It holds every row that it changes until the end: change them in batches, by the worker or a command.',
  'lock-table': 'Nobody else gets at the table meanwhile.',
  'allowed-without-reason': 'Say behind the rule why it does no harm, in a few words at least.',
  'contract-in-name': 'It takes nothing away: leave `contract` out of its name.',
};
const CONTRACTION = /^\d+_contract_/;
const CONCURRENT = /^(?:create\s+(?:unique\s+)?index|drop\s+index|reindex\s+\w+)\s+concurrently\b/i;
const ALLOWED = /^\s*-- allowed ([\w-]+):(.*)$/;
const SHORTEST_REASON = 15;

type Statement = { readonly line: number; readonly text: string };

/** What is wrong with a migration for a shop that stays open and a version before it that still runs. */
export function judge(name: string, sql: string): readonly Violation[] {
  const statements = statementsOf(sql);
  const isTransaction = !statements.some(({ text }) => CONCURRENT.test(text));
  const isContraction = CONTRACTION.test(name);
  const found = [...squawk(sql, isTransaction), ...onAllRows(statements)];
  const takesAway = found.some(({ rule }) => TAKES_AWAY.has(rule));
  const allowances = allowancesOf(sql);
  return [
    ...found.filter(
      (violation) =>
        !(isContraction && TAKES_AWAY.has(violation.rule)) &&
        !isAllowed(violation, statements, allowances),
    ),
    ...allowances.filter(({ reason }) => reason.length < SHORTEST_REASON).map(withoutReason),
    ...(isContraction && !takesAway ? [violationOf('contract-in-name', 1)] : []),
  ];
}

function onAllRows(statements: readonly Statement[]): readonly Violation[] {
  return statements.flatMap(({ line, text }) =>
    ON_ALL_ROWS.filter(({ pattern }) => pattern.test(text)).map(({ rule }) =>
      violationOf(rule, line),
    ),
  );
}

function violationOf(rule: string, line: number): Violation {
  return { rule, line, message: ADVICE[rule] ?? rule };
}

type Allowance = { readonly rule: string; readonly reason: string; readonly line: number };

/** `-- allowed require-concurrent-index-creation: a table of settings, some dozen rows` above a statement. */
function allowancesOf(sql: string): readonly Allowance[] {
  return sql.split('\n').flatMap((text, index) => {
    const [, rule, reason] = ALLOWED.exec(text) ?? [];
    return rule === undefined ? [] : [{ rule, reason: (reason ?? '').trim(), line: index + 1 }];
  });
}

function withoutReason({ line }: Allowance): Violation {
  return violationOf('allowed-without-reason', line);
}

function isAllowed(
  { rule, line }: Violation,
  statements: readonly Statement[],
  allowances: readonly Allowance[],
): boolean {
  const own = statements.findLast((statement) => statement.line <= line);
  const before = statements.findLast((statement) => own !== undefined && statement.line < own.line);
  const endBefore = before === undefined ? 0 : before.line + before.text.split('\n').length - 1;
  return allowances.some(
    (allowance) => allowance.rule === rule && allowance.line > endBefore && allowance.line <= line,
  );
}

/** Where each begins, without the comments above it. Bodies of functions are parts of theirs. */
function statementsOf(sql: string): readonly Statement[] {
  const plain = sql
    .replaceAll(/--[^\n]*/g, (comment) => ' '.repeat(comment.length))
    .replaceAll(/\$(\w*)\$[^]*?\$\1\$/g, (body) => body.replaceAll(';', ','));
  let line = 1;
  return plain.split(';').flatMap((part) => {
    const lead = /^\s*/.exec(part)?.[0] ?? '';
    const startsAt = line + lead.split('\n').length - 1;
    line += part.split('\n').length - 1;
    const text = part.trim();
    return text === '' ? [] : [{ line: startsAt, text }];
  });
}
