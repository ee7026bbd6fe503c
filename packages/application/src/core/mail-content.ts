import type { Mail } from './mailer.port.ts';
import { escapeMarkup, onOneLine } from './markup.ts';

/** Something to click on. */
export type MailLink = { readonly label: string; readonly url: string };

/** What a mail says, before it is written as plain text and as HTML. Nothing in it is markup. */
export type MailContent = {
  readonly subject: string;
  readonly paragraphs: readonly (string | MailLink)[];
};

/** Writes a mail in both forms; whatever was merged into it stays text, and on its line. */
export function composeMail({
  subject,
  paragraphs,
}: MailContent): Pick<Mail, 'subject' | 'text' | 'html'> {
  return {
    subject: onOneLine(subject),
    text: `${paragraphs.map(asText).join('\n\n')}\n`,
    html: [
      '<!doctype html>',
      `<html><head><meta charset="utf-8"><title>${escapeMarkup(subject)}</title></head>`,
      '<body style="font-family: sans-serif; line-height: 1.5; max-width: 40em">',
      ...paragraphs.map(asMarkup),
      '</body></html>',
      '',
    ].join('\n'),
  };
}

function asText(paragraph: string | MailLink): string {
  return typeof paragraph === 'string'
    ? onOneLine(paragraph)
    : `${onOneLine(paragraph.label)}:\n${onOneLine(paragraph.url)}`;
}

function asMarkup(paragraph: string | MailLink): string {
  return typeof paragraph === 'string'
    ? `<p>${escapeMarkup(paragraph)}</p>`
    : `<p><a href="${escapeMarkup(paragraph.url)}">${escapeMarkup(paragraph.label)}</a></p>`;
}
