import { inject } from 'vitest';

import { sessionRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

sessionRepositoryContract(postgresShopsOn(inject('postgresUrl')));
