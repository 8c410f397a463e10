// `npm run fleet -- COMMAND [ROSTER] [OPTIONS]`: runs the fleet of examples/fleet (or another roster) in the embedded
// simulator.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { foreground } from '../setup/run-command.mjs';

const [command = 'up', ...rest] = process.argv.slice(2);
const example = path.join(root, 'examples', 'fleet', 'roster.yaml');
const args = rest[0] === undefined || rest[0].startsWith('-') ? [example, ...rest] : rest;
const state = path.join(root, '.state');
const simulator = path.join(root, 'simulator', 'bin', 'webex-wholesale-simulator.js');
const program = path.join(root, 'provider', 'bin', 'webex-wholesale.js');

// A separate database: the quickstart's `destroy` expects only its own objects.
const exec = ['exec', '--database', path.join(state, 'fleet-simulator.db'), '--'];
const env = {
  ...process.env,
  PULUMI_HOME: path.join(state, 'pulumi-home'),
  PULUMI_BACKEND_URL: `file://${path.join(state, 'fleet-backend')}`,
  PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  XDG_CACHE_HOME: path.join(state, 'cache'),
  NODE_COMPILE_CACHE: path.join(state, 'node-compile-cache'),
};
mkdirSync(path.join(state, 'fleet-backend'), { recursive: true });
process.exitCode = await foreground(
  process.execPath,
  [simulator, ...exec, process.execPath, program, 'fleet', command, ...args],
  {
    cwd: root,
    env,
  },
);
