import { inject } from 'vitest';

import {
  orderLifeContract,
  orderQueriesContract,
  orderRecordsContract,
  orderRepositoryContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

orderRepositoryContract(postgresShopsOn(inject('postgresUrl')));
orderQueriesContract(postgresShopsOn(inject('postgresUrl')));
orderLifeContract(postgresShopsOn(inject('postgresUrl')));
orderRecordsContract(postgresShopsOn(inject('postgresUrl')));
