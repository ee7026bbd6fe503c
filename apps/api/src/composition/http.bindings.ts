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
  bind(
    container,
    T.httpApp,
    [
      T.accessTokens,
      T.clock,
      T.ids,
      T.settings,
      T.registerUser,
      T.logIn,
      T.refreshSession,
      T.viewProfile,
      T.createProduct,
      T.createCategory,
      T.productQueries,
      T.categoryQueries,
      T.stockQueries,
      T.viewCart,
      T.addToCart,
      T.changeCartItem,
      T.chooseShipping,
      T.clearCart,
      T.placeOrder,
      T.orderQueries,
    ],
    (
      accessTokens,
      clock,
      ids,
      settings,
      registerUser,
      logIn,
      refreshSession,
      viewProfile,
      createProduct,
      createCategory,
      productQueries,
      categoryQueries,
      stockQueries,
      viewCart,
      addToCart,
      changeCartItem,
      chooseShipping,
      clearCart,
      placeOrder,
      orderQueries,
    ) =>
      createHttpApp({
        accessTokens,
        clock,
        ids,
        settings,
        identity: { registerUser, logIn, refreshSession, viewProfile },
        catalog: { createProduct, createCategory, productQueries, categoryQueries },
        stockQueries,
        cart: { viewCart, addToCart, changeCartItem, chooseShipping, clearCart },
        orders: { placeOrder, orderQueries },
        healthChecks: parts.healthChecks,
        isShuttingDown: parts.isShuttingDown,
        reportFailure: parts.reportFailure,
        seedPicturesFolder: SEED_PICTURES_FOLDER,
        isUnavailable: isDatabaseUnavailable,
      }),
  );
}
