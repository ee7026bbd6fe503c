import { err, type Err } from 'neverthrow';

import type { TooManyAttempts } from '@kastoma/domain/identity';

import type { RateLimitVerdict } from '../core/rate-limiter.port.ts';

type Refused = Extract<RateLimitVerdict, { allowed: false }>;

export function tooManyAttempts({ retryAfterSeconds }: Refused): Err<never, TooManyAttempts> {
  return err({ code: 'identity.too_many_attempts', retryAfterSeconds });
}
