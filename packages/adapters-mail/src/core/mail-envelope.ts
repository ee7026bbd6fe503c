import type { Mail } from '@kastoma/application/core';

/** Who the mails of the shop are from. */
export type Sender = { readonly name: string | null; readonly address: string };

/** One address and nothing else: no name, no list, no line break that starts a header or a command. */
const ONE_ADDRESS = /^[^\s@"(),:;<>[\]\\\p{Cc}\p{Cf}]+@[^\s@"(),:;<>[\]\\\p{Cc}\p{Cf}]+$/u;
const OUTSIDE_OF_IDS = /[^A-Za-z0-9.-]+/g;
const CONTROLS = /\p{Cc}+/gu;

/**
 * The mail as nodemailer takes it. Addresses are handed over in parts, so that nothing in
 * them is read as a list; what could end a header's line is taken out here already.
 */
export function envelopeOf(mail: Mail, { name, address }: Sender) {
  if (!ONE_ADDRESS.test(mail.to)) throw new Error('A mail goes to one address.');
  const host = address.slice(address.lastIndexOf('@') + 1);
  return {
    from: { name: name ?? '', address },
    to: { name: '', address: mail.to },
    messageId: `<${mail.id.replaceAll(OUTSIDE_OF_IDS, '-')}@${host}>`,
    subject: mail.subject.replaceAll(CONTROLS, ' '),
    text: mail.text,
    html: mail.html,
    // RFC 3834: no holiday notice answers it.
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
