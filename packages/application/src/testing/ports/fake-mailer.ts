import type { Mail, Mailer } from '../../core/mailer.port.ts';

/** Keeps what it was given, and can be out of order. */
export class FakeMailer implements Mailer {
  readonly sent: Mail[] = [];
  #refusals = 0;

  async send(mail: Mail): Promise<void> {
    if (this.#refusals > 0) {
      this.#refusals -= 1;
      throw new Error('The mail server is out of order.');
    }
    this.sent.push(mail);
  }

  refuse(times: number): void {
    this.#refusals = times;
  }

  /** The token of the mail that was sent last. */
  lastToken(): string {
    return /#token=(\S+)/.exec(this.sent.at(-1)?.text ?? '')?.[1] ?? '';
  }
}
