import { inject } from 'vitest';

import { categoryRepositoryContract, categoryQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

categoryRepositoryContract(postgresShopsOn(inject('postgresUrl')));
categoryQueriesContract(postgresShopsOn(inject('postgresUrl')));
