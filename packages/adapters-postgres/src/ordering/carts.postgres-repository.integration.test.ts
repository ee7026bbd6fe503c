import { inject } from 'vitest';

import { cartRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

cartRepositoryContract(postgresShopsOn(inject('postgresUrl')));
