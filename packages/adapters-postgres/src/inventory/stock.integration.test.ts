import { inject } from 'vitest';

import {
  stockHistoryContract,
  stockLedgerContract,
  stockQueriesContract,
  stockReservationsContract,
} from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

const open = postgresShopsOn(inject('postgresUrl'));

stockLedgerContract(open);
stockReservationsContract(open);
stockQueriesContract(open);
stockHistoryContract(open, { runs: 8 });
