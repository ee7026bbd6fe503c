import { inject } from 'vitest';

import {
  operationQueueContract,
  paymentRepositoryContract,
  providerEventsContract,
  stuckOperationsContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

for (const contract of [
  paymentRepositoryContract,
  operationQueueContract,
  providerEventsContract,
  stuckOperationsContract,
])
  contract(postgresShopsOn(inject('postgresUrl')));
