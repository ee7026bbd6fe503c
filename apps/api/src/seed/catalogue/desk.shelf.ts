import type { SeedShelf } from './shelf.ts';

export const DESK: SeedShelf = {
  slug: 'desk',
  name: 'Desk',
  description: 'For the table where letters are written and bills are put in order.',
  parent: null,
  products: [
    {
      name: 'Walnut desk tray',
      description:
        'Three compartments milled from one board of walnut: a long one for pens, two for all that gathers around them. The underside is felted, so it slides and does not scratch. What lies in it in the picture is not included.',
      picture: {
        name: 'walnut-desk-tray',
        alt: 'A walnut tray seen from above with a pencil, paper clips, notes and an eraser',
      },
      attributes: { material: 'walnut', width_cm: 30, depth_cm: 21, compartments: 3 },
      tags: ['gift', 'wood'],
      status: 'published',
      variants: [{ sku: 'DSK-TRAY-WALNUT', price: 4600, stock: 14, weightGrams: 720 }],
    },
    {
      name: 'Steel scissors',
      description:
        'Forged steel blades with a bolt that can be tightened, and handles dipped in slate-blue enamel. They cut paper, card and cloth, and fit either hand. Can be sharpened on an ordinary stone.',
      picture: {
        name: 'steel-scissors',
        alt: 'Open steel scissors with slate-blue handles and a brass bolt',
      },
      attributes: { material: 'carbon steel', length_cm: 20, ambidextrous: true },
      tags: ['steel'],
      status: 'published',
      variants: [{ sku: 'DSK-SCISSORS-20', price: 2100, stock: 35, weightGrams: 150 }],
    },
    {
      name: 'Arch bookends, pair',
      description:
        'Two arches of solid beech with a steel tongue that slides under the first books, so that the weight of the row holds itself. They carry about forty paperbacks. Sold as a pair, without the books.',
      picture: {
        name: 'arch-bookends',
        alt: 'Five books of different colours between two wooden arches',
      },
      attributes: { material: ['beech', 'steel'], height_cm: 18, pieces: 2 },
      tags: ['gift', 'wood'],
      status: 'published',
      variants: [{ sku: 'DSK-BOOKEND-PAIR', price: 3900, stock: 0, weightGrams: 1400 }],
    },
  ],
};
