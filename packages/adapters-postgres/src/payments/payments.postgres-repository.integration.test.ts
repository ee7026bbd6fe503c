import { inject } from 'vitest';

import { paymentRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

paymentRepositoryContract(postgresShopsOn(inject('postgresUrl')));
