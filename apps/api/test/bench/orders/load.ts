/** How long each piece of work took, and all of them together. */
export type Load = { readonly milliseconds: readonly number[]; readonly seconds: number };

/** Does pieces of work, so many at a time. */
export async function under<Item>(
  clients: number,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<Load> {
  const milliseconds: number[] = [];
  const queue = items[Symbol.iterator]();
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let next = queue.next(); next.done !== true; next = queue.next()) {
        const start = performance.now();
        await work(next.value);
        milliseconds.push(performance.now() - start);
      }
    }),
  );
  return { milliseconds, seconds: (performance.now() - begun) / 1_000 };
}

/** What was done in turns. */
export function joined(loads: readonly Load[]): Load {
  return {
    milliseconds: loads.flatMap(({ milliseconds }) => milliseconds),
    seconds: loads.reduce((sum, { seconds }) => sum + seconds, 0),
  };
}

export type Figures = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
};

export function figuresOf({ milliseconds, seconds }: Load): Figures {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { perSecond: sorted.length / seconds, p50: at(0.5), p99: at(0.99) };
}
