import type { SeedShelf } from './shelf.ts';

export const PAPER: SeedShelf = {
  slug: 'notebooks-and-paper',
  name: 'Notebooks & paper',
  description: 'Paper that takes ink without feathering, bound so that it lies flat.',
  parent: 'desk',
  products: [
    {
      name: 'Clothbound notebook A5',
      description:
        'Two hundred numbered pages of 90 g paper, sewn in sections so that the book lies flat from the first page to the last. Bound in cloth, with a ribbon, an elastic and a pocket at the back. The paper takes fountain pen ink and does not let it through.',
      picture: {
        name: 'clothbound-notebook',
        alt: 'A green clothbound notebook with a cream label, a red elastic and a ribbon',
      },
      attributes: { format: 'A5', pages: 200, paper_weight_gsm: 90 },
      tags: ['bestseller', 'stationery'],
      status: 'published',
      variants: [
        {
          sku: 'PAP-NOTE-A5-MOSS-DOT',
          name: 'Moss, dotted',
          price: 1850,
          stock: 41,
          weightGrams: 360,
          attributes: { colour: 'moss', ruling: 'dotted' },
        },
        {
          sku: 'PAP-NOTE-A5-MOSS-LINE',
          name: 'Moss, lined',
          price: 1850,
          stock: 37,
          weightGrams: 360,
          attributes: { colour: 'moss', ruling: 'lined' },
        },
        {
          sku: 'PAP-NOTE-A5-INK-DOT',
          name: 'Ink, dotted',
          price: 1850,
          stock: 29,
          weightGrams: 360,
          attributes: { colour: 'ink', ruling: 'dotted' },
        },
        {
          sku: 'PAP-NOTE-A5-INK-LINE',
          name: 'Ink, lined',
          price: 1850,
          stock: 33,
          weightGrams: 360,
          attributes: { colour: 'ink', ruling: 'lined' },
        },
        {
          sku: 'PAP-NOTE-A5-RUST-DOT',
          name: 'Rust, dotted',
          price: 1480,
          compareAtPrice: 1850,
          stock: 5,
          weightGrams: 360,
          attributes: { colour: 'rust', ruling: 'dotted' },
        },
        {
          sku: 'PAP-NOTE-A5-RUST-LINE',
          name: 'Rust, lined',
          price: 1480,
          compareAtPrice: 1850,
          stock: 3,
          weightGrams: 360,
          attributes: { colour: 'rust', ruling: 'lined' },
        },
      ],
    },
    {
      name: 'Pocket notebooks, set of three',
      description:
        'Three stapled books of 48 plain pages each, in ink, ochre and rust. They fit a shirt pocket and survive a week in one. The covers are recycled card and pick up wear kindly.',
      picture: {
        name: 'pocket-notebooks',
        alt: 'Three slim notebooks fanned out: dark blue, ochre and rust',
      },
      attributes: { format: 'A6', pages: 48, ruling: 'plain', pieces: 3 },
      tags: ['gift', 'stationery'],
      status: 'published',
      variants: [{ sku: 'PAP-POCKET-SET3', price: 1200, stock: 58, weightGrams: 140 }],
    },
    {
      name: 'Letter-writing set',
      description:
        'Twenty-five sheets of cream laid paper and twenty lined envelopes in a box that closes with a ribbon. Heavy enough to be written on both sides. The sealing wax in the picture is not part of it.',
      picture: {
        name: 'letter-writing-set',
        alt: 'A written letter half out of a cream envelope closed by a red wax seal',
      },
      attributes: { format: 'A5', sheets: 25, envelopes: 20, paper_weight_gsm: 120 },
      tags: ['gift', 'stationery'],
      status: 'published',
      variants: [{ sku: 'PAP-LETTER-25', price: 1650, stock: 27, weightGrams: 430 }],
    },
    {
      name: 'Spiral sketchbook',
      description:
        'Sixty sheets of 160 g cartridge paper with a light tooth, for pencil, ink and a thin wash. The wire lets the book fold right round, and the back board is stiff enough to draw on standing up.',
      picture: {
        name: 'spiral-sketchbook',
        alt: 'A spiral sketchbook with a drawing of mountains and a red pencil on it',
      },
      attributes: { sheets: 60, paper_weight_gsm: 160 },
      tags: ['stationery'],
      status: 'published',
      variants: [
        {
          sku: 'PAP-SKETCH-A5',
          name: 'A5',
          price: 1300,
          stock: 31,
          weightGrams: 390,
          attributes: { format: 'A5' },
        },
        {
          sku: 'PAP-SKETCH-A4',
          name: 'A4',
          price: 1950,
          stock: 18,
          weightGrams: 760,
          attributes: { format: 'A4' },
        },
      ],
    },
  ],
};
