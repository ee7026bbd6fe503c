import { inject } from 'vitest';

import { unitOfWorkContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

unitOfWorkContract(postgresShopsOn(inject('postgresUrl')));
