import { inject } from 'vitest';

import { oneTimeTokensContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

oneTimeTokensContract(postgresShopsOn(inject('postgresUrl')));
