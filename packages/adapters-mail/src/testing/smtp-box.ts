import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';

import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export type Received = {
  readonly recipients: readonly string[];
  readonly message: Buffer;
  readonly user: unknown;
};

/** A real SMTP server that keeps what it gets. */
export class SmtpBox {
  readonly received: Received[] = [];
  /** Whose passwords it was told. */
  readonly greeted: unknown[] = [];
  /** How many mails it still turns away, for now. */
  refusals = 0;
  readonly #server: SMTPServer;

  private constructor(password: string | null) {
    this.#server = new SMTPServer({
      disabledCommands: password === null ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
      allowInsecureAuth: true,
      logger: false,
      onAuth: (given, _session, done) => {
        this.greeted.push(given.username);
        if (given.password === password) done(null, { user: given.username });
        else done(new Error('Wrong password.'));
      },
      onData: callbackify(async (stream: SMTPServerDataStream, session: SMTPServerSession) =>
        this.#keep(stream, session),
      ),
    });
  }

  static async open(password: string | null = null): Promise<SmtpBox> {
    const box = new SmtpBox(password);
    const listening = once(box.#server.listen(0, '127.0.0.1'), 'listening');
    await listening;
    return box;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await new Promise<void>((closed) => {
      this.#server.close(closed);
    });
  }

  async #keep(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> {
    const message = await buffer(stream);
    if (this.refusals > 0) {
      this.refusals -= 1;
      throw Object.assign(new Error('Come back later.'), { responseCode: 451 });
    }
    const recipients = session.envelope.rcptTo.map(({ address }) => address);
    this.received.push({ recipients, message, user: session.user });
  }
}
