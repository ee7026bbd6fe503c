import { describe, expect, it } from 'vitest';

import { readIpAddress } from './ip-address.ts';
import { TrustedProxies } from './trusted-proxies.ts';

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['2001:db8::1', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
    ['', null],
    ['unknown', null],
    ['_hidden', null],
    ['203.0.113', null],
    ['203.0.113.256', null],
    ['203.0.113.7/8', null],
    ['0x7f.0.0.1', null],
    ['[203.0.113.7', null],
    ['::ffff:203.0.113.999', null],
    ['<script>', null],
  ])('written as %j is %j', (text, address) => {
    expect(readIpAddress(text)).toBe(address);
  });
});

describe('where a request comes from', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8', '192.0.2.1', 'fd00::/8']);

  it.each([
    ['is the peer, where nothing was forwarded', '203.0.113.7', undefined, '203.0.113.7'],
    ['is the peer, where it is no proxy of ours', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
    ['is what the proxy says', '10.1.2.3', '203.0.113.7', '203.0.113.7'],
    ['is what the proxy says over IPv6', 'fd00::5', '2001:db8::1', '2001:db8::1'],
    [
      'is what the proxy says from a mapped address',
      '::ffff:10.1.2.3',
      '203.0.113.7',
      '203.0.113.7',
    ],
    ['is what the proxy says of a mapped one', '10.1.2.3', '::ffff:203.0.113.7', '203.0.113.7'],
    ['is read past a second proxy', '10.1.2.3', '203.0.113.7, 192.0.2.1', '203.0.113.7'],
    [
      'is never what a stranger wrote on the left',
      '10.1.2.3',
      '127.0.0.1, 203.0.113.7',
      '203.0.113.7',
    ],
    [
      'is never the proxy that a stranger claims to be',
      '10.1.2.3',
      '198.51.100.9, 10.9.9.9, 203.0.113.7',
      '203.0.113.7',
    ],
    ['is the furthest proxy, where there is nobody beyond', '10.1.2.3', '10.0.0.9', '10.0.0.9'],
    ['is the proxy that said nonsense', '10.1.2.3', '203.0.113.7, nonsense', '10.1.2.3'],
    ['is the proxy that was told nonsense', '10.1.2.3', 'nonsense, 192.0.2.1', '192.0.2.1'],
    ['is the proxy that said nothing', '10.1.2.3', '', '10.1.2.3'],
    ['is unknown, where there is no peer', undefined, '203.0.113.7', 'unknown'],
  ])('%s', (_title, peer, forwardedFor, client) => {
    expect(proxies.clientOf(peer, forwardedFor)).toBe(client);
  });

  it('is the peer, where no proxy is trusted', () => {
    expect(new TrustedProxies([]).clientOf('10.1.2.3', '203.0.113.7')).toBe('10.1.2.3');
  });

  it('is found at once, however many hops a stranger makes up', () => {
    const hops = Array.from({ length: 5_000 }, () => '10.0.0.1').join(',');
    expect(proxies.clientOf('10.1.2.3', `203.0.113.7,${hops}`)).toBe('10.0.0.1');
  });
});

describe('whether a request came over HTTPS', () => {
  const proxies = new TrustedProxies(['10.0.0.0/8']);

  it.each([
    ['10.1.2.3', 'https', true],
    ['::ffff:10.1.2.3', 'HTTPS', true],
    ['10.1.2.3', 'http, https', true],
    ['10.1.2.3', 'https, http', false],
    ['10.1.2.3', 'http', false],
    ['10.1.2.3', '', false],
    ['10.1.2.3', undefined, false],
    ['203.0.113.7', 'https', false],
    [undefined, 'https', false],
  ])('%s that forwards %s: %s', (peer, protocol, isSecure) => {
    expect(proxies.isSecure(peer, protocol)).toBe(isSecure);
  });
});
