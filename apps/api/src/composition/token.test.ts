import { Container } from 'inversify';
import { describe, expect, it } from 'vitest';

import { bind, bindValue, token } from './token.ts';

import 'reflect-metadata';

const name = token<string>('Name');
const size = token<number>('Size');
const label = token<string>('Label');

function labelled(given: { name: string; size: number }): string {
  return `${given.name} ${given.size}`;
}

function containerWithParts(): Container {
  const container = new Container({ defaultScope: 'Singleton' });
  bindValue(container, name, 'mug');
  bindValue(container, size, 3);
  return container;
}

describe('a binding', () => {
  it('hands a factory what it needs, by name and in any order', () => {
    const container = containerWithParts();
    bind(container, label, { size, name }, labelled);
    expect(container.get(label)).toBe('mug 3');
  });

  it('may hand nothing', () => {
    const container = containerWithParts();
    bind(container, label, {}, () => 'plain');
    expect(container.get(label)).toBe('plain');
  });

  it('does not compile with something missing, another thing, or another result', () => {
    const container = containerWithParts();
    // @ts-expect-error the size is missing
    bind(container, label, { name }, labelled);
    // @ts-expect-error the size is missing, seen from inside the factory
    bind(container, label, { name }, (given) => labelled(given));
    // @ts-expect-error a name is no size
    bind(container, label, { name, size: name }, labelled);
    // @ts-expect-error a text is no size
    bind(container, size, { name, size }, labelled);
    expect(container.isBound(label)).toBe(true);
  });
});
