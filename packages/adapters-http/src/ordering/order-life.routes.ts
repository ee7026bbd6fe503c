import type { CancelOrder, ChangeOrderStatus, FulfilOrder } from '@kastoma/application/ordering';
import type { OrderStatusName } from '@kastoma/domain/ordering';

import { endpoint, type Endpoint } from '../core/endpoint.ts';
import { fulfilledOrderAnswer, fulfilOrderBody } from './fulfilments.schemas.ts';
import { ownerSeenBy } from './order-access.ts';
import { cancelOrderBody, changeOrderBody } from './order-life.schemas.ts';
import { presentFulfilledOrder, presentOrder } from './order.presenter.ts';
import { orderAnswer, orderParams } from './orders.schemas.ts';

export type OrderLifeUseCases = {
  readonly cancelOrder: CancelOrder;
  readonly changeOrderStatus: ChangeOrderStatus;
  readonly fulfilOrder: FulfilOrder;
};

const ofOrder = { tag: 'Orders', params: orderParams } as const;
const showsOrder = {
  answer: orderAnswer,
  present: presentOrder,
  versionOf: ({ version }: { readonly version: number }) => version,
} as const;

/** What becomes of an order when it is placed. */
export function orderLifeRoutes(useCases: OrderLifeUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...ofOrder,
      ...showsOrder,
      method: 'post',
      path: '/orders/{id}/cancel',
      summary: "Cancel one of one's orders, or a guest's by its token, before any of it has left",
      permission: 'orders.follow',
      alsoFor: 'orders.manage',
      guestToken: 'order',
      body: cancelOrderBody,
      idempotencyKey: 'accepted',
      status: 200,
      message: 'Order cancelled',
      handle: ({ params, body, actor, shown, context }) =>
        ownerSeenBy({ actor, shown }, params.id, 'orders.manage').asyncAndThen((customerId) =>
          useCases.cancelOrder.execute(
            { orderId: params.id, customerId, reason: body.reason ?? '' },
            context,
          ),
        ),
    }),
    endpoint({
      ...ofOrder,
      ...showsOrder,
      method: 'patch',
      path: '/orders/{id}',
      summary: 'Move an order on; to shipped, all that is left is sent off',
      permission: 'orders.manage',
      body: changeOrderBody,
      ifMatch: 'required',
      status: 200,
      message: 'Order changed',
      handle: ({ params, body, expectedVersion, context }) =>
        useCases.changeOrderStatus.execute(
          { orderId: params.id, status: body.status as OrderStatusName, expectedVersion },
          context,
        ),
    }),
    endpoint({
      ...ofOrder,
      method: 'post',
      path: '/orders/{id}/fulfilments',
      summary: 'Send units of an order off; with the last of them it is shipped',
      permission: 'orders.manage',
      body: fulfilOrderBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Units sent off',
      answer: fulfilledOrderAnswer,
      present: presentFulfilledOrder,
      handle: ({ params, body, context }) =>
        useCases.fulfilOrder.execute(
          {
            orderId: params.id,
            lines: body.lines.map(({ item_id: itemId, quantity }) => ({
              itemId: itemId.toLowerCase(),
              quantity,
            })),
            carrier: body.carrier ?? null,
            trackingNumber: body.tracking_number ?? null,
          },
          context,
        ),
    }),
  ];
}
