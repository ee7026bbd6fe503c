import { formatInstant, type Instant } from '../../core/instant.value.ts';
import { Money } from '../../core/money.value.ts';
import { Rate } from '../../core/rate.value.ts';

const LONGEST_LINE = 100;
const INSTANTS: ReadonlySet<string> = new Set(['at', 'startsAt', 'endsAt']);

/** A cart as people read it: `19.99 USD`, `8.875 %`, instants in UTC; what was left out is not there. */
export function readable(value: unknown, indent = ''): string {
  const simple = readableSimple(value);
  if (simple !== null) return simple;
  const entries = entriesOf(value as object);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  const deeper = `${indent}  `;
  const parts = entries.map(([name, part]) => `${name}${named(name, part, deeper)}`);
  const line = `${open} ${parts.join(', ')} ${close}`;
  return line.length + indent.length <= LONGEST_LINE && !line.includes('\n')
    ? line
    : `${open}\n${parts.map((part) => `${deeper}${part},\n`).join('')}${indent}${close}`;
}

function readableSimple(value: unknown): string | null {
  if (value instanceof Money) return `${value.toDecimal()} ${value.currency}`;
  if (value instanceof Rate) return `${value.toPercentage()} %`;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function') return 'a function';
  if (value === undefined) return 'undefined';
  return typeof value === 'object' && value !== null ? null : JSON.stringify(value);
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown) => ['', item]);
  return Object.entries(value)
    .filter(([, part]) => part !== undefined && !isEmpty(part))
    .map(([name, part]: [string, unknown]) => [`${name}: `, part]);
}

function isEmpty(part: unknown): boolean {
  return (
    typeof part === 'object' &&
    part !== null &&
    !(part instanceof Money) &&
    Object.keys(part).length === 0
  );
}

function named(name: string, part: unknown, indent: string): string {
  return INSTANTS.has(name.slice(0, -2)) && typeof part === 'number'
    ? formatInstant(part as Instant)
    : readable(part, indent);
}
