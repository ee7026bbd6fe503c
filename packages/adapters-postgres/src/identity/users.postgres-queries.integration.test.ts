import { inject } from 'vitest';

import { userQueriesContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

userQueriesContract(postgresShopsOn(inject('postgresUrl')));
