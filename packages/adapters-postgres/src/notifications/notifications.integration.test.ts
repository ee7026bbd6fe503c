import { inject } from 'vitest';

import {
  orderEventLogContract,
  webhookDeliveriesContract,
  webhookEndpointsContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

webhookEndpointsContract(postgresShopsOn(inject('postgresUrl')));
webhookDeliveriesContract(postgresShopsOn(inject('postgresUrl')));
orderEventLogContract(postgresShopsOn(inject('postgresUrl')));
