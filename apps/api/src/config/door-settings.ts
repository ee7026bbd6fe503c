import { isIP, isIPv4 } from 'node:net';

import { z } from 'zod';

import type { DoorSettings, RequestLimits } from '@kastoma/adapters-http';

const NETWORKS = 'a list of addresses and networks such as 10.0.0.0/8, fd00::1';
const ORIGINS = 'a list of origins such as https://shop.example, each named and none of them *,';
const LIMIT = 'a number of requests and of seconds such as 600/60';

/** How the shop is reached from outside, and how often. */
export const doorVariables = {
  KASTOMA_TRUSTED_PROXIES: listOf(isNetwork, NETWORKS).meta({
    description: 'addresses and networks whose `X-Forwarded-For` and `-Proto` are believed',
  }),
  KASTOMA_CORS_ORIGINS: listOf(isOrigin, ORIGINS).meta({
    description:
      'origins whose pages may call the shop, such as `https://shop.example`; outside production this machine’s may, too',
  }),
  KASTOMA_HTTPS: z
    .enum(['on', 'off'])
    .default('off')
    .meta({ description: '`on` sends everybody to HTTPS, which one of the proxies ends' }),
  KASTOMA_RATE_LIMIT_AUTH: limitOf('600/60').meta({
    description: 'requests per seconds that anybody may send to what begins with `auth/`',
  }),
  KASTOMA_RATE_LIMIT_WRITE: limitOf('1200/60').meta({
    description: 'the same for all other writes',
  }),
  KASTOMA_RATE_LIMIT_READ: limitOf('6000/60').meta({ description: 'the same for reads' }),
  KASTOMA_RATE_LIMIT_SEARCH: limitOf('1200/60').meta({ description: 'the same for searches' }),
};

type DoorVariables = z.output<z.ZodObject<typeof doorVariables>>;

export function doorSettingsOf(
  settings: DoorVariables & { readonly KASTOMA_ENV: string },
): DoorSettings {
  return {
    trustedProxies: settings.KASTOMA_TRUSTED_PROXIES,
    crossOrigin: {
      origins: settings.KASTOMA_CORS_ORIGINS,
      localhost: settings.KASTOMA_ENV !== 'production',
    },
    https: settings.KASTOMA_HTTPS === 'on',
  };
}

export function requestLimitsOf(settings: DoorVariables): RequestLimits['limits'] {
  return {
    auth: settings.KASTOMA_RATE_LIMIT_AUTH,
    write: settings.KASTOMA_RATE_LIMIT_WRITE,
    read: settings.KASTOMA_RATE_LIMIT_READ,
    search: settings.KASTOMA_RATE_LIMIT_SEARCH,
  };
}

/** The shop itself speaks plain HTTP: without a proxy to believe, everybody would be sent away for ever. */
export function doorContradictionsOf(settings: DoorVariables): readonly string[] {
  return settings.KASTOMA_HTTPS === 'on' && settings.KASTOMA_TRUSTED_PROXIES.length === 0
    ? ['KASTOMA_HTTPS: wants KASTOMA_TRUSTED_PROXIES to name the proxy that ends HTTPS.']
    : [];
}

function listOf(isItem: (item: string) => boolean, wanted: string) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine((items) => items.every(isItem), wanted);
}

/** A network of everybody is no proxy; an IPv4 address in the form of IPv6 is written as IPv4. */
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (isIP(address) === 0 || /^::ffff:/i.test(address) || rest.length > 0) return false;
  if (bits === undefined) return true;
  const length = Number(bits);
  return /^\d{1,3}$/.test(bits) && length > 0 && length <= (isIPv4(address) ? 32 : 128);
}

/** As a browser writes it: no path, no capitals, no port that goes without saying. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin } = new URL(text);
  return origin === text && !text.includes('*') && ['http:', 'https:'].includes(protocol);
}

function limitOf(fallback: string) {
  return z
    .string()
    .regex(/^[1-9]\d{0,5}\/[1-9]\d{0,4}$/, LIMIT)
    .default(fallback)
    .transform((text) => {
      const [attempts = 0, windowSeconds = 0] = text.split('/').map(Number);
      return { attempts, windowSeconds };
    });
}
