/** How a law says that it does not hold for the case at hand. */
class Breach extends Error {
  override readonly name = 'Breach';
}

export function breach(reason: string): never {
  throw new Breach(reason);
}

/** Goes on where the law holds. */
export function demand(holds: boolean, reason: () => string): void {
  if (!holds) breach(reason());
}

/** Goes on where both are the same. */
export function demandSame(actual: bigint | string, expected: bigint | string, name: string): void {
  if (actual === expected) return;
  const [is, should] = whereTheyDiffer(`${actual}`, `${expected}`);
  breach(`${name} is ${is}, and should be ${should}`);
}

const EXCERPT = 60;

/** Short text as it is; of long text what stands around the first difference. */
function whereTheyDiffer(actual: string, expected: string): readonly [string, string] {
  if (actual.length <= EXCERPT && expected.length <= EXCERPT) return [actual, expected];
  const place = Array.from(actual).findIndex((letter, index) => letter !== expected[index]);
  const start = Math.max(0, (place === -1 ? actual.length : place) - EXCERPT / 2);
  const excerpt = (text: string) => `…${text.slice(start, start + EXCERPT)}…`;
  return [excerpt(actual), excerpt(expected)];
}
