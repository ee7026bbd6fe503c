import { inject } from 'vitest';

import { sessionQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

sessionQueriesContract(postgresShopsOn(inject('postgresUrl')));
