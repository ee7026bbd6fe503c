import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

import { Refused } from './refused.ts';
import type { Refusal } from './replay-plan.ts';

/** Every refused line with its number and its reason, as CSV. */
export class RefusalsFile {
  readonly #stream: WriteStream;

  private constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  static async open(path: string): Promise<RefusalsFile> {
    const stream = createWriteStream(path);
    try {
      await once(stream, 'open');
    } catch (error) {
      throw new Refused(`${path} cannot be written: ${(error as Error).message}`, { cause: error });
    }
    stream.write('line,invoice,code,reason\n');
    return new RefusalsFile(stream);
  }

  write({ line, reason }: Refusal): void {
    const fields = [String(line.number), line.invoice, line.code, reason];
    this.#stream.write(`${fields.map(quote).join(',')}\n`);
  }

  async close(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, 'close');
  }
}

function quote(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
