/** Lets so many work at once, and so many more wait for their turn; others are sent away. */
export class Turns {
  readonly #atOnce: number;
  readonly #places: number;
  readonly #queue: (() => void)[] = [];
  #working = 0;

  constructor(atOnce: number, places: number) {
    this.#atOnce = atOnce;
    this.#places = places;
  }

  /** Null where there is no place left. */
  take<Outcome>(work: () => Promise<Outcome>): Promise<Outcome> | null {
    if (this.#working >= this.#atOnce && this.#queue.length >= this.#places) return null;
    return this.#turn().then(() =>
      work().finally(() => {
        this.#working -= 1;
        this.#queue.shift()?.();
      }),
    );
  }

  #turn(): Promise<void> {
    const begin = () => {
      this.#working += 1;
    };
    if (this.#working < this.#atOnce) {
      begin();
      return Promise.resolve();
    }
    return new Promise((called) => {
      this.#queue.push(() => {
        begin();
        called();
      });
    });
  }
}
