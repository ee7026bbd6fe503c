import { inject } from 'vitest';

import { couponQueriesContract, couponRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

couponRepositoryContract(postgresShopsOn(inject('postgresUrl')));
couponQueriesContract(postgresShopsOn(inject('postgresUrl')));
