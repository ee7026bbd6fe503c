import { inject } from 'vitest';

import { orderRepositoryContract, orderQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

orderRepositoryContract(postgresShopsOn(inject('postgresUrl')));
orderQueriesContract(postgresShopsOn(inject('postgresUrl')));
