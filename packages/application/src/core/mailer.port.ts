/** A mail to one person, ready to be sent. */
export type Mail = {
  /**
   * The same for every try at telling somebody of one thing, so that a mailbox can see that
   * two copies are one mail. Letters, digits, dots and hyphens.
   */
  readonly id: string;
  /** An address in the normal form of the domain. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** Hands mails to whoever delivers them. */
export interface Mailer {
  /** Settles when the mail was accepted for delivery; rejects when it was not, and may be asked again. */
  send(mail: Mail): Promise<void>;
}
