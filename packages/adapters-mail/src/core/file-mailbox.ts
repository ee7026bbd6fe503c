import { randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createTransport } from 'nodemailer';

import type { Mail, Mailer } from '@kastoma/application/core';

import { envelopeOf, type Sender } from './mail-envelope.ts';

export type FileMailboxSettings = {
  /** Made when the first mail comes, for its owner alone: the mails hold tokens. */
  readonly folder: string;
  readonly from: Sender;
};

/**
 * Keeps mails in files instead of sending them: each as an `.eml`, which any mail program
 * opens, and beside it its text as a `.txt`, in which no link is folded. Their names sort by time.
 */
export class FileMailbox implements Mailer {
  readonly #settings: FileMailboxSettings;
  readonly #transport = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'unix',
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  #last = 0;

  constructor(settings: FileMailboxSettings) {
    this.#settings = settings;
  }

  async send(mail: Mail): Promise<void> {
    const { folder, from } = this.#settings;
    const { message } = await this.#transport.sendMail(envelopeOf(mail, from));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, this.#nextName());
    await keep(`${file}.eml`, message as Buffer);
    await keep(`${file}.txt`, `To: ${mail.to}\nSubject: ${mail.subject}\n\n${mail.text}`);
  }

  /** The time of writing, and never one twice. */
  #nextName(): string {
    this.#last = Math.max(Date.now(), this.#last + 1);
    const time = new Date(this.#last).toISOString().replaceAll(':', '-');
    return `${time}-${randomUUID().slice(0, 8)}`;
  }
}

/** Written aside and then renamed: whoever finds the file finds all of it. */
async function keep(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { flag: 'wx', mode: 0o600 });
  await rename(draft, file);
}
