export type StockNotFound = { readonly code: 'inventory.stock_not_found' };
