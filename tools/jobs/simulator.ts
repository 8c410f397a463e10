// `npm run simulator -- OPTIONS`: runs the simulator with the quickstart's data, until Ctrl-C.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { database } from '../lib/example.ts';
import { root } from '../setup/paths.mjs';
import { foreground } from '../setup/run-command.mjs';

const options = process.argv.slice(2);
if (!options.some((option) => option.startsWith('--database'))) options.push('--database', database);
mkdirSync(path.dirname(database), { recursive: true });
const program = path.join(root, 'simulator', 'bin', 'webex-wholesale-simulator.js');
process.exitCode = await foreground(process.execPath, [program, 'serve', ...options], { cwd: root });
