import { inject } from 'vitest';

import {
  promotionQueriesContract,
  promotionRepositoryContract,
  promotionsInForceContract,
  promotionUsesContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

promotionRepositoryContract(postgresShopsOn(inject('postgresUrl')));
promotionQueriesContract(postgresShopsOn(inject('postgresUrl')));
promotionUsesContract(postgresShopsOn(inject('postgresUrl')));
promotionsInForceContract(postgresShopsOn(inject('postgresUrl')));
