import { inject } from 'vitest';

import { outboxDeliveriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

outboxDeliveriesContract(postgresShopsOn(inject('postgresUrl')));
