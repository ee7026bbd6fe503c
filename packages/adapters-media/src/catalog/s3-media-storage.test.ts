import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MediaKey } from '@kastoma/application/catalog';
import { mediaStorageContract } from '@kastoma/application/testing';

import { openS3Server, type S3Server } from '../testing/s3-server.ts';
import { isMediaUnavailable } from './media-unavailable.ts';
import { S3MediaStorage } from './s3-media-storage.ts';

const KEY = 'images/0199c0de-0000-7000-8000-000000000001/320.webp' as MediaKey;

mediaStorageContract(async () => {
  const { settings, close } = await openS3Server();
  return { users: [new S3MediaStorage(settings), new S3MediaStorage(settings)], close };
});

describe('a bucket', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await openS3Server();
  });
  afterAll(() => server.close());

  it('serves a file with its type, and lets everybody keep it for a year', async () => {
    await new S3MediaStorage(server.settings).store(KEY, new Uint8Array([1, 2]));
    const { endpoint, bucket } = server.settings;
    const served = await fetch(`${endpoint}/${bucket}/${KEY}`);
    expect(served.status).toBe(200);
    expect(served.headers.get('content-type')).toBe('image/webp');
    expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  });

  it.each([{ accessKeyId: 'nobody' }, { secretAccessKey: 'guessed' }, { bucket: 'not-there' }])(
    'that refuses our settings is no outage and no missing file: %j',
    async (wrong) => {
      const storage = new S3MediaStorage({ ...server.settings, ...wrong });
      const failures = await Promise.all([
        storage.store(KEY, new Uint8Array([1])).catch((error: unknown) => error),
        storage.read(KEY).catch((error: unknown) => error),
      ]);
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(Error);
        expect(isMediaUnavailable(failure)).toBe(false);
      }
    },
  );
});

describe('a bucket that does not answer', () => {
  let silent: Server;
  let statuses: number[] = [];
  beforeAll(async () => {
    silent = createServer((_request, response) => {
      const status = statuses.shift();
      if (status !== undefined) response.writeHead(status).end();
    });
    await once(silent.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  function storage(port = (silent.address() as AddressInfo).port) {
    return new S3MediaStorage({
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'pictures',
      region: 'us-east-1',
      accessKeyId: 'a',
      secretAccessKey: 'b',
      patience: { milliseconds: 300, retries: 1 },
    });
  }

  it('is unavailable: silent, gone, or overloaded twice', async () => {
    statuses = [503, 503];
    expect(isMediaUnavailable(await storage().read(KEY).catch(identity))).toBe(true);
    expect(isMediaUnavailable(await storage().read(KEY).catch(identity))).toBe(true);
    expect(isMediaUnavailable(await storage(1).delete(KEY).catch(identity))).toBe(true);
  });

  it('is asked once more when it is overloaded', async () => {
    statuses = [503, 200];
    await storage().store(KEY, new Uint8Array([1]));
    expect(statuses).toEqual([]);
  });
});

function identity(error: unknown): unknown {
  return error;
}
