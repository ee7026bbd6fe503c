import { describe, expect, it } from 'vitest';

import { readEnvironment } from './environment.ts';

const BUCKET = {
  KASTOMA_S3_ENDPOINT: 'https://s3.example.com/',
  KASTOMA_S3_BUCKET: 'pictures',
  KASTOMA_S3_ACCESS_KEY_ID: 'key',
  KASTOMA_S3_SECRET_ACCESS_KEY: 'secret',
};

function media(variables: Record<string, string>) {
  return readEnvironment(variables)._unsafeUnwrap().media;
}

function problems(variables: Record<string, string>) {
  return readEnvironment(variables)._unsafeUnwrapErr().join(' ');
}

describe('where images are kept', () => {
  it('is the data folder, and the shop serves them, unless told otherwise', () => {
    expect(media({})).toEqual({ bucket: null, publicUrl: null, assetUrl: null });
  });

  it('is a bucket, with its keys', () => {
    expect(media({ ...BUCKET, KASTOMA_S3_REGION: 'auto' }).bucket).toEqual({
      endpoint: 'https://s3.example.com',
      bucket: 'pictures',
      region: 'auto',
      accessKeyId: 'key',
      secretAccessKey: 'secret',
    });
    expect(media(BUCKET).bucket?.region).toBe('us-east-1');
  });

  it('is told in whole or not at all', () => {
    for (const name of Object.keys(BUCKET)) {
      const partly = Object.fromEntries(Object.entries(BUCKET).filter(([other]) => other !== name));
      expect(problems(partly)).toContain('KASTOMA_S3_ENDPOINT: it is wanted with');
    }
  });

  it.each([
    ['KASTOMA_MEDIA_URL', 'media.example.com'],
    ['KASTOMA_MEDIA_URL', 'ftp://media.example.com'],
    ['KASTOMA_MEDIA_URL', 'https://user:secret@media.example.com'],
    ['KASTOMA_S3_ENDPOINT', 's3'],
    ['KASTOMA_S3_BUCKET', '../other'],
    ['KASTOMA_S3_REGION', 'eu central'],
  ])('is an address that can be: %s=%s', (name, value) => {
    expect(problems({ ...BUCKET, [name]: value })).toContain(`${name}: `);
  });

  it('leaves the files of our pages to a CDN, where one is named', () => {
    const { assetUrl, publicUrl } = media({ KASTOMA_ASSET_URL: 'https://cdn.example.com/api/' });
    expect([assetUrl, publicUrl]).toEqual(['https://cdn.example.com/api', null]);
    expect(problems({ KASTOMA_ASSET_URL: '/assets' })).toContain('KASTOMA_ASSET_URL: ');
  });

  it('is served from where it is told, with no slash too many', () => {
    expect(media({ KASTOMA_MEDIA_URL: 'https://cdn.example.com/shop/' }).publicUrl).toBe(
      'https://cdn.example.com/shop',
    );
  });
});
