import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { CreateProduct, DeleteCategory, ReviseCategory } from '@kastoma/application/catalog';
import { aCategory, givenCategory, SHOP, type ShopPorts } from '@kastoma/application/testing';
import { Money, type CategoryId } from '@kastoma/domain/core';

import { postgresShop } from '../testing/postgres-shop.ts';
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts';

let test: TestDatabase;
let shop: ShopPorts;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'), { poolSize: 10 });
  shop = postgresShop(test.database);
});

afterAll(async () => {
  await test.drop();
});

function move(id: CategoryId, parentId: CategoryId | null) {
  const { catalog: unitOfWork, clock } = shop;
  const command = { idOrSlug: id, changes: {}, parentId, expectedVersion: null };
  return new ReviseCategory({ unitOfWork, clock }).execute(command, SHOP);
}

/** Rows whose way down is not that of their parent and themselves, or leads through them twice. */
async function misplaced(): Promise<readonly unknown[]> {
  return test.database`
    select category.id
    from catalog.categories category
    left join catalog.categories parent on parent.id = category.parent_id
    where category.path <> coalesce(parent.path, '{}') || category.id
      or array_positions(category.path, category.id) <> array[cardinality(category.path)]
  `;
}

describe('a tree that many change at once', () => {
  it('gets no circle when two categories move below each other', async () => {
    for (let round = 0; round < 10; round += 1) {
      const [one, other] = [await givenCategory(shop), await givenCategory(shop)];
      const moves = await Promise.all([
        move(one.state.id, other.state.id),
        move(other.state.id, one.state.id),
      ]);
      const codes = moves.map((moved) => (moved.isOk() ? 'moved' : moved.error.code));
      expect(codes.toSorted()).toEqual(['catalog.category_circle', 'moved']);
    }
    expect(await misplaced()).toEqual([]);
  });

  it('keeps every way from the root true through hundreds of moves', async () => {
    const ids: CategoryId[] = [];
    for (let made = 0; made < 12; made += 1) ids.push((await givenCategory(shop)).state.id);
    let seed = 20_261_123;
    const draw = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    const moves = Array.from({ length: 240 }, () => {
      const parent = draw(ids.length + 1);
      return [ids[draw(ids.length)] ?? null, ids[parent] ?? null] as const;
    });
    const outcomes = await Promise.all(
      moves.map(async ([id, parentId]) =>
        id === null ? 'none' : codeOf(await move(id, parentId)),
      ),
    );
    const counted = Map.groupBy(outcomes, (outcome) => outcome);
    expect([...counted.keys()].toSorted()).toEqual(['catalog.category_circle', 'moved']);
    expect(counted.get('moved')?.length).toBeGreaterThan(50);
    expect(await misplaced()).toEqual([]);
  });

  it('loses no child to a parent that is deleted at the same moment', async () => {
    const { catalog: unitOfWork, clock } = shop;
    const outcomes = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const [parent, child] = [await givenCategory(shop), await givenCategory(shop)];
      const command = { idOrSlug: parent.state.id, expectedVersion: null };
      const [moved, deleted] = await Promise.all([
        move(child.state.id, parent.state.id),
        new DeleteCategory({ unitOfWork, clock }).execute(command, SHOP),
      ]);
      outcomes.add([moved, deleted].map(codeOf).join(' & '));
    }
    const possible = ['moved & catalog.category_in_use', 'catalog.unknown_category & moved'];
    for (const outcome of outcomes) expect(possible).toContain(outcome);
  });

  it('loses no product to a category that is deleted at the same moment', async () => {
    const { catalog: unitOfWork, settings, ids, clock } = shop;
    for (let round = 0; round < 10; round += 1) {
      const { state } = await givenCategory(shop, aCategory());
      const price = Money.parse({ amount: '1.00', currency: 'USD' })._unsafeUnwrap();
      const product = {
        name: 'Lamp',
        description: '',
        categoryId: state.id,
        attributes: {},
        status: 'draft' as const,
        images: [],
        variants: [{ sku: `RACE-${round}`, price }],
      };
      const [created, deleted] = await Promise.all([
        new CreateProduct({ unitOfWork, settings, ids, clock }).execute(product, SHOP),
        new DeleteCategory({ unitOfWork, clock }).execute(
          { idOrSlug: state.id, expectedVersion: null },
          SHOP,
        ),
      ]);
      expect([created, deleted].filter((outcome) => outcome.isOk())).toHaveLength(1);
    }
    const orphans = await test.database`
      select product.id
      from catalog.products product
      join catalog.categories category on category.id = product.category_id
      where category.deleted_at is not null
    `;
    expect(orphans).toHaveLength(0);
  });
});

function codeOf(outcome: Awaited<ReturnType<typeof move>> | { isOk(): boolean; error?: unknown }) {
  return 'error' in outcome && outcome.error !== undefined
    ? (outcome.error as { readonly code: string }).code
    : 'moved';
}
