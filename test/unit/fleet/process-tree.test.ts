import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive } from '../../../provider/fleet/run/locks';
import { killTree } from '../../../provider/fleet/run/process-tree';

it('a process tree ends with those that have a process group of their own', async () => {
  // As pulumi does with its plugins.
  const program = `
    const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  const child = Number(String(line));
  expect(isAlive(child)).toBe(true);
  await killTree(parent.pid ?? 0);
  await once(parent, 'exit');
  for (let tries = 0; tries < 50 && isAlive(child); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isAlive(child)).toBe(false);
});
