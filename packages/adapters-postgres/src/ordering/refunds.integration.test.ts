import { inject } from 'vitest';

import { refundsContract, returnsContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

refundsContract(postgresShopsOn(inject('postgresUrl')));
returnsContract(postgresShopsOn(inject('postgresUrl')));
