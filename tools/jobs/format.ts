// `npm run format`: formats, sorts imports and applies the linter's safe fixes.
import { root } from '../setup/paths.mjs';
import { foreground } from '../setup/run-command.mjs';

process.exitCode = await foreground('biome', ['check', '--write', '.', ...process.argv.slice(2)], { cwd: root });
