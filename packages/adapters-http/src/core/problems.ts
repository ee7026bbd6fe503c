import { CATALOG_PROBLEMS, type CatalogError } from '../catalog/catalog.problems.ts';
import { IDENTITY_PROBLEMS, type IdentityError } from '../identity/identity.problems.ts';
import { INVENTORY_PROBLEMS, type InventoryError } from '../inventory/inventory.problems.ts';
import {
  NOTIFICATIONS_PROBLEMS,
  type NotificationsError,
} from '../notifications/notifications.problems.ts';
import { ORDER_LIFE_PROBLEMS, type OrderLifeError } from '../ordering/order-life.problems.ts';
import { ORDERING_PROBLEMS, type OrderingError } from '../ordering/ordering.problems.ts';
import { PAYMENTS_PROBLEMS, type PaymentsError } from '../payments/payments.problems.ts';
import { PRICING_PROBLEMS, type PricingAdministrationError } from '../pricing/pricing.problems.ts';
import { CORE_PROBLEMS, type CoreError } from './core.problems.ts';
import { toWirePath, type Problem, type ProblemMap, type ProblemStatus } from './problem-map.ts';

/** Every error that a use case may answer with; one that is not here does not compile in a route. */
export type KnownError =
  | CoreError
  | IdentityError
  | CatalogError
  | InventoryError
  | NotificationsError
  | OrderingError
  | OrderLifeError
  | PaymentsError
  | PricingAdministrationError;

const PROBLEMS: ProblemMap<KnownError> = {
  ...CORE_PROBLEMS,
  ...IDENTITY_PROBLEMS,
  ...CATALOG_PROBLEMS,
  ...INVENTORY_PROBLEMS,
  ...NOTIFICATIONS_PROBLEMS,
  ...ORDERING_PROBLEMS,
  ...ORDER_LIFE_PROBLEMS,
  ...PAYMENTS_PROBLEMS,
  ...PRICING_PROBLEMS,
};

export type ToldProblem = {
  readonly status: ProblemStatus;
  readonly problem: Problem;
  readonly headers: Record<string, string>;
};

/** An error of the business as a client is told of it. */
export function tell(error: KnownError): ToldProblem {
  // Each entry takes the error of its own code; the index ties the two together, which the compiler cannot see.
  const entry = PROBLEMS[error.code] as ProblemMap<KnownError>['core.concurrent_update'];
  const known = error as never;
  const path =
    'path' in error && error.path.length > 0 ? toWirePath(error.path) : (entry.field ?? null);
  return {
    status: entry.status,
    problem: {
      code: error.code,
      message: entry.describe(known),
      path,
      detail: entry.detail?.(known) ?? {},
    },
    headers: entry.headers?.(known) ?? {},
  };
}

/** Every code with its status, for the reference. */
export const ALL_PROBLEM_STATUSES: Readonly<Record<string, ProblemStatus>> = Object.fromEntries(
  Object.entries(PROBLEMS).map(([code, { status }]) => [code, status]),
);
