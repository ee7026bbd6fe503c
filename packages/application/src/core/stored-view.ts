import { err, ok, Result } from 'neverthrow';

import { Money, type Currency, type MoneyOutOfBounds } from '@kastoma/domain/core';

type UnreadableView = { readonly code: 'core.unreadable_view' };

const UNREADABLE: UnreadableView = { code: 'core.unreadable_view' };

/** What `writeView` was given, without what was undefined. */
export function readView(text: string): Result<unknown, UnreadableView> {
  return readPlain(text).andThen(({ view, isReadable }) =>
    isReadable ? ok(view) : err(UNREADABLE),
  );
}

const readPlain = Result.fromThrowable(
  (text: string) => {
    const refused: MoneyOutOfBounds[] = [];
    const view = restore(JSON.parse(text), refused);
    return { view, isReadable: refused.length === 0 };
  },
  () => UNREADABLE,
);

/** A view as text: plain data with amounts of money and whole numbers of any size in it. */
export function writeView(view: unknown): string {
  return JSON.stringify(toPlain(view));
}

/** Whatever else begins with a dollar sign is put into `$plain`, so that nobody's data is taken for ours. */
function toPlain(value: unknown): unknown {
  if (typeof value === 'bigint') return { $whole: String(value) };
  if (value instanceof Money) return { $money: [String(value.minorUnits), value.currency] };
  if (Array.isArray(value)) return value.map(toPlain);
  if (value === null || typeof value !== 'object') return value;
  const plain = mapped(value, toPlain);
  return Object.keys(value).some((key) => key.startsWith('$')) ? { $plain: plain } : plain;
}

function restore(value: unknown, refused: MoneyOutOfBounds[]): unknown {
  const inside = (one: unknown) => restore(one, refused);
  if (Array.isArray(value)) return value.map(inside);
  if (value === null || typeof value !== 'object') return value;
  if ('$whole' in value) return BigInt(value.$whole as string);
  if ('$money' in value) {
    const [minorUnits, currency] = value.$money as [string, Currency];
    return Money.of(BigInt(minorUnits), currency).match(
      (money) => money,
      (error) => {
        refused.push(error);
        return null;
      },
    );
  }
  return mapped('$plain' in value ? (value.$plain as object) : value, inside);
}

/** Also where a name is one of the language's own, such as `__proto__`. */
function mapped(value: object, each: (one: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}
