import { inject } from 'vitest';

import { stockLedgerContract, stockQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

stockLedgerContract(postgresShopsOn(inject('postgresUrl')));
stockQueriesContract(postgresShopsOn(inject('postgresUrl')));
