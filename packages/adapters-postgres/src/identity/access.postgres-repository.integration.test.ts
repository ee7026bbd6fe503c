import { inject } from 'vitest';

import { accessRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

accessRepositoryContract(postgresShopsOn(inject('postgresUrl')));
