import { hashOf } from './entity-tag.ts';

/** What is shown, as it goes out, and what it is known by. */
export class Rendering {
  readonly json: string;
  #hash: string | null = null;

  constructor(data: unknown) {
    this.json = JSON.stringify(data);
  }

  get hash(): string {
    this.#hash ??= hashOf(this.json);
    return this.#hash;
  }
}
