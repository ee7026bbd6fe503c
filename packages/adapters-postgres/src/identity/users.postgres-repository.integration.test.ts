import { inject } from 'vitest';

import { userRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

userRepositoryContract(postgresShopsOn(inject('postgresUrl')));
