import { inject } from 'vitest';

import {
  productChangesContract,
  productListContract,
  productQueriesContract,
  productRepositoryContract,
  productSearchContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

productRepositoryContract(postgresShopsOn(inject('postgresUrl')));
productQueriesContract(postgresShopsOn(inject('postgresUrl')));
productChangesContract(postgresShopsOn(inject('postgresUrl')));
productListContract(postgresShopsOn(inject('postgresUrl')));
productSearchContract(postgresShopsOn(inject('postgresUrl')));
