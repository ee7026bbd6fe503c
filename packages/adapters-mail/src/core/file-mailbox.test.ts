import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Mail } from '@kastoma/application/core';
import { mailerContract } from '@kastoma/application/testing';

import { readMail } from '../testing/read-mail.ts';
import { FileMailbox } from './file-mailbox.ts';

const from = { name: 'Test Shop', address: 'shop@test.example' };
const mail: Mail = {
  id: 'event.welcome',
  to: 'ada@people.example',
  subject: 'Welcome',
  text: 'Hello,\n\nhttps://shop.example/verify-email#token=VGhlIHNlY3JldCBvZiB0aGlzIG1haWwsIGFib3V0IHNvIGxvbmc\n',
  html: '<p>Hello</p>',
};

mailerContract(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'kastoma-mail-'));
  const folder = join(parent, 'mail');
  const names = async () =>
    (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).toSorted();
  return {
    mailer: new FileMailbox({ folder, from }),
    delivered: async () =>
      Promise.all(
        (await names()).map(async (name) => readMail(await readFile(join(folder, name)))),
      ),
    close: () => rm(parent, { recursive: true }),
  };
});

describe('a mailbox of files', () => {
  let parent: string;
  let folder: string;
  let mailbox: FileMailbox;

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'kastoma-mail-'));
    folder = join(parent, 'not there yet', 'mail');
    mailbox = new FileMailbox({ folder, from });
  });

  afterEach(() => rm(parent, { recursive: true }));

  it('keeps each mail for the owner of the folder alone', async () => {
    await mailbox.send(mail);
    const files = (await readdir(folder)).toSorted().map((name) => join(folder, name));
    expect(files.map((file) => file.slice(-4))).toEqual(['.eml', '.txt']);
    for (const file of files) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('keeps many mails that come at once, each whole', async () => {
    const subjects = Array.from({ length: 20 }, (_, index) => `Mail ${index + 10}`);
    await Promise.all(subjects.map((subject) => mailbox.send({ ...mail, subject })));
    const names = (await readdir(folder)).filter((name) => name.endsWith('.txt')).toSorted();
    expect(names.every((name) => /^\d{4}-\d\d-\d\dT[\d.-]+Z-\w{8}\.txt$/.test(name))).toBe(true);
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    expect(new Set(texts.map((text) => /Subject: (.*)/.exec(text)?.[1]))).toEqual(
      new Set(subjects),
    );
    expect(texts).toHaveLength(subjects.length);
  });

  it('can be read with the eye: to whom it goes, and its links in one piece', async () => {
    await mailbox.send(mail);
    const name = (await readdir(folder)).find((file) => file.endsWith('.txt')) ?? '';
    expect(await readFile(join(folder, name), 'utf8')).toBe(
      `To: ada@people.example\nSubject: Welcome\n\n${mail.text}`,
    );
  });
});
