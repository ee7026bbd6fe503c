import type { Container } from 'inversify';

import { createHttpApp } from '@kastoma/adapters-http';
import { isDatabaseUnavailable } from '@kastoma/adapters-postgres';

import { SEED_PICTURES_FOLDER } from '../seed/pictures-folder.ts';
import type { Foundation } from './foundation.ts';
import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

type Parts = Pick<Foundation, 'healthChecks' | 'isShuttingDown' | 'reportFailure'>;

/** The HTTP side, with every use case that it serves. */
export function bindHttp(container: Container, parts: Parts): void {
  const needs = {
    accessTokens: T.accessTokens,
    clock: T.clock,
    ids: T.ids,
    settings: T.settings,
    registerUser: T.registerUser,
    logIn: T.logIn,
    refreshSession: T.refreshSession,
    viewProfile: T.viewProfile,
    createProduct: T.createProduct,
    createCategory: T.createCategory,
    productQueries: T.productQueries,
    categoryQueries: T.categoryQueries,
    stockQueries: T.stockQueries,
    viewCart: T.viewCart,
    addToCart: T.addToCart,
    changeCartItem: T.changeCartItem,
    chooseShipping: T.chooseShipping,
    clearCart: T.clearCart,
    applyCoupon: T.applyCoupon,
    removeCoupon: T.removeCoupon,
    validateCoupon: T.validateCoupon,
    placeOrder: T.placeOrder,
    orderQueries: T.orderQueries,
    createPromotion: T.createPromotion,
    revisePromotion: T.revisePromotion,
    deletePromotion: T.deletePromotion,
    promotionQueries: T.promotionQueries,
    createCoupon: T.createCoupon,
    reviseCoupon: T.reviseCoupon,
    deleteCoupon: T.deleteCoupon,
    couponQueries: T.couponQueries,
    simulatePromotion: T.simulatePromotion,
  };
  bind(container, T.httpApp, needs, (given) =>
    createHttpApp({
      ...given,
      identity: given,
      catalog: given,
      cart: given,
      orders: given,
      promotions: given,
      healthChecks: parts.healthChecks,
      isShuttingDown: parts.isShuttingDown,
      reportFailure: parts.reportFailure,
      seedPicturesFolder: SEED_PICTURES_FOLDER,
      isUnavailable: isDatabaseUnavailable,
    }),
  );
}
