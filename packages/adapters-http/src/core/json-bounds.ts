/** The deepest body that the API documents is far below. */
const DEEPEST = 40;
/** A product with all of its variants, or an order with all of its lines, has some hundreds. */
const MOST_VALUES = 10_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d];

/**
 * Whether JSON is nested deeper, or holds more values, than any body that means well. It
 * looks at each byte once and builds nothing; whether it is JSON at all is the parser's to say.
 */
export function excessIn(bytes: Uint8Array): 'depth' | 'values' | null {
  let depth = 0;
  let values = 1;
  let isText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (byte === QUOTE) isText = !isText;
    else if (isText) {
      if (byte === BACKSLASH) index += 1;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      depth += 1;
      values += 1;
      if (depth > DEEPEST) return 'depth';
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth -= 1;
    else if (byte === COMMA) values += 1;
    if (values > MOST_VALUES) return 'values';
  }
  return null;
}
