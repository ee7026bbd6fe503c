import { DESK } from './desk.shelf.ts';
import { GARDEN } from './garden.shelf.ts';
import { HOME } from './home.shelf.ts';
import { KITCHEN } from './kitchen.shelf.ts';
import { LIGHT } from './light.shelf.ts';
import { OUTDOORS } from './outdoors.shelf.ts';
import { PAPER } from './paper.shelf.ts';
import type { SeedShelf } from './shelf.ts';
import { WRITING } from './writing.shelf.ts';

/** A small store for the home, the desk and the open air. A category stands after the one it belongs to. */
export const CATALOGUE: readonly SeedShelf[] = [
  HOME,
  KITCHEN,
  LIGHT,
  DESK,
  PAPER,
  WRITING,
  OUTDOORS,
  GARDEN,
];
