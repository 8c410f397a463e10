import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../../../tools/setup/paths.mjs';

/** The example with the pipelines' files. */
export const example = path.join(root, 'examples', 'ci');

/** A checkout of the base branch: the unchanged example with its packages installed. */
export interface Base {
  folder: string;
  /** Absolute path of a script. */
  script(name: string): string;
  close(): Promise<void>;
}

/** Makes a checkout of the base branch. The judged change is the working directory of its scripts. */
export async function checkoutOfBase(): Promise<Base> {
  const folder = await mkdtemp(path.join(root, '.state', 'base-'));
  await cp(example, folder, { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return {
    folder,
    script: (name) => path.join(folder, 'scripts', name),
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
