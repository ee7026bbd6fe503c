import { createTransport } from 'nodemailer';

import type { Mail, Mailer } from '@kastoma/application/core';

import { envelopeOf, type Sender } from './mail-envelope.ts';

const MOST_CONNECTIONS = 2;
const CONNECT_MILLISECONDS = 10_000;
const SILENCE_MILLISECONDS = 30_000;

export type SmtpSettings = {
  /** `smtp://user:password@host:587` (upgraded by STARTTLS) or `smtps://…:465`. */
  readonly url: string;
  /** Whether mails and the password go out only over TLS; else somebody on the way can have it left out. */
  readonly requireTls: boolean;
  readonly from: Sender;
};

/** Hands mails to an SMTP server. A server that keeps silent is given up. */
export class SmtpMailer implements Mailer {
  readonly #transport;
  readonly #from: Sender;

  constructor({ url, requireTls, from }: SmtpSettings) {
    this.#transport = createTransport({
      ...serverAt(url),
      requireTLS: requireTls,
      pool: true,
      maxConnections: MOST_CONNECTIONS,
      connectionTimeout: CONNECT_MILLISECONDS,
      greetingTimeout: CONNECT_MILLISECONDS,
      socketTimeout: SILENCE_MILLISECONDS,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.#from = from;
  }

  async send(mail: Mail): Promise<void> {
    await this.#transport.sendMail(envelopeOf(mail, this.#from));
  }

  close(): void {
    this.#transport.close();
  }
}

function serverAt(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  return {
    // An IPv6 address stands in brackets in an address of the web only.
    host: hostname.replaceAll(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    ...(username === ''
      ? {}
      : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  };
}
