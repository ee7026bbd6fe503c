import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { beforeAll, describe, expect, it, vi } from 'vitest';

import {
  connect,
  findNote,
  leaveNote,
  newDataFolder,
  newOwner,
  start,
} from '../test/data-folders.ts';
import { killGuards, killServer, processesOf, untilNoneServes } from '../test/processes.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let dataFolder: string;

beforeAll(() => {
  dataFolder = newDataFolder();
});

describe('the owner dies', () => {
  it('the server ends by itself after kill -9 of its owner', async () => {
    const owner = newOwner(dataFolder);
    await owner.report('started');
    await owner.kill();
    await untilNoneServes(dataFolder);
    expect(processesOf(dataFolder)).toEqual([]);
  });

  it('the next owner need not wait for that, and finds the data', async () => {
    const owner = newOwner(dataFolder);
    const { url } = await owner.report('started');
    await leaveNote(url, 'owner killed');
    await owner.kill();
    const next = await start(dataFolder);
    expect(await findNote(next.url, 'owner killed')).toBe(true);
  });

  it('a first start cut short at any moment leaves nothing that the next one trusts', async () => {
    const unfinished = newDataFolder();
    for (const moment of [50, 150, 300, 500, 560, 600, 640, 680]) {
      const owner = newOwner(unfinished);
      await owner.report('log');
      await delay(moment);
      await owner.kill();
    }
    const server = await start(unfinished);
    expect(await connect(server.url)`select 1 as one`).toEqual([{ one: 1 }]);
    expect(readdirSync(unfinished).filter((name) => name.includes('draft'))).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  it('reaches the owner alone: the server lives until its owner stops it', async () => {
    const owner = newOwner(dataFolder);
    const { url } = await owner.report('started');
    owner.signalGroup('SIGINT');
    await owner.report('interrupted');
    await delay(500);
    expect(await connect(url)`select 1 as one`).toEqual([{ one: 1 }]);
    const exited = owner.report('exited');
    await owner.stop();
    expect(await exited).toMatchObject({ code: 0, stopped: true });
    await untilNoneServes(dataFolder);
  });
});

describe('the server dies', () => {
  it('its owner is told, and the next start recovers', async () => {
    const server = await start(dataFolder);
    await leaveNote(server.url, 'server killed');
    killServer(dataFolder);
    const exit = await server.exited;
    expect(exit).toMatchObject({ code: 137, stopped: false });
    expect(exit.lastLogLines.join('\n')).toContain('ready to accept connections');
    await server.stop();

    const next = await start(dataFolder);
    expect(await findNote(next.url, 'server killed')).toBe(true);
  });

  it('the next start recovers when its owner and its guard were killed as well', async () => {
    const owner = newOwner(dataFolder);
    const { url } = await owner.report('started');
    await leaveNote(url, 'all killed');
    killGuards(dataFolder);
    killServer(dataFolder);
    await owner.kill();
    const next = await start(dataFolder);
    expect(await findNote(next.url, 'all killed')).toBe(true);
  });

  it('a number in postmaster.pid that now belongs to another program is no obstacle', async () => {
    await (await start(dataFolder)).stop();
    const lines = [process.pid, '.', 1, 1, '', '127.0.0.1', '', 'ready', ''];
    writeFileSync(join(dataFolder, 'cluster', 'postmaster.pid'), lines.join('\n'));
    const server = await start(dataFolder);
    expect(await connect(server.url)`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

describe('the guard dies', () => {
  it('the server shuts down in order and its owner is told', async () => {
    const server = await start(dataFolder);
    killGuards(dataFolder);
    const exit = await server.exited;
    expect(exit.stopped).toBe(false);
    expect(exit.lastLogLines.at(-1)).toContain('database system is shut down');
    await untilNoneServes(dataFolder);
  });
});
