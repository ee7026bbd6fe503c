/** Works through all things, so many at a time; the first failure ends it. */
export async function inLanes<Thing>(
  things: Iterable<Thing>,
  lanes: number,
  work: (thing: Thing) => Promise<void>,
): Promise<void> {
  const waiting = things[Symbol.iterator]();
  const failure = new AbortController();
  const lane = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      if (failure.signal.aborted) return;
      try {
        await work(next.value);
      } catch (error) {
        failure.abort();
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
