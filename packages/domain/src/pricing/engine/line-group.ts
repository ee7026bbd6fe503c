import { allocateTo } from '../../core/allocation.ts';
import { byText } from '../order-of-text.ts';
import type { PricingLine } from '../pricing-input.ts';
import { STANDARD_TAX_CLASS } from '../tax.value.ts';

/** A line while it is priced. */
export type WorkLine = {
  readonly line: PricingLine;
  /** Its place among all lines, by id. */
  readonly place: number;
  readonly base: bigint;
  /** What the promotions so far left of it. */
  running: bigint;
  discounts: { readonly promotionId: string; amount: bigint }[];
};

/**
 * Lines of the same variant, price, tax class and other facts: priced as one, so that splitting a line changes nothing
 * but the split. Groups stand in an order that does not depend on the ids of lines: ties go to the earlier one.
 */
export type LineGroup = {
  readonly facts: PricingLine;
  readonly taxClass: string;
  readonly lines: readonly WorkLine[];
  readonly quantity: bigint;
  readonly base: bigint;
  running: bigint;
};

export function groupLines(lines: readonly PricingLine[]): LineGroup[] {
  const workLines = lines.map((line, place) => {
    const base = line.unitPrice.minorUnits * BigInt(line.quantity);
    return { line, place, base, running: base, discounts: [] };
  });
  const sorted =
    workLines.length < 2 ? workLines : workLines.toSorted((a, b) => compareFacts(a.line, b.line));
  const groups: LineGroup[] = [];
  let members: WorkLine[] = [];
  for (const [index, workLine] of sorted.entries()) {
    members.push(workLine);
    const next = sorted[index + 1];
    if (next === undefined || compareFacts(workLine.line, next.line) !== 0) {
      groups.push(groupOf(workLine.line, members));
      members = [];
    }
  }
  return groups;
}

function groupOf(facts: PricingLine, lines: readonly WorkLine[]): LineGroup {
  let quantity = 0n;
  for (const { line } of lines) quantity += BigInt(line.quantity);
  const base = facts.unitPrice.minorUnits * quantity;
  const taxClass = facts.taxClass ?? STANDARD_TAX_CLASS;
  return { facts, taxClass, lines, quantity, base, running: base };
}

/** Zero for lines that no rule can tell apart. */
function compareFacts(a: PricingLine, b: PricingLine): number {
  return (
    byText(a.variantId, b.variantId) ||
    byAmount(a.unitPrice.minorUnits, b.unitPrice.minorUnits) ||
    byText(a.taxClass ?? STANDARD_TAX_CLASS, b.taxClass ?? STANDARD_TAX_CLASS) ||
    byText(a.productId, b.productId) ||
    byAmount(a.minimumUnitPrice?.minorUnits ?? 0n, b.minimumUnitPrice?.minorUnits ?? 0n) ||
    byList(a.categoryIds, b.categoryIds) ||
    byList(a.tags, b.tags)
  );
}

function byAmount(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byList(a: readonly string[] = [], b: readonly string[] = []): number {
  return a.length - b.length || byText(JSON.stringify(a), JSON.stringify(b));
}

/** What one line bears of an amount. */
export type LinePart = { readonly workLine: WorkLine; readonly amount: bigint };

/** Takes a discount off the group and its lines, each as it has room for, and tells who bore what. */
export function takeOff(group: LineGroup, promotionId: string, discount: bigint): LinePart[] {
  group.running -= discount;
  const parts = partsOfLines(group, discount);
  for (const { workLine, amount } of parts) {
    workLine.running -= amount;
    const last = workLine.discounts.at(-1);
    if (last?.promotionId === promotionId) last.amount += amount;
    else workLine.discounts.push({ promotionId, amount });
  }
  return parts;
}

function partsOfLines(group: LineGroup, discount: bigint): LinePart[] {
  const [only] = group.lines;
  if (group.lines.length === 1 && only !== undefined) return [{ workLine: only, amount: discount }];
  const minimum = group.facts.minimumUnitPrice?.minorUnits ?? 0n;
  const roomOf = ({ line, running }: WorkLine) => {
    const floor = minimum * BigInt(line.quantity);
    return running > floor ? running - floor : 0n;
  };
  return allocateTo(discount, group.lines, roomOf)
    .map(({ item, part }) => ({ workLine: item, amount: part }))
    .filter(({ amount }) => amount > 0n);
}

/** Forgets all discounts. */
export function resetGroups(groups: readonly LineGroup[]): void {
  for (const group of groups) {
    group.running = group.base;
    for (const line of group.lines) {
      line.running = line.base;
      line.discounts = [];
    }
  }
}
