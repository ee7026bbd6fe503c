import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const LONGEST_WAIT_MILLISECONDS = 10_000;

export type ReadMail = { readonly to: string; readonly subject: string; readonly text: string };

/** The mails that a shop without an SMTP server has put into its data folder. */
export class Mailbox {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'mail');
  }

  /** All of them, the oldest first. */
  async all(): Promise<readonly ReadMail[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) =>
      name.endsWith('.txt'),
    );
    return Promise.all(names.toSorted().map(async (name) => readMail(join(this.#folder, name))));
  }

  /** Waits until so many mails under the subject have come for the address, and gives the last of them. */
  async await(to: string, subject: string, count: number = 1): Promise<ReadMail> {
    const until = Date.now() + LONGEST_WAIT_MILLISECONDS;
    for (;;) {
      const mails = await this.all();
      const found = mails.filter((mail) => mail.to === to && mail.subject === subject);
      const last = found.at(-1);
      if (last !== undefined && found.length >= count) return last;
      if (Date.now() > until)
        throw new Error(`No mail "${subject}" came for ${to}: ${JSON.stringify(mails)}`);
      await pause(20);
    }
  }
}

/** The token in the link of a mail. */
export function tokenIn({ text }: ReadMail): string {
  const token = /#token=([\w-]{43})$/m.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no token in ${text}`);
  return token;
}

/** The token of a guest's order in the link of a mail. */
export function orderTokenIn({ text }: ReadMail): string {
  const token = /\/order#token=([\w-]{71})$/m.exec(text)?.[1];
  if (token === undefined) throw new Error(`There is no token of an order in ${text}`);
  return token;
}

async function readMail(file: string): Promise<ReadMail> {
  const text = await readFile(file, 'utf8');
  const [, to = '', subject = ''] = /^To: (.*)\nSubject: (.*)\n\n/.exec(text) ?? [];
  return { to, subject, text };
}
