/** Something that a test waits for, and opens. */
export type Latch = { readonly opened: Promise<void>; readonly open: () => void };

export function latch(): Latch {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

export async function times<T>(
  count: number,
  make: (index: number) => PromiseLike<T>,
): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
}
