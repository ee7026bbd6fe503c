import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { doorSettingsOf, doorVariables } from './door-settings.ts';
import { readEnvironment } from './environment.ts';

type Variables = Readonly<Record<string, string>>;

function read(variables: Variables) {
  return readEnvironment(variables)._unsafeUnwrap();
}

function problemsOf(variables: Variables): readonly string[] {
  return readEnvironment(variables)._unsafeUnwrapErr();
}

describe('the door of a shop that is told nothing', () => {
  it('believes no proxy, lets pages of this machine read, and counts generously', () => {
    const { door, requestLimits } = read({});
    expect(door).toEqual({
      trustedProxies: [],
      crossOrigin: { origins: [], localhost: true },
      https: false,
    });
    expect(requestLimits).toEqual({
      auth: { attempts: 600, windowSeconds: 60 },
      write: { attempts: 1_200, windowSeconds: 60 },
      read: { attempts: 6_000, windowSeconds: 60 },
      search: { attempts: 1_200, windowSeconds: 60 },
    });
  });

  it('lets no page read in production', () => {
    const settings = z.object(doorVariables).parse({});
    const { crossOrigin } = doorSettingsOf({ ...settings, KASTOMA_ENV: 'production' });
    expect(crossOrigin).toEqual({ origins: [], localhost: false });
  });
});

describe('the door of a shop that is told everything', () => {
  it('does as it is told', () => {
    const { door, requestLimits } = read({
      KASTOMA_TRUSTED_PROXIES: ' 10.0.0.0/8, 192.0.2.1 ,fd00::/8,2001:db8::1, ',
      KASTOMA_CORS_ORIGINS: 'https://shop.example, http://localhost:3000',
      KASTOMA_HTTPS: 'on',
      KASTOMA_RATE_LIMIT_AUTH: '1/1',
      KASTOMA_RATE_LIMIT_SEARCH: '999999/86400',
    });
    expect(door).toEqual({
      trustedProxies: ['10.0.0.0/8', '192.0.2.1', 'fd00::/8', '2001:db8::1'],
      crossOrigin: { origins: ['https://shop.example', 'http://localhost:3000'], localhost: true },
      https: true,
    });
    expect(requestLimits.auth).toEqual({ attempts: 1, windowSeconds: 1 });
    expect(requestLimits.search).toEqual({ attempts: 999_999, windowSeconds: 86_400 });
  });
});

describe('a wrong setting of the door', () => {
  it.each([
    ['KASTOMA_TRUSTED_PROXIES', 'proxy.internal'],
    ['KASTOMA_TRUSTED_PROXIES', '10.0.0.0/33'],
    ['KASTOMA_TRUSTED_PROXIES', '10.0.0.0/-1'],
    ['KASTOMA_TRUSTED_PROXIES', '10.0.0.0/8/8'],
    ['KASTOMA_TRUSTED_PROXIES', '10.0.0.0/'],
    ['KASTOMA_TRUSTED_PROXIES', '0.0.0.0/0'],
    ['KASTOMA_TRUSTED_PROXIES', '::/0'],
    ['KASTOMA_TRUSTED_PROXIES', 'fd00::/129'],
    ['KASTOMA_TRUSTED_PROXIES', '::ffff:10.0.0.1'],
    ['KASTOMA_TRUSTED_PROXIES', '*'],
    ['KASTOMA_TRUSTED_PROXIES', '10.0.0.1 10.0.0.2'],
    ['KASTOMA_CORS_ORIGINS', '*'],
    ['KASTOMA_CORS_ORIGINS', 'https://*.shop.example'],
    ['KASTOMA_CORS_ORIGINS', 'https://shop.example/'],
    ['KASTOMA_CORS_ORIGINS', 'https://Shop.example'],
    ['KASTOMA_CORS_ORIGINS', 'https://shop.example:443'],
    ['KASTOMA_CORS_ORIGINS', 'shop.example'],
    ['KASTOMA_CORS_ORIGINS', 'null'],
    ['KASTOMA_CORS_ORIGINS', 'file:///shop'],
    ['KASTOMA_CORS_ORIGINS', 'https://user:pass@shop.example'],
    ['KASTOMA_HTTPS', 'yes'],
    ['KASTOMA_RATE_LIMIT_AUTH', '0/60'],
    ['KASTOMA_RATE_LIMIT_WRITE', '10/0'],
    ['KASTOMA_RATE_LIMIT_READ', '10'],
    ['KASTOMA_RATE_LIMIT_SEARCH', '-1/60'],
    ['KASTOMA_RATE_LIMIT_READ', '10/minute'],
    ['KASTOMA_RATE_LIMIT_READ', '1e3/60'],
  ])('%s=%s is told in one line that begins with its name', (name, value) => {
    const problems = problemsOf({ [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name}: [^\\n]+ is wanted\\.$`));
  });

  it('is HTTPS for everybody with nobody who ends it', () => {
    expect(problemsOf({ KASTOMA_HTTPS: 'on' })).toEqual([
      'KASTOMA_HTTPS: wants KASTOMA_TRUSTED_PROXIES to name the proxy that ends HTTPS.',
    ]);
  });
});
