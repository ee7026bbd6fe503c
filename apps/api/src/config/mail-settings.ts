import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';

import { parseEmailAddress } from '@kastoma/domain/identity';

/** How the shop writes to people. */
export type MailSettings = {
  /** Null for a mailbox of files in the data folder. */
  readonly smtpUrl: string | null;
  /** Whether a server that offers no TLS gets neither mails nor the password. */
  readonly requireTls: boolean;
  /** Nobody is written to, by the wish of whoever runs the shop. */
  readonly isOff: boolean;
  readonly from: { readonly name: string | null; readonly address: string };
  /** Where people meet the shop, without a slash at its end. Null for the API's own address. */
  readonly publicUrl: string | null;
  readonly verificationTokenSeconds: number;
  readonly resetTokenSeconds: number;
};

const HOUR_SECONDS = 60 * 60;
const WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
const THIS_MACHINE = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;
const NAME_AND_ADDRESS = /^(?:([^<>"\p{Cc}]*[^<>"\p{Cc}\s])\s*<([^<>]+)>|([^<>]+))$/u;

export const mailVariables = {
  KASTOMA_MAIL: z
    .enum(['on', 'off'])
    .default('on')
    .meta({ description: '`off` writes to nobody', production: '`on`, with `KASTOMA_SMTP_URL`' }),
  KASTOMA_SMTP_URL: z
    .string()
    .refine(isSmtpUrl, 'an address such as smtp://user:password@host:587')
    .optional()
    .meta({
      description:
        'sends mails, such as `smtp://user:password@host:587`; wants the next two with it',
      secret: true,
      fallback: 'files in `mail/` of the data folder',
      production: 'wanted, or `KASTOMA_MAIL=off`',
    }),
  KASTOMA_SMTP_TLS: z.enum(['required', 'offered']).optional().meta({
    description: '`required` or `offered`: whether mails wait for a server that has no TLS',
    fallback: '`offered`',
    production: '`required`, but for a server on this machine',
  }),
  KASTOMA_MAIL_FROM: z
    .string()
    .transform(orIssue(parseSender, 'an address such as Shop <shop@example.com>'))
    .optional()
    .meta({ description: 'who writes, such as `Shop <shop@example.com>`' }),
  KASTOMA_PUBLIC_URL: z
    .string()
    .transform(orIssue(parsePublicUrl, 'an address such as https://shop.example.com'))
    .optional()
    .meta({
      description: 'the address that links in mails lead to',
      fallback: 'the API’s own',
      production: '`https://…`, wanted with `KASTOMA_SMTP_URL`',
    }),
  KASTOMA_VERIFICATION_TOKEN_SECONDS: tokenLife(48 * HOUR_SECONDS).meta({
    description: 'how long the link of a mail confirms an address',
  }),
  KASTOMA_RESET_TOKEN_SECONDS: tokenLife(HOUR_SECONDS).meta({
    description: 'how long the link of a mail sets a new password',
  }),
};

type MailVariables = z.output<z.ZodObject<typeof mailVariables>>;
type Mode = { readonly KASTOMA_ENV: 'development' | 'test' | 'production' };

export function mailSettingsOf(variables: MailVariables & Mode): MailSettings {
  return {
    smtpUrl: variables.KASTOMA_SMTP_URL ?? null,
    requireTls: requiresTls(variables),
    isOff: variables.KASTOMA_MAIL === 'off',
    from: variables.KASTOMA_MAIL_FROM ?? { name: 'Kastoma', address: 'shop@kastoma.example' },
    publicUrl: variables.KASTOMA_PUBLIC_URL ?? null,
    verificationTokenSeconds: variables.KASTOMA_VERIFICATION_TOKEN_SECONDS,
    resetTokenSeconds: variables.KASTOMA_RESET_TOKEN_SECONDS,
  };
}

/** Where nobody says otherwise, production does, unless the mails stay on this machine. */
function requiresTls({ KASTOMA_ENV, KASTOMA_SMTP_TLS, KASTOMA_SMTP_URL }: MailVariables & Mode) {
  if (KASTOMA_SMTP_TLS !== undefined) return KASTOMA_SMTP_TLS === 'required';
  const isLocal =
    KASTOMA_SMTP_URL !== undefined && THIS_MACHINE.test(new URL(KASTOMA_SMTP_URL).hostname);
  return KASTOMA_ENV === 'production' && !isLocal;
}

/** What is missing for mails that really go out: they must say who writes, and lead somewhere. */
export function mailGapsOf(variables: MailVariables): readonly string[] {
  const { KASTOMA_MAIL, KASTOMA_SMTP_URL, KASTOMA_MAIL_FROM, KASTOMA_PUBLIC_URL } = variables;
  if (KASTOMA_SMTP_URL === undefined) return [];
  if (KASTOMA_MAIL === 'off')
    return ['KASTOMA_MAIL: off, and KASTOMA_SMTP_URL with it, contradict each other.'];
  const isWhole = KASTOMA_MAIL_FROM !== undefined && KASTOMA_PUBLIC_URL !== undefined;
  return isWhole
    ? []
    : ['KASTOMA_SMTP_URL: KASTOMA_MAIL_FROM and KASTOMA_PUBLIC_URL are wanted with it.'];
}

/** Files that nobody reads hold tokens that nobody gets, and links in the open tell theirs: production says what it wants. */
export function unsafeMailOf(variables: MailVariables): readonly string[] {
  const { KASTOMA_MAIL, KASTOMA_SMTP_URL, KASTOMA_PUBLIC_URL = '' } = variables;
  return [
    ...(KASTOMA_SMTP_URL === undefined && KASTOMA_MAIL === 'on'
      ? [
          'KASTOMA_SMTP_URL: production wants a mail server, or KASTOMA_MAIL=off to write to nobody.',
        ]
      : []),
    ...(KASTOMA_PUBLIC_URL.startsWith('http:')
      ? ['KASTOMA_PUBLIC_URL: production wants an address that begins with https://.']
      : []),
  ];
}

function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return (
    ['smtp:', 'smtps:'].includes(protocol) &&
    hostname !== '' &&
    ['', '/'].includes(pathname) &&
    search === '' &&
    hash === ''
  );
}

function parseSender(text: string): Result<MailSettings['from'], unknown> {
  const [, name = null, inBrackets, alone = ''] = NAME_AND_ADDRESS.exec(text.trim()) ?? [];
  return parseEmailAddress(inBrackets ?? alone).map((address) => ({ name, address }));
}

function parsePublicUrl(text: string): Result<string, unknown> {
  if (!URL.canParse(text)) return err(null);
  const { protocol, origin, pathname, username, search, hash } = new URL(text);
  const isPlain = username === '' && search === '' && hash === '';
  return ['http:', 'https:'].includes(protocol) && isPlain
    ? ok(`${origin}${pathname}`.replace(/\/+$/, ''))
    : err(null);
}

function tokenLife(standard: number) {
  const wanted = `a whole number from 60 to ${WEEK_SECONDS}`;
  return z
    .string()
    .regex(/^\d{1,6}$/, wanted)
    .transform(Number)
    .refine((seconds) => seconds >= 60 && seconds <= WEEK_SECONDS, wanted)
    .default(standard);
}

function orIssue<Output>(parse: (text: string) => Result<Output, unknown>, wanted: string) {
  return (text: string, context: z.RefinementCtx): Output =>
    parse(text).match(
      (output) => output,
      () => {
        context.addIssue({ code: 'custom', message: wanted, input: text });
        return z.NEVER;
      },
    );
}
