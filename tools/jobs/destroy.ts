// `npm run destroy`: deletes what `npm start` created, and shows what remains.
import { withExample } from '../lib/example.ts';
import { whatExists } from '../lib/what-exists.ts';

process.exitCode = await withExample(false, async ({ pulumi, simulator }) => {
  if (!simulator) return 1;
  const exitCode = await pulumi('destroy', '--yes');
  process.stdout.write(`\nIn the simulated Webex there remains:\n\n${await whatExists(simulator)}`);
  return exitCode;
});
