import type { SimulatePromotion, SimulatePromotionQuery } from '@kastoma/application/pricing';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { placedInBody, toDraft } from './promotion-body.ts';
import { presentSimulation } from './simulation.presenter.ts';
import { simulateBody, simulationAnswer, type SimulateBody } from './simulation.schemas.ts';

export type SimulationUseCases = { readonly simulatePromotion: SimulatePromotion };

export function simulationRoutes(useCases: SimulationUseCases): readonly Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/promotions/simulate',
      tag: 'Promotions',
      summary: 'Try a draft on a cart or on the last orders; nothing changes',
      permission: 'promotions.manage',
      body: simulateBody,
      idempotencyKey: 'accepted',
      status: 200,
      message: 'Promotion simulated',
      answer: simulationAnswer,
      present: presentSimulation,
      handle: ({ body, context }) =>
        useCases.simulatePromotion
          .execute({ draft: toDraft(body.promotion), on: subjectsOf(body) }, context)
          .mapErr((error) => placedInBody(error, body.promotion)),
    }),
  ];
}

function subjectsOf({
  cart_id: cartId,
  last_orders: lastOrders,
}: SimulateBody): SimulatePromotionQuery['on'] {
  // The schema has seen to it that it is one of the two.
  return cartId === undefined
    ? { kind: 'last_orders', count: lastOrders as NonNullable<typeof lastOrders> }
    : { kind: 'cart', cartId };
}
