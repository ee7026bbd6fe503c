import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import type { Mail } from '@kastoma/application/core';
import { mailerContract } from '@kastoma/application/testing';

import { readMail } from '../testing/read-mail.ts';
import { SmtpBox } from '../testing/smtp-box.ts';
import { SmtpMailer } from './smtp-mailer.ts';

const from = { name: 'Test Shop', address: 'shop@test.example' };
const mail: Mail = {
  id: 'event.welcome',
  to: 'ada@people.example',
  subject: 'Welcome',
  text: 'Hello\n',
  html: '<p>Hello</p>',
};

mailerContract(async () => {
  const box = await SmtpBox.open();
  const mailer = new SmtpMailer({ url: `smtp://127.0.0.1:${box.port}`, requireTls: false, from });
  return {
    mailer,
    delivered: async () => Promise.all(box.received.map(({ message }) => readMail(message))),
    close: async () => {
      mailer.close();
      await box.close();
    },
  };
});

describe('mail by SMTP', () => {
  const open: { close: () => void | Promise<void> }[] = [];
  afterEach(async () => {
    for (const thing of open.splice(0).toReversed()) await thing.close();
  });

  async function boxWith(password: string | null = null): Promise<SmtpBox> {
    const box = await SmtpBox.open(password);
    open.push(box);
    return box;
  }

  function mailerTo(url: string, requireTls = false): SmtpMailer {
    const mailer = new SmtpMailer({ url, requireTls, from });
    open.push(mailer);
    return mailer;
  }

  it('goes to the one recipient, whatever stands in its headers', async () => {
    const box = await boxWith();
    const subject = 'Welcome\r\nBcc: everybody@people.example';
    await mailerTo(`smtp://127.0.0.1:${box.port}`).send({ ...mail, subject });
    expect(box.received.map(({ recipients }) => recipients)).toEqual([['ada@people.example']]);
  });

  it('signs in with the name and the password of the address', async () => {
    const box = await boxWith('p@ss/word');
    await mailerTo(`smtp://the%20shop:p%40ss%2Fword@127.0.0.1:${box.port}`).send(mail);
    expect(box.received.map(({ user }) => user)).toEqual(['the shop']);
  });

  it('is not sent when the server does not let the shop in', async () => {
    const box = await boxWith('right');
    const mailer = mailerTo(`smtp://shop:wrong@127.0.0.1:${box.port}`);
    await expect(mailer.send(mail)).rejects.toThrow(/535/);
    expect(box.received).toEqual([]);
  });

  it('goes nowhere without TLS where that is required, and neither does the password', async () => {
    const box = await boxWith('secret');
    const url = `smtp://shop:secret@127.0.0.1:${box.port}`;
    await expect(mailerTo(url, true).send(mail)).rejects.toThrow();
    expect(box.received).toEqual([]);
    expect(box.greeted).toEqual([]);
    await mailerTo(url).send(mail);
    expect(box.received).toHaveLength(1);
  });

  it('may be tried again when the server says so', async () => {
    const box = await boxWith();
    box.refusals = 1;
    const mailer = mailerTo(`smtp://127.0.0.1:${box.port}`);
    await expect(mailer.send(mail)).rejects.toThrow(/451/);
    await mailer.send(mail);
    expect(box.received).toHaveLength(1);
  });

  it('fails when nobody is there', async () => {
    const box = await SmtpBox.open();
    const { port } = box;
    await box.close();
    await expect(mailerTo(`smtp://127.0.0.1:${port}`).send(mail)).rejects.toThrow('ECONNREFUSED');
  });

  it('fails when somebody else is there, who is not told what it says', async () => {
    const heard: string[] = [];
    const web = createServer((socket) => {
      socket.on('data', (data) => heard.push(String(data)));
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((listening) => {
      web.listen(0, '127.0.0.1', listening);
    });
    open.push({ close: () => void web.close() });
    const { port } = web.address() as AddressInfo;
    await expect(mailerTo(`smtp://127.0.0.1:${port}`).send(mail)).rejects.toThrow();
    expect(heard.join('')).not.toContain('Hello');
  });

  it('several at once arrive, each once', async () => {
    const box = await boxWith();
    const mailer = mailerTo(`smtp://127.0.0.1:${box.port}`);
    const subjects = Array.from({ length: 12 }, (_, index) => `Mail ${index}`);
    await Promise.all(subjects.map((subject) => mailer.send({ ...mail, subject })));
    const arrived = await Promise.all(box.received.map(({ message }) => readMail(message)));
    expect(new Set(arrived.map(({ headers }) => headers['subject']))).toEqual(new Set(subjects));
    expect(arrived).toHaveLength(subjects.length);
  });
});
