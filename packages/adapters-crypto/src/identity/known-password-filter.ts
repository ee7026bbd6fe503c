import { createHash } from 'node:crypto';

/** Bits and the number of those that stand for one text. */
type FilterShape = { readonly bits: number; readonly positions: number };

const HEADER_BYTES = 8;

/**
 * A Bloom filter: says of a text that was put in that it is there, always, and of another one
 * that it is there in a rare case. As bytes: the number of bits, the number of positions of
 * a text (32 bits each, big-endian), then the bits.
 */
export class KnownPasswordFilter {
  readonly #bytes: Buffer;
  readonly #shape: FilterShape;

  private constructor(bytes: Buffer, shape: FilterShape) {
    this.#bytes = bytes;
    this.#shape = shape;
  }

  /** @param falseAlarms how often a text that was not put in is taken for one that was, from 0 to 1 */
  static of(texts: ReadonlySet<string>, falseAlarms: number): KnownPasswordFilter {
    const bitsOfOne = -Math.log(falseAlarms) / Math.LN2 ** 2;
    const bits = Math.ceil((texts.size * bitsOfOne) / 8) * 8;
    const positions = Math.round(bitsOfOne * Math.LN2);
    const bytes = Buffer.alloc(HEADER_BYTES + bits / 8);
    bytes.writeUInt32BE(bits, 0);
    bytes.writeUInt32BE(positions, 4);
    for (const text of texts)
      for (const position of positionsOf(text, { bits, positions })) {
        const at = HEADER_BYTES + (position >>> 3);
        bytes.writeUInt8(bytes.readUInt8(at) | (1 << (position & 7)), at);
      }
    return new KnownPasswordFilter(bytes, { bits, positions });
  }

  /** Throws when the bytes are none of a filter. */
  static restore(bytes: Buffer): KnownPasswordFilter {
    const [bits, positions] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
    if (bytes.length !== HEADER_BYTES + bits / 8)
      throw new Error('This is no filter, or not whole.');
    return new KnownPasswordFilter(bytes, { bits, positions });
  }

  has(text: string): boolean {
    return positionsOf(text, this.#shape).every(
      (position) =>
        (this.#bytes.readUInt8(HEADER_BYTES + (position >>> 3)) & (1 << (position & 7))) !== 0,
    );
  }

  toBytes(): Buffer {
    return this.#bytes;
  }
}

/** Two hashes make all of them (Kirsch and Mitzenmacher): no worse, and one digest a text. */
function positionsOf(text: string, { bits, positions }: FilterShape): readonly number[] {
  const digest = createHash('sha256').update(text).digest();
  const [first, step] = [digest.readUIntBE(0, 5), digest.readUIntBE(5, 5)];
  return Array.from({ length: positions }, (_, index) => (first + index * step) % bits);
}
