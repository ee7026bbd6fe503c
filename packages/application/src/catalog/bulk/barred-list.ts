/** Several texts in one cell, divided by bars; a bar or a backslash that is meant has a backslash before it. */
export function barred(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[|\\]/g, String.raw`\$&`)).join('|');
}

export function fromBarred(cell: string): readonly string[] {
  const parts = cell.match(/(?:[^|\\]|\\.)+/gsu) ?? [];
  return parts
    .map((part) => part.replaceAll(/\\(.)/gsu, '$1'))
    .filter((part) => part.trim() !== '');
}
