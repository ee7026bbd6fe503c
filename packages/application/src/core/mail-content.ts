import type { Mail } from './mailer.port.ts';

/** Something to click on. */
export type MailLink = { readonly label: string; readonly url: string };

/** What a mail says, before it is written as plain text and as HTML. Nothing in it is markup. */
export type MailContent = {
  readonly subject: string;
  readonly paragraphs: readonly (string | MailLink)[];
};

const CONTROLS = /\p{Cc}+/gu;
/** They turn the direction of the text that follows: a name must not rewrite the sentence around it. */
const DIRECTION_OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;

/** The ampersand comes first: the others are written with one. */
const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
] as const;

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

function escapeMarkup(text: string): string {
  return ENTITIES.reduce(
    (escaped, [character, entity]) => escaped.replaceAll(character, entity),
    onOneLine(text),
  );
}

function onOneLine(text: string): string {
  return text.replaceAll(CONTROLS, ' ').replaceAll(DIRECTION_OVERRIDES, '');
}
