import { ResultAsync } from 'neverthrow';

import type { Feed, Page } from '@kastoma/application/core';
import type {
  CreateLocation,
  Locations,
  MovementView,
  PostMovement,
  ReviseStock,
  StockQueries,
} from '@kastoma/application/inventory';
import type { LocationNotFound, StockNotFound } from '@kastoma/domain/inventory';

import { pageOnlyQuery } from '../core/core.schemas.ts';
import { toPart } from '../core/cursors.ts';
import { endpoint, listEndpoint, type Endpoint } from '../core/endpoint.ts';
import { toPageRequest } from '../core/pagination.ts';
import {
  presentLocation,
  presentLowStock,
  presentMovement,
  presentStock,
} from './inventory.presenters.ts';
import {
  createLocationBody,
  locationAnswer,
  locationQuery,
  lowStockAnswer,
  lowStockQuery,
  movementAnswer,
  movementsQuery,
  postMovementBody,
  reviseStockBody,
  stockAnswer,
  variantParams,
} from './inventory.schemas.ts';

export type InventoryUseCases = {
  readonly stockQueries: StockQueries;
  readonly reviseStock: ReviseStock;
  readonly postMovement: PostMovement;
  readonly locations: Pick<Locations, 'list'>;
  readonly createLocation: CreateLocation;
};

type MovementPart = ResultAsync<
  Page<MovementView> | Feed<MovementView>,
  StockNotFound | LocationNotFound
>;

const ofVariant = { tag: 'Inventory', params: variantParams } as const;
const showsStock = { answer: stockAnswer, present: presentStock, status: 200 } as const;
const showsMovement = { answer: movementAnswer, present: presentMovement } as const;
const showsLocation = {
  tag: 'Inventory',
  path: '/inventory/locations',
  answer: locationAnswer,
  present: presentLocation,
} as const;

export function inventoryRoutes(useCases: InventoryUseCases): readonly Endpoint[] {
  return [
    endpoint({
      ...ofVariant,
      ...showsStock,
      method: 'get',
      path: '/variants/{id}/stock',
      summary: 'Read what is on hand, reserved and available',
      permission: 'inventory.read',
      query: locationQuery,
      message: 'Stock',
      versionOf: (stock) => stock.version,
      handle: ({ params, query }) => useCases.stockQueries.find(params.id, query.location),
    }),
    endpoint({
      ...ofVariant,
      ...showsStock,
      method: 'put',
      path: '/variants/{id}/stock',
      summary: 'Set what was counted, and how the account is kept; what is left out stays',
      permission: 'inventory.manage',
      query: locationQuery,
      body: reviseStockBody,
      ifMatch: 'required',
      message: 'Stock changed',
      versionOf: (stock) => stock.version,
      handle: ({ params, query, body, expectedVersion, context }) =>
        useCases.reviseStock.execute(
          {
            variantId: params.id,
            location: query.location ?? null,
            onHand: body.on_hand,
            tracking: body.tracking,
            backorderLimit: body.backorder_limit,
            reorderPoint: body.reorder_point,
            reason: body.reason,
            expectedVersion,
          },
          context,
        ),
    }),
    listEndpoint({
      ...ofVariant,
      ...showsMovement,
      method: 'get',
      path: '/variants/{id}/stock/movements',
      summary: 'Read the ledger of a variant, the latest movement first',
      permission: 'inventory.read',
      query: movementsQuery,
      message: 'Stock movements',
      handle: ({ params, query: { location = null, type = null, ...asked } }): MovementPart => {
        const filter = { variantId: params.id, location, type };
        const part = toPart(asked);
        return 'page' in part
          ? useCases.stockQueries.movements(filter, part)
          : useCases.stockQueries.movementFeed(filter, part);
      },
    }),
    endpoint({
      ...ofVariant,
      ...showsMovement,
      method: 'post',
      path: '/variants/{id}/stock/movements',
      summary: 'Post a purchase, an adjustment, a return or damage',
      permission: 'inventory.manage',
      query: locationQuery,
      body: postMovementBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Movement posted',
      handle: ({ params, query, body, context }) =>
        useCases.postMovement.execute(
          { variantId: params.id, location: query.location ?? null, ...body },
          context,
        ),
    }),
    listEndpoint({
      tag: 'Inventory',
      method: 'get',
      path: '/inventory/low-stock',
      summary: 'List what runs out, the least available first',
      permission: 'inventory.read',
      query: lowStockQuery,
      message: 'Low stock',
      answer: lowStockAnswer,
      present: presentLowStock,
      handle: ({ query: { location = null, threshold, ...page } }) =>
        useCases.stockQueries.lowStock({ location, threshold }, toPageRequest(page)),
    }),
    listEndpoint({
      ...showsLocation,
      method: 'get',
      summary: 'List the places where units are kept, the default one first',
      permission: 'inventory.read',
      query: pageOnlyQuery,
      message: 'Locations',
      handle: ({ query }) =>
        ResultAsync.fromSafePromise(useCases.locations.list(toPageRequest(query))),
    }),
    endpoint({
      ...showsLocation,
      method: 'post',
      summary: 'Open a place where units are kept; orders are served from the default one',
      permission: 'inventory.manage',
      body: createLocationBody,
      idempotencyKey: 'accepted',
      status: 201,
      message: 'Location created',
      handle: ({ body, context }) => useCases.createLocation.execute(body, context),
    }),
  ];
}
