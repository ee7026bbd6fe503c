import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { readInvoiceFile, type FileLine } from './invoice-file.ts';
import { Refused } from './refused.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'online-retail-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function read(content: string | Buffer): Promise<FileLine[]> {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  return collect(path);
}

async function collect(path: string): Promise<FileLine[]> {
  const lines: FileLine[] = [];
  for await (const line of readInvoiceFile(path)) lines.push(line);
  return lines;
}

describe('reading the file', () => {
  it('gives each line with its number and its text as it stands', async () => {
    const lines = await read(
      `${HEADER}\r\n536365,85123A,"HEART, ""WHITE"" ",6,12/1/2010 8:26,2.55,17850,United Kingdom\r\n\r\nC536379,D,Discount,-1,12/1/2010 9:41,27.5,,France\r\n`,
    );
    expect(lines).toEqual([
      {
        number: 2,
        invoice: '536365',
        code: '85123A',
        description: 'HEART, "WHITE" ',
        quantity: '6',
        price: '2.55',
        customer: '17850',
        country: 'United Kingdom',
        wellFormed: true,
      },
      expect.objectContaining({ number: 4, invoice: 'C536379', customer: '', price: '27.5' }),
    ]);
  });

  it('finds the columns by their names, whatever their order', async () => {
    const [line] = await read(
      '\uFEFFCountry,CustomerID,UnitPrice,InvoiceDate,Quantity,Description,StockCode,InvoiceNo\nFrance,1,2,3,4,5,6,7\n',
    );
    expect(line).toMatchObject({ country: 'France', invoice: '7', code: '6', quantity: '4' });
  });

  it.each(['utf-8', 'latin1'] as const)('reads a pound sign in %s', async (encoding) => {
    const text = `${HEADER}\n1,A,GIFT £20 – no,1,,1,1,France\n`.replace('–', '-');
    const [line] = await read(Buffer.from(text, encoding));
    expect(line?.description).toBe('GIFT £20 - no');
  });

  it('marks a line with too few or too many fields', async () => {
    const lines = await read(`${HEADER}\n1,A,x,1,,1,1\n1,A,x,1,,1,1,France,more\n`);
    expect(lines.map(({ wellFormed }) => wellFormed)).toEqual([false, false]);
  });

  it('refuses a file of other columns, an empty one, and one that is not there', async () => {
    await expect(read('Invoice,StockCode\n1,2\n')).rejects.toThrow(/InvoiceNo, Description/);
    await expect(read('')).rejects.toThrow(Refused);
    await expect(collect(join(folder, 'none.csv'))).rejects.toThrow(/none\.csv cannot be read/);
  });
});
