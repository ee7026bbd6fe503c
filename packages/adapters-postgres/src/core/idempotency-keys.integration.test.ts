import { inject } from 'vitest';

import { idempotencyContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

idempotencyContract(postgresShopsOn(inject('postgresUrl')));
