// `npm start`: brings the quickstart up in the embedded simulator with `pulumi up`, then shows what exists and what to
// try next.
import { withExample } from '../lib/example.ts';
import { requestCount } from '../lib/requests.ts';
import { whatExists } from '../lib/what-exists.ts';

const nextCommands = `
Try next:
  npm start                            again: nothing changes, and no request is sent
  npm run pulumi -- preview --diff     after a change in examples/quickstart/index.ts
  npm run destroy                      takes it all away again
`;

process.exitCode = await withExample(false, async ({ pulumi, simulator }) => {
  if (!simulator) return 1;
  const before = await requestCount(simulator);
  const exitCode = await pulumi('up', '--yes');
  const after = await requestCount(simulator);
  // The requests for this tree are not counted: the count was taken before.
  const tree = await whatExists(simulator);
  process.stdout.write(`\nIn the simulated Webex there is now:\n\n${tree}\n`);
  process.stdout.write(
    `API requests in this run: ${after.total - before.total}, of them writes: ${after.writes - before.writes}\n`,
  );
  if (exitCode === 0) process.stdout.write(nextCommands);
  return exitCode;
});
