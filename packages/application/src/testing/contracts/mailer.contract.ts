import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Mail, Mailer } from '../../core/mailer.port.ts';

/** A mail as whoever gets it reads it: its headers by their names in lower case, and its two bodies. */
export type DeliveredMail = {
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
};

/** A mailer, and the box in which its mails arrive; read in the order in which they were sent. */
export type MailerUnderTest = {
  readonly mailer: Mailer;
  readonly delivered: () => Promise<readonly DeliveredMail[]>;
  readonly close: () => Promise<void>;
};

const PLAIN: Mail = {
  id: '0199c0de-0000-7000-8000-000000000001.welcome',
  to: 'ada@people.example',
  subject: 'Welcome',
  text: 'Hello Ada,\n\nthank you.\n',
  html: '<p>Hello Ada,</p>\n<p>thank you.</p>\n',
};

export function mailerContract(open: () => Promise<MailerUnderTest>): void {
  describe('a mailer', () => {
    let opened: MailerUnderTest;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it('delivers what it was given, from the shop to the one address', async () => {
      const mail = await sendAndRead(PLAIN);
      expect(mail.headers).toMatchObject({
        from: 'Test Shop <shop@test.example>',
        to: 'ada@people.example',
        subject: 'Welcome',
        'message-id': '<0199c0de-0000-7000-8000-000000000001.welcome@test.example>',
      });
      expect(mail.headers['date']).toMatch(/^\w{3}, \d/);
      expect(mail.text.trim()).toBe(PLAIN.text.trim());
      expect(mail.html.trim()).toBe(PLAIN.html.trim());
    });

    it('gives every copy of one mail the same id', async () => {
      const [one, other] = [await sendAndRead(PLAIN), await sendAndRead(PLAIN)];
      expect(other.headers['message-id']).toBe(one.headers['message-id']);
    });

    it('carries texts of every script unharmed, and long links in one piece', async () => {
      const text = `Grüße, 你好, 👋🏽\n\nhttps://shop.example/verify-email#token=${'x'.repeat(200)}=3D\n.\nFrom me\n`;
      const mail = await sendAndRead({ ...PLAIN, text, html: `<p>${text}</p>` });
      expect(mail.text.trim()).toBe(text.trim());
      expect(mail.html.trim()).toBe(`<p>${text}</p>`);
    });

    it.each<[string, Partial<Mail>]>([
      ['subject', { subject: 'Welcome\r\nBcc: everybody@people.example' }],
      ['subject', { subject: 'Welcome\nBcc: everybody@people.example\n\nA body of my own' }],
      ['id', { id: 'x@y>\r\nBcc: everybody@people.example' }],
    ])('adds no header that somebody hid in the %s', async (_where, forged) => {
      const mail = await sendAndRead({ ...PLAIN, ...forged });
      expect(mail.headers).not.toHaveProperty('bcc');
      expect(mail.text.trim()).toBe(PLAIN.text.trim());
      expect(mail.headers['to']).toBe(PLAIN.to);
      expect(mail.headers['message-id']).toMatch(/^<[A-Za-z0-9.-]+@test\.example>$/);
    });

    it.each([
      'ada@people.example\r\nBcc: everybody@people.example',
      'ada@people.example, everybody@people.example',
      'ada@people.example>\r\nRCPT TO:<everybody@people.example',
      '"Ada" <ada@people.example>',
      'not an address',
      '',
    ])('refuses to write to anything but one address: %j', async (to) => {
      const before = (await opened.delivered()).length;
      await expect(opened.mailer.send({ ...PLAIN, to })).rejects.toThrow('address');
      expect(await opened.delivered()).toHaveLength(before);
    });

    async function sendAndRead(mail: Mail): Promise<DeliveredMail> {
      await opened.mailer.send(mail);
      const last = (await opened.delivered()).at(-1);
      if (last === undefined) throw new Error('Nothing was delivered.');
      return last;
    }
  });
}
