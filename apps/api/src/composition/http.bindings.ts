import type { Container } from 'inversify';

import { createHttpApp } from '@kastoma/adapters-http';
import { isDatabaseUnavailable } from '@kastoma/adapters-postgres';

import { SEED_PICTURES_FOLDER } from '../seed/pictures-folder.ts';
import type { Foundation } from './foundation.ts';
import { bind } from './token.ts';
import { TOKENS as T } from './tokens.ts';

type Parts = Pick<
  Foundation,
  'door' | 'requestLimits' | 'tokens' | 'healthChecks' | 'isShuttingDown' | 'reportFailure'
>;

/** The HTTP side, with every use case that it serves. */
export function bindHttp(container: Container, parts: Parts): void {
  const needs = {
    accessTokens: T.accessTokens,
    clock: T.clock,
    ids: T.ids,
    rateLimiter: T.rateLimiter,
    settings: T.settings,
    registerUser: T.registerUser,
    logIn: T.logIn,
    refreshSession: T.refreshSession,
    viewProfile: T.viewProfile,
    requestMail: T.requestMail,
    verifyEmail: T.verifyEmail,
    resetPassword: T.resetPassword,
    changePassword: T.changePassword,
    changeProfile: T.changeProfile,
    eraseAccount: T.eraseAccount,
    exportPersonalData: T.exportPersonalData,
    viewAddresses: T.viewAddresses,
    saveAddress: T.saveAddress,
    changeAddress: T.changeAddress,
    removeAddress: T.removeAddress,
    userQueries: T.userQueries,
    administerUser: T.administerUser,
    endSession: T.endSession,
    endAllSessions: T.endAllSessions,
    sessionQueries: T.sessionQueries,
    createProduct: T.createProduct,
    createCategory: T.createCategory,
    productQueries: T.productQueries,
    categoryQueries: T.categoryQueries,
    stockQueries: T.stockQueries,
    viewCart: T.viewCart,
    addToCart: T.addToCart,
    changeCartItem: T.changeCartItem,
    chooseAddress: T.chooseAddress,
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
      publicKeys: parts.tokens.keys.published,
      identity: given,
      catalog: given,
      cart: given,
      orders: given,
      promotions: given,
      door: parts.door,
      requestLimits:
        parts.requestLimits === null
          ? undefined
          : { limiter: given.rateLimiter, limits: parts.requestLimits },
      healthChecks: parts.healthChecks,
      isShuttingDown: parts.isShuttingDown,
      reportFailure: parts.reportFailure,
      seedPicturesFolder: SEED_PICTURES_FOLDER,
      isUnavailable: isDatabaseUnavailable,
    }),
  );
}
