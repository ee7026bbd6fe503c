/** Nothing may be loaded, run, framed or sent from what an answer holds. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The policy of a page: nothing, but for what it names. */
export function contentSecurityPolicy(...exceptions: readonly string[]): string {
  return [NOTHING, ...exceptions].join('; ');
}

/** On every answer: it is what it says it is, it tells nobody where it was read, and no other site embeds it. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy(),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** To those who came over HTTPS: come so for the next year. */
export const STRICT_TRANSPORT = { 'Strict-Transport-Security': 'max-age=31536000' };
