const MOST_WORDS = 10;

/** What somebody searches for, word by word, in the composed form in which names and SKUs are stored. The first ten count. */
export function searchWords(text: string): readonly string[] {
  const words = text.normalize('NFC').split(/\s+/u);
  return words.filter((word) => word !== '').slice(0, MOST_WORDS);
}
