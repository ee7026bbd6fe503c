import { err, ok, type Result } from 'neverthrow';

/** The language in which somebody is written to: a tag of BCP 47 such as `en` or `zh-Hant-TW`, in its usual case. */
export type Locale = string & { readonly __brand: 'Locale' };

export type InvalidLocale = { readonly code: 'identity.invalid_locale' };

/** Language, script, region: what mails and prices are written by. Variants and extensions are not kept. */
const SHAPE = /^([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?$/;

/** Reads a language tag in any case, with hyphens or underscores. */
export function parseLocale(text: string): Result<Locale, InvalidLocale> {
  const parts =
    text.length > 20 ? null : SHAPE.exec(text.trim().toLowerCase().replaceAll('_', '-'));
  if (parts === null) return err({ code: 'identity.invalid_locale' });
  const [, language = '', script, region] = parts;
  const written = [language, script === undefined ? '' : titleCase(script), upperCase(region)];
  return ok(written.filter((part) => part !== '').join('-') as Locale);
}

function titleCase(script: string): string {
  return script.charAt(0).toUpperCase() + script.slice(1);
}

function upperCase(region: string | undefined): string {
  return (region ?? '').toUpperCase();
}
