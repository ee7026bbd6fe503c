import { inject } from 'vitest';

import { addressBookRepositoryContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

addressBookRepositoryContract(postgresShopsOn(inject('postgresUrl')));
