import type { UnitOfWork } from '../core/unit-of-work.port.ts';
import type { Locations } from './locations.port.ts';
import type { StockLedger } from './stock-ledger.port.ts';

export type InventoryTx = { readonly ledger: StockLedger; readonly locations: Locations };

export type InventoryUnitOfWork = UnitOfWork<InventoryTx>;
