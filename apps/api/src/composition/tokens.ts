import type { HttpApp } from '@kastoma/adapters-http';
import type { Database } from '@kastoma/adapters-postgres';
import type {
  CatalogUnitOfWork,
  CategoryQueries,
  CreateCategory,
  CreateProduct,
  ProductQueries,
} from '@kastoma/application/catalog';
import type { Clock, IdGenerator, RateLimiter, StoreSettings } from '@kastoma/application/core';
import type {
  AccessTokens,
  EnsureFirstAdmin,
  IdentityUnitOfWork,
  LogIn,
  PasswordHasher,
  RefreshSession,
  RegisterUser,
  TokenSecrets,
  UserReader,
  ViewProfile,
} from '@kastoma/application/identity';
import type { StockQueries } from '@kastoma/application/inventory';
import type {
  AddToCart,
  CartPricing,
  CartReader,
  ChangeCartItem,
  ChooseShipping,
  ClearCart,
  Offers,
  OrderQueries,
  OrderingUnitOfWork,
  PlaceOrder,
  ViewCart,
} from '@kastoma/application/ordering';

import { token } from './token.ts';

/** Everything that the container can make. */
export const TOKENS = {
  accessTokens: token<AccessTokens>('AccessTokens'),
  addToCart: token<AddToCart>('AddToCart'),
  cartPricing: token<CartPricing>('CartPricing'),
  cartReader: token<CartReader>('CartReader'),
  catalogUnitOfWork: token<CatalogUnitOfWork>('CatalogUnitOfWork'),
  categoryQueries: token<CategoryQueries>('CategoryQueries'),
  changeCartItem: token<ChangeCartItem>('ChangeCartItem'),
  chooseShipping: token<ChooseShipping>('ChooseShipping'),
  clearCart: token<ClearCart>('ClearCart'),
  clock: token<Clock>('Clock'),
  createCategory: token<CreateCategory>('CreateCategory'),
  createProduct: token<CreateProduct>('CreateProduct'),
  database: token<Database>('Database'),
  ensureFirstAdmin: token<EnsureFirstAdmin>('EnsureFirstAdmin'),
  httpApp: token<HttpApp>('HttpApp'),
  identityUnitOfWork: token<IdentityUnitOfWork>('IdentityUnitOfWork'),
  ids: token<IdGenerator>('IdGenerator'),
  logIn: token<LogIn>('LogIn'),
  offers: token<Offers>('Offers'),
  orderQueries: token<OrderQueries>('OrderQueries'),
  orderingUnitOfWork: token<OrderingUnitOfWork>('OrderingUnitOfWork'),
  passwordHasher: token<PasswordHasher>('PasswordHasher'),
  placeOrder: token<PlaceOrder>('PlaceOrder'),
  productQueries: token<ProductQueries>('ProductQueries'),
  rateLimiter: token<RateLimiter>('RateLimiter'),
  refreshSession: token<RefreshSession>('RefreshSession'),
  registerUser: token<RegisterUser>('RegisterUser'),
  settings: token<StoreSettings>('StoreSettings'),
  stockQueries: token<StockQueries>('StockQueries'),
  tokenSecrets: token<TokenSecrets>('TokenSecrets'),
  userReader: token<UserReader>('UserReader'),
  viewCart: token<ViewCart>('ViewCart'),
  viewProfile: token<ViewProfile>('ViewProfile'),
};
