import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as listenRaw, type AddressInfo, type Socket } from 'node:net';

import { err } from 'neverthrow';
import { afterEach, describe, expect, it } from 'vitest';

import type { WebhookUrl } from '@kastoma/domain/notifications';

import { GuardedWebhookAddresses, type Resolve } from './guarded-webhook-addresses.ts';
import { GuardedWebhookSender } from './guarded-webhook-sender.ts';
import { isPublicAddress } from './public-addresses.ts';

const PUBLIC = '93.184.216.34';
const open: (() => Promise<void>)[] = [];
const goesOn = new AbortController().signal;

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

describe('an address is everybody’s', () => {
  it.each([PUBLIC, '1.1.1.1', '192.0.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])(
    'as %s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '239.255.255.255',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1111%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('and %s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('an endpoint', () => {
  const resolved: Record<string, readonly string[]> = {
    'erp.example.com': [PUBLIC],
    'both.example.com': [PUBLIC, '2606:4700::1111'],
    'inside.example.com': ['10.0.0.5'],
    'half.example.com': [PUBLIC, '127.0.0.1'],
    'mapped.example.com': ['::ffff:169.254.169.254'],
    'nobody.example.com': [],
  };
  const resolve: Resolve = async (name) => {
    const found = resolved[name];
    if (found === undefined) throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    return found;
  };
  const check = (text: string) => new GuardedWebhookAddresses('public', resolve).check(text);
  const refused = (reason: string) =>
    err({ code: 'notifications.webhook_address_refused', path: ['url'], reason });

  it.each([
    ['https://erp.example.com/hooks?of=shop', 'https://erp.example.com/hooks?of=shop'],
    [' https://ERP.example.com:443/a b#part ', 'https://erp.example.com/a%20b'],
    ['https://erp.example.com./', 'https://erp.example.com./'],
    ['https://both.example.com:8443/', 'https://both.example.com:8443/'],
    [`https://${PUBLIC}/`, `https://${PUBLIC}/`],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
  ])('may be %s', async (text, url) => {
    expect((await check(text))._unsafeUnwrap()).toBe(url);
  });

  it.each([
    ['https://localhost/', 'inside'],
    ['https://localhost./', 'inside'],
    ['https://hooks.localhost/', 'inside'],
    ['https://printer.local/', 'inside'],
    ['https://metadata.google.internal/', 'inside'],
    ['https://nas.home.arpa/', 'inside'],
    ['https://intranet/', 'inside'],
    ['https://127.0.0.1/', 'inside'],
    ['https://127.1/', 'inside'],
    ['https://2130706433/', 'inside'],
    ['https://0x7f000001/', 'inside'],
    ['https://0x7f.1/', 'inside'],
    ['https://0177.0.0.1/', 'inside'],
    ['https://017700000001/', 'inside'],
    ['https://①②⑦.0.0.1/', 'inside'],
    ['https://0/', 'inside'],
    ['https://169.254.169.254/latest/meta-data/', 'inside'],
    ['https://[::1]/', 'inside'],
    ['https://[::ffff:127.0.0.1]/', 'inside'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'inside'],
    ['https://[fd00::1]/', 'inside'],
    ['https://inside.example.com/', 'inside'],
    ['https://half.example.com/', 'inside'],
    ['https://mapped.example.com/', 'inside'],
    ['https://nobody.example.com/', 'unresolvable'],
    ['https://unknown.example.com/', 'unresolvable'],
    ['http://erp.example.com/', 'scheme'],
    ['ftp://erp.example.com/', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['https://me:secret@erp.example.com/', 'credentials'],
    ['https://me@erp.example.com/', 'credentials'],
    ['https://erp.example.com@127.0.0.1/', 'credentials'],
    ['https://erp.example.com:25/', 'port'],
    ['https://erp.example.com:80/', 'port'],
    ['https://erp.example.com:99999/', 'malformed'],
    ['https://', 'malformed'],
    ['erp.example.com', 'malformed'],
    ['', 'malformed'],
    ['https://erp.example.com/\ud800', 'malformed'],
  ])('is not %s: %s', async (text, reason) => {
    expect(await check(text)).toEqual(refused(reason));
  });

  it('has no address that goes on for pages, not even once it is written out', async () => {
    for (const path of ['x'.repeat(2_000), 'ü'.repeat(1_000)])
      expect(await check(`https://erp.example.com/${path}`)).toEqual(refused('malformed'));
    expect(await check('\u0000')).toEqual(refused('malformed'));
  });

  it('may be this machine where a shop is tried out, and nobody looks names up', async () => {
    const anywhere = new GuardedWebhookAddresses('any', async () => {
      throw new Error('It was looked up.');
    });
    expect((await anywhere.check('http://localhost:3000/hooks')).isOk()).toBe(true);
    expect((await anywhere.check('https://10.0.0.5/')).isOk()).toBe(true);
    expect(await anywhere.check('ftp://localhost/')).toEqual(refused('scheme'));
    expect(await anywhere.check('http://me:secret@localhost/')).toEqual(refused('credentials'));
  });
});

describe('a call', () => {
  const patience = { wholeCallMilliseconds: 400, largestAnswerBytes: 1_000 };
  const nowhere: Resolve = async () => [];
  const unknown: Resolve = async () => {
    throw new Error('It could not be looked up.');
  };

  it('is one POST with the headers and the very bytes, and tells the status', async () => {
    const calls: { headers: IncomingMessage['headers']; body: string; method: string }[] = [];
    const port = await listen(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      calls.push({ headers: request.headers, body, method: request.method ?? '' });
      response.writeHead(204).end();
    });
    const sender = new GuardedWebhookSender('any', async () => ['127.0.0.1'], patience);
    const request = {
      url: `http://hooks.example:${port}/x?y=z` as WebhookUrl,
      headers: { 'webhook-id': 'one' },
      body: '{"a":"ü \\" "}',
    };
    expect(await sender.send(request, goesOn)).toEqual(answered(204));
    expect(calls).toMatchObject([
      {
        method: 'POST',
        body: request.body,
        headers: {
          host: `hooks.example:${port}`,
          'webhook-id': 'one',
          'content-type': 'application/json',
          'user-agent': 'Kastoma-Webhooks/1',
        },
      },
    ]);
  });

  it('goes to the address that was looked at, whatever the name leads to a moment later', async () => {
    const { port, connections } = await listenForConnections();
    const answers = [[PUBLIC], ['127.0.0.1']];
    const rebinding: Resolve = async () => answers.shift() ?? [];
    const url = `https://erp.example.com:${port}/`;
    const checked = await new GuardedWebhookAddresses('public', rebinding).check(url);
    const sender = new GuardedWebhookSender('public', rebinding, patience);
    const request = { url: checked._unsafeUnwrap(), headers: {}, body: '' };
    expect(await sender.send(request, goesOn)).toEqual(failed('address_inside'));
    expect(connections()).toBe(0);
  });

  it('is not made where one of several addresses leads inside', async () => {
    const { port, connections } = await listenForConnections();
    const half: Resolve = async () => [PUBLIC, '127.0.0.1'];
    const sender = new GuardedWebhookSender('public', half, patience);
    const url = `https://half.example.com:${port}/` as WebhookUrl;
    expect(await sender.send({ url, headers: {}, body: '' }, goesOn)).toEqual(
      failed('address_inside'),
    );
    expect(connections()).toBe(0);
  });

  it.each([
    ['https://127.0.0.1/', 'address_inside'],
    ['https://[::1]/', 'address_inside'],
    ['http://erp.example.com/', 'address_scheme'],
    ['https://a:b@erp.example.com/', 'address_credentials'],
    ['nonsense', 'address_malformed'],
  ])('is not made to %s, though it was stored', async (url, error) => {
    const sender = new GuardedWebhookSender('public', nowhere, patience);
    const request = { url: url as WebhookUrl, headers: {}, body: '' };
    expect(await sender.send(request, goesOn)).toEqual(failed(error));
  });

  it('follows no redirect', async () => {
    let second = 0;
    const inside = await listen((_request, response) => {
      second += 1;
      response.end();
    });
    const port = await listen((_request, response) => {
      response.writeHead(307, { Location: `http://127.0.0.1:${inside}/` }).end();
    });
    expect(await send(port)).toEqual(answered(307));
    expect(second).toBe(0);
  });

  it('reads how long it is to stay away', async () => {
    const headers = { 'Retry-After': '120' };
    const port = await listen((_request, response) => response.writeHead(503, headers).end());
    expect(await send(port)).toEqual({ ...answered(503), retryAfterSeconds: 120 });
    const dated = { 'Retry-After': 'Fri, 31 Dec 1999 23:59:59 GMT' };
    const other = await listen((_request, response) => response.writeHead(503, dated).end());
    expect(await send(other)).toEqual(answered(503));
  });

  it('takes in no more of an answer than is good for it', async () => {
    let isCutOff = false;
    const port = await listen((_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => {
        clearInterval(timer);
        isCutOff = true;
      });
    });
    expect(await send(port)).toEqual(answered(200));
    await expect.poll(() => isCutOff).toBe(true);
  });

  it('ends when the other side says nothing, or begins and never ends', async () => {
    const silent = await listen(() => undefined);
    expect(await send(silent)).toEqual(failed('timed_out'));
    const slow = await listen((_request, response) => {
      response.writeHead(202);
      response.write('and');
    });
    expect(await send(slow)).toEqual(answered(202));
  });

  it('ends at once when the shop does', async () => {
    const stop = new AbortController();
    const port = await listen(() => {
      stop.abort();
    });
    const begun = Date.now();
    const sender = new GuardedWebhookSender('any', nowhere, {
      ...patience,
      wholeCallMilliseconds: 60_000,
    });
    const request = { url: `http://127.0.0.1:${port}/` as WebhookUrl, headers: {}, body: '' };
    expect(await sender.send(request, stop.signal)).toMatchObject({ kind: 'failed' });
    expect(Date.now() - begun).toBeLessThan(5_000);
  });

  it('tells in a code why nobody could be reached', async () => {
    const { port, close } = await listenForConnections();
    await close();
    expect(await send(port)).toEqual(failed('econnrefused'));
    const url = 'http://nobody.example/' as WebhookUrl;
    const sender = new GuardedWebhookSender('any', nowhere, patience);
    expect(await sender.send({ url, headers: {}, body: '' }, goesOn)).toEqual(failed('enotfound'));
    const lost = new GuardedWebhookSender('any', unknown, patience);
    expect(await lost.send({ url, headers: {}, body: '' }, goesOn)).toEqual(failed('unreachable'));
  });

  it('tells in a code what was no HTTP', async () => {
    const { port } = await listenForConnections('nonsense\r\n\r\n');
    expect(await send(port)).toMatchObject({
      kind: 'failed',
      error: expect.stringMatching(/^hpe_/) as string,
    });
  });

  it.each([
    [
      'would rather speak something else',
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      answered(101),
    ],
    [
      'would, and does not say what',
      'HTTP/1.1 101 Switching Protocols\r\n\r\n',
      expect.objectContaining({ kind: expect.any(String) as string }),
    ],
    ['hangs up without a word', '', failed('econnreset')],
    ['hangs up in the middle of the headers', 'HTTP/1.1 200 OK\r\nConte', failed('econnreset')],
  ])('ends where the other side %s', async (_what, words, answer) => {
    const { port } = await listenForConnections(words);
    expect(await send(port)).toEqual(answer);
  });

  it('ends where the other side takes the connection, speaks something else and stays', async () => {
    const switched =
      'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n';
    let isHungUp = false;
    const port = await listenForSockets((socket) => {
      socket.write(`${switched}and more`);
      socket.on('close', () => {
        isHungUp = true;
      });
    });
    expect(await send(port)).toEqual(answered(101));
    await expect.poll(() => isHungUp).toBe(true);
  });

  it('ends where the other side takes the connection and never says anything', async () => {
    const port = await listenForSockets(() => undefined);
    expect(await send(port)).toEqual(failed('timed_out'));
  });

  function send(port: number) {
    const sender = new GuardedWebhookSender('any', nowhere, patience);
    const url = `http://127.0.0.1:${port}/` as WebhookUrl;
    return sender.send({ url, headers: {}, body: '{}' }, goesOn);
  }
});

const answered = (status: number) => ({ kind: 'answered', status, retryAfterSeconds: null });
const failed = (error: string) => ({ kind: 'failed', error });

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<number> {
  const server: Server = createServer((request, response) => {
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(async () => {
    server.closeAllConnections();
    await new Promise<unknown>((resolve) => {
      server.close(resolve);
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Leaves to the test what is said, and when the connection ends. */
async function listenForSockets(say: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = listenRaw((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
    say(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<unknown>((resolve) => {
      server.close(resolve);
    });
  });
  return (server.address() as AddressInfo).port;
}

/** Counts who comes; says the words to everybody. */
async function listenForConnections(words?: string) {
  let connections = 0;
  const server = listenRaw((socket) => {
    connections += 1;
    socket.on('error', () => undefined).resume();
    if (words !== undefined) socket.end(words);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await new Promise<unknown>((resolve) => {
      server.close(resolve);
    });
  };
  open.push(close);
  const { port } = server.address() as AddressInfo;
  return { port, connections: () => connections, close };
}
