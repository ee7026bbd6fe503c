import type { SeedShelf } from './shelf.ts';

export const WRITING: SeedShelf = {
  slug: 'pens-and-pencils',
  name: 'Pens & pencils',
  description: 'Things to write and draw with that can be refilled, sharpened or mended.',
  parent: 'desk',
  products: [
    {
      name: 'Graphite pencils, box of six',
      description:
        'Six cedar pencils from 2H to 4B, lacquered in six colours so that the grade is found without reading. The leads are bonded to the wood and rarely break inside. Comes in a card box that stands on the desk.',
      picture: {
        name: 'graphite-pencils',
        alt: 'Six pencils of different colours standing in a card box',
      },
      attributes: { material: 'cedar', grades: ['2H', 'H', 'HB', 'B', '2B', '4B'], pieces: 6 },
      tags: ['stationery'],
      status: 'published',
      variants: [{ sku: 'WRT-PENCIL-BOX6', price: 1100, stock: 70, weightGrams: 65 }],
    },
    {
      name: 'Fountain pen',
      description:
        'A slim resin pen with a steel nib and brass fittings, filled from a bottle by its converter or with standard short cartridges. It weighs little enough for long letters. The nib unscrews, so it can be cleaned or changed.',
      picture: {
        name: 'fountain-pen',
        alt: 'A dark green fountain pen with brass rings above a line of ink',
      },
      attributes: { material: ['resin', 'brass'], filling: 'converter' },
      tags: ['gift', 'stationery'],
      status: 'published',
      variants: [
        {
          sku: 'WRT-PEN-MOSS-F',
          name: 'Moss, fine',
          price: 5200,
          stock: 11,
          weightGrams: 24,
          attributes: { colour: 'moss', nib: 'fine' },
        },
        {
          sku: 'WRT-PEN-MOSS-M',
          name: 'Moss, medium',
          price: 5200,
          stock: 13,
          weightGrams: 24,
          attributes: { colour: 'moss', nib: 'medium' },
        },
        {
          sku: 'WRT-PEN-INK-F',
          name: 'Ink, fine',
          price: 5200,
          stock: 10,
          weightGrams: 24,
          attributes: { colour: 'ink', nib: 'fine' },
        },
        {
          sku: 'WRT-PEN-INK-M',
          name: 'Ink, medium',
          price: 5200,
          stock: 0,
          weightGrams: 24,
          attributes: { colour: 'ink', nib: 'medium' },
        },
      ],
    },
    {
      name: 'Bottled ink',
      description:
        'Fifty millilitres of dye ink that flows well, dries in about ten seconds and washes out of a shirt. The bottle has a wide neck and a shoulder that lets the last of the ink collect. Iron gall is the exception: it is permanent and wants a pen that is used often.',
      picture: { name: 'bottled-ink', alt: 'A glass bottle of blue ink with a drop on its label' },
      attributes: { capacity_ml: 50 },
      tags: ['stationery'],
      status: 'published',
      variants: [
        {
          sku: 'WRT-INK-BLUE',
          name: 'Lake blue',
          price: 1200,
          stock: 34,
          weightGrams: 190,
          attributes: { colour: 'blue', permanent: false },
        },
        {
          sku: 'WRT-INK-GREEN',
          name: 'Fir green',
          price: 1200,
          stock: 22,
          weightGrams: 190,
          attributes: { colour: 'green', permanent: false },
        },
        {
          sku: 'WRT-INK-BROWN',
          name: 'Bark brown',
          price: 1200,
          stock: 19,
          weightGrams: 190,
          attributes: { colour: 'brown', permanent: false },
        },
        {
          sku: 'WRT-INK-GALL',
          name: 'Iron gall black',
          price: 1650,
          stock: 15,
          weightGrams: 190,
          attributes: { colour: 'black', permanent: true },
        },
      ],
    },
    {
      name: 'Brass pencil sharpener',
      description:
        'A solid brass wedge with a hardened blade, heavy enough to stay where it is put. The blade is held by one screw, and a spare one is in the bag.',
      picture: {
        name: 'brass-sharpener',
        alt: 'A brass wedge sharpener with a red pencil in it and curled shavings below',
      },
      attributes: { material: 'brass', spare_blades: 1 },
      tags: ['gift', 'stationery'],
      status: 'published',
      variants: [{ sku: 'WRT-SHARPENER', price: 850, stock: 64, weightGrams: 28 }],
    },
  ],
};
