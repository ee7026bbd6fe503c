import { inject } from 'vitest';

import {
  operationQueueContract,
  paymentRepositoryContract,
  providerEventsContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

for (const contract of [paymentRepositoryContract, operationQueueContract, providerEventsContract])
  contract(postgresShopsOn(inject('postgresUrl')));
