import { describe, expect, it } from 'vitest';

import { webhookGapsOf, webhookTargetsOf } from './webhook-settings.ts';

describe('whom webhooks call', () => {
  it('is anybody where a shop is tried out, and public addresses alone in production', () => {
    expect(webhookTargetsOf({ KASTOMA_ENV: 'development' })).toBe('any');
    expect(webhookTargetsOf({ KASTOMA_ENV: 'test' })).toBe('any');
    expect(webhookTargetsOf({ KASTOMA_ENV: 'production' })).toBe('public');
    expect(webhookTargetsOf({ KASTOMA_ENV: 'test', KASTOMA_WEBHOOK_TARGETS: 'public' })).toBe(
      'public',
    );
  });

  it('is not to be widened in production', () => {
    expect(webhookGapsOf({ KASTOMA_ENV: 'production', KASTOMA_WEBHOOK_TARGETS: 'any' })).toEqual([
      'KASTOMA_WEBHOOK_TARGETS: production calls public addresses alone.',
    ]);
    expect(webhookGapsOf({ KASTOMA_ENV: 'production' })).toEqual([]);
    expect(webhookGapsOf({ KASTOMA_ENV: 'development' })).toEqual([]);
  });
});
