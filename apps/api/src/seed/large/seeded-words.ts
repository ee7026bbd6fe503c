type Words = readonly [string, ...string[]];

type Department = { readonly name: string; readonly kinds: readonly [Kind, ...Kind[]] };
/** What a leaf of the tree holds, from how many units of the currency on, and how its variants differ. */
export type Kind = {
  readonly name: string;
  readonly nouns: Words;
  readonly from: number;
  readonly axis: 'size' | 'colour' | 'none';
};

const kind = (name: string, from: number, axis: Kind['axis'], ...nouns: Words): Kind => ({
  name,
  from,
  axis,
  nouns,
});

export const DEPARTMENTS: readonly [Department, ...Department[]] = [
  {
    name: 'Clothing',
    kinds: [
      kind('Shirts', 19, 'size', 'Shirt', 'T-shirt', 'Polo shirt', 'Blouse'),
      kind('Knitwear', 39, 'size', 'Pullover', 'Cardigan', 'Vest'),
      kind('Jackets', 79, 'size', 'Jacket', 'Coat', 'Parka', 'Raincoat'),
      kind('Socks', 5, 'size', 'Socks', 'Stockings'),
    ],
  },
  {
    name: 'Kitchen',
    kinds: [
      kind('Cookware', 24, 'size', 'Saucepan', 'Frying pan', 'Casserole', 'Wok'),
      kind('Tableware', 7, 'colour', 'Plate', 'Bowl', 'Mug', 'Teapot', 'Jug'),
      kind('Knives', 18, 'none', 'Chef’s knife', 'Paring knife', 'Bread knife'),
      kind('Appliances', 49, 'colour', 'Kettle', 'Toaster', 'Blender', 'Coffee grinder'),
    ],
  },
  {
    name: 'Home',
    kinds: [
      kind('Lamps', 29, 'colour', 'Table lamp', 'Floor lamp', 'Pendant lamp'),
      kind('Chairs', 59, 'colour', 'Chair', 'Stool', 'Armchair', 'Bench'),
      kind('Textiles', 15, 'colour', 'Cushion', 'Blanket', 'Curtain', 'Rug'),
      kind('Storage', 9, 'size', 'Box', 'Basket', 'Shelf', 'Chest'),
    ],
  },
  {
    name: 'Garden',
    kinds: [
      kind('Tools', 12, 'none', 'Spade', 'Rake', 'Trowel', 'Secateurs', 'Hoe'),
      kind('Pots', 6, 'size', 'Flower pot', 'Planter', 'Hanging basket'),
      kind('Watering', 14, 'colour', 'Watering can', 'Garden hose', 'Sprinkler'),
    ],
  },
  {
    name: 'Office',
    kinds: [
      kind('Paper', 3, 'none', 'Notebook', 'Sketchbook', 'Diary', 'Letter paper'),
      kind('Writing', 2, 'colour', 'Fountain pen', 'Ballpoint pen', 'Pencil', 'Marker'),
      kind('Desks', 129, 'size', 'Desk', 'Writing table', 'Standing desk'),
    ],
  },
  {
    name: 'Outdoors',
    kinds: [
      kind('Camping', 35, 'colour', 'Tent', 'Sleeping bag', 'Camping stove', 'Lantern'),
      kind('Bags', 25, 'colour', 'Backpack', 'Duffel bag', 'Daypack'),
      kind('Cycling', 11, 'size', 'Helmet', 'Cycling gloves', 'Bottle', 'Bicycle bell'),
    ],
  },
];

export const MAKERS: Words = [
  'Alder',
  'Brookfield',
  'Corvin',
  'Dunmore',
  'Elmhurst',
  'Fenwick',
  'Garland',
  'Holm',
  'Ivarson',
  'Juniper',
  'Kestrel',
  'Lindqvist',
  'Marlow',
  'Northam',
  'Oakley & Rye',
  'Pemberton',
  'Quill',
  'Rowan',
  'Sable',
  'Thorne',
];
export const MANNERS: Words = [
  'classic',
  'compact',
  'everyday',
  'folding',
  'foldaway',
  'heavy',
  'large',
  'light',
  'narrow',
  'plain',
  'reversible',
  'round',
  'rustic',
  'slim',
  'small',
  'soft',
  'stackable',
  'sturdy',
  'tall',
  'wide',
];
export const MATERIALS: Words = [
  'aluminium',
  'ash',
  'bamboo',
  'beech',
  'brass',
  'canvas',
  'ceramic',
  'cork',
  'cotton',
  'glass',
  'leather',
  'linen',
  'merino',
  'oak',
  'porcelain',
  'recycled',
  'steel',
  'stoneware',
  'walnut',
  'wool',
];
export const COLOURS: Words = ['Black', 'White', 'Red', 'Blue', 'Green', 'Grey', 'Ochre', 'Rust'];
export const SIZES: Words = ['XS', 'S', 'M', 'L', 'XL'];
export const ORIGINS: Words = [
  'Portugal',
  'Italy',
  'Japan',
  'Sweden',
  'France',
  'Poland',
  'India',
  'Peru',
];
export const TAGS: Words = [
  'new',
  'gift',
  'bestseller',
  'outlet',
  'handmade',
  'vegan',
  'limited',
  'seasonal',
];
