import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { readEnvironment } from '../config/environment.ts';
import { mailFolderIn, openMail } from './mail.ts';

const mail = {
  id: 'event.welcome',
  to: 'ada@people.example',
  subject: 'Welcome',
  text: 'Hello',
  html: '<p>Hello</p>',
};

/** How many files there are after a mail was sent. */
async function filesAfterMail(variables: Readonly<Record<string, string>>): Promise<number> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'kastoma-mail-'));
  onTestFinished(() => rm(dataFolder, { recursive: true }));
  const environment = readEnvironment({ KASTOMA_DATA_DIR: dataFolder, ...variables });
  const { mailer, close } = openMail(environment._unsafeUnwrap(), 'http://127.0.0.1');
  await mailer.send(mail);
  await close();
  return (await readdir(mailFolderIn(dataFolder)).catch(() => [])).length;
}

it('a shop without a mail server keeps its mails as files', async () => {
  expect(await filesAfterMail({})).toBeGreaterThan(0);
});

it('a shop that writes to nobody keeps no mails, either', async () => {
  expect(await filesAfterMail({ KASTOMA_MAIL: 'off' })).toBe(0);
});
