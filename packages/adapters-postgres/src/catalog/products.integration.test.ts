import { inject } from 'vitest';

import { productRepositoryContract, productQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

productRepositoryContract(postgresShopsOn(inject('postgresUrl')));
productQueriesContract(postgresShopsOn(inject('postgresUrl')));
