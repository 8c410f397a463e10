import path from 'node:path';
import { root } from '../../../tools/setup/paths.mjs';

/** What runs the pack of this checkout. */
export const withPack = ['--policy-pack', path.join(root, 'policy')];
