// `npm run pulumi -- ARGS`: runs a pulumi command on the quickstart.
import { withExample } from '../lib/example.ts';

const args = process.argv.slice(2);
process.exitCode = await withExample(true, (example) => example.pulumi(...args));
