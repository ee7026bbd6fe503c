/** The code below one heading: its blocks are one module, in their order. */
export type ReadmeSection = {
  readonly title: string;
  readonly code: string;
  /** What it says that it prints: the text after each `// =>`, in order. */
  readonly printed: readonly string[];
};

const BLOCK = /^```ts\n([\s\S]*?)^```$/gm;
const PRINTED = /\/\/ => ?(.*)$/gm;

/** Reads the TypeScript blocks of a page, one section for each heading of the second level. */
export function readmeSections(page: string): ReadmeSection[] {
  return page
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const code = [...text.matchAll(BLOCK)].map(([, block = '']) => block).join('\n');
      const printed = [...code.matchAll(PRINTED)].map(([, line = '']) => line);
      return { title: text.slice(0, text.indexOf('\n')), code, printed };
    })
    .filter(({ code }) => code !== '');
}
