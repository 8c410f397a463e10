import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { root } from '../../../tools/setup/paths.mjs';
import { runCommand } from './run';
import { baseEnvironment, STACK, writeProject } from './workspace';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a project with an empty stack, which each workspace copies. */
    emptyStack: string;
  }
}

/** Runs `pulumi stack init` once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const state = path.join(root, '.state');
  await mkdir(state, { recursive: true });
  const folder = await mkdtemp(path.join(state, 'empty-'));
  await writeProject(folder, 'js');
  const env = await baseEnvironment(folder);
  const made = await runCommand('pulumi', ['stack', 'init', STACK, '--non-interactive'], {
    cwd: folder,
    env,
    timeoutSeconds: 120,
  });
  made.ok();
  project.provide('emptyStack', folder);
  return () => rm(folder, { recursive: true, force: true });
}
