import { inject } from 'vitest';

import { apiKeysContract } from '@kastoma/application/testing';

import { postgresShopsOn } from '../testing/postgres-shop.ts';

apiKeysContract(postgresShopsOn(inject('postgresUrl')));
