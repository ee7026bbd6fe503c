import { createHash } from 'node:crypto';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';

import type { RequestScope } from '../core/request-scope.ts';
import { mountDocs } from './docs.page.ts';

const LOADED = /<(?:script src|link rel="stylesheet" href)="([^"]+)" integrity="sha384-([^"]+)"/g;

function newApp(assetUrl?: string) {
  const app = new OpenAPIHono<RequestScope>();
  mountDocs(app, {}, assetUrl);
  return app;
}

async function loadedBy(app: ReturnType<typeof newApp>) {
  const page = await (await app.request('/api/docs')).text();
  return [...page.matchAll(LOADED)].map(([, url = '', sha384 = '']) => ({ url, sha384 }));
}

describe('what the reference loads', () => {
  it('has names and seals of what is in it, and is never asked for twice', async () => {
    const app = newApp();
    const loaded = await loadedBy(app);
    expect(loaded.map(({ url }) => url.replace(/\.[\w-]{16}\./, '.hash.'))).toEqual([
      '/assets/swagger-ui.hash.css',
      '/assets/swagger-ui-bundle.hash.js',
      '/assets/docs.hash.js',
    ]);
    for (const { url, sha384 } of loaded) {
      const sent = await app.request(url);
      expect(sent.status).toBe(200);
      expect(sent.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      const bytes = new Uint8Array(await sent.arrayBuffer());
      expect(createHash('sha384').update(bytes).digest('base64')).toBe(sha384);

      const tag = sent.headers.get('etag') ?? '';
      expect(tag).toMatch(/^"[\w-]{16}"$/);
      const again = await app.request(url, { headers: { 'If-None-Match': tag } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    expect(await loadedBy(newApp())).toEqual(loaded);
  });

  it('comes compressed to those who can read it so', async () => {
    const app = newApp();
    const [, script] = await loadedBy(app);
    const ask = async (accepted: string) => {
      const sent = await app.request(script?.url ?? '', {
        headers: { 'Accept-Encoding': accepted },
      });
      expect(sent.headers.get('vary')).toBe('Accept-Encoding');
      return {
        encoding: sent.headers.get('content-encoding'),
        bytes: Buffer.from(await sent.arrayBuffer()),
      };
    };
    const plain = await ask('identity');
    expect(plain.encoding).toBe(null);
    const brotli = await ask('gzip, deflate, br');
    expect(brotli.encoding).toBe('br');
    expect(brotliDecompressSync(brotli.bytes)).toEqual(plain.bytes);
    expect(brotli.bytes.length).toBeLessThan(plain.bytes.length / 3);
    const gzipped = await ask('gzip;q=0.5, br;q=0');
    expect(gzipped.encoding).toBe('gzip');
    expect(gunzipSync(gzipped.bytes)).toEqual(plain.bytes);
    expect((await ask('gzip;q=0.0')).encoding).toBe(null);
  });

  it('comes from a CDN where one is named, which may then be executed and nothing else', async () => {
    const app = newApp('https://cdn.example/shop');
    const [style] = await loadedBy(app);
    expect(style?.url).toMatch(/^https:\/\/cdn\.example\/shop\/assets\/swagger-ui\./);
    const policy = (await app.request('/api/docs')).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' https://cdn.example;");
    const fetched = await app.request(style?.url.replace('https://cdn.example/shop', '') ?? '');
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get('access-control-allow-origin')).toBe('*');
    expect(fetched.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });

  it('is nothing else that stands beside it', async () => {
    const app = newApp();
    for (const path of ['/assets/package.json', '/assets/swagger-ui.css', '/assets/..%2Fx'])
      expect((await app.request(path)).status).toBe(404);
  });
});
