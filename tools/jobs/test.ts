// `npm test`: runs the checks and all kinds of tests, and prints how many passed and failed. A failure doesn't end it
// early.
import { runChecks } from '../lib/checks.ts';
import { exchangeTable, forgetExchanges } from '../lib/exchanges.ts';
import { runTests, type Tally } from '../lib/tests.ts';

forgetExchanges();
const tallies: Tally[] = [{ ...(await runChecks()), skipped: 0 }];
for (const project of ['unit', 'contract', 'acceptance']) tallies.push(await runTests(project));

process.stdout.write(`\nExchanges held against Cisco's published documents\n${exchangeTable()}`);

const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
const skipped = sum('skipped');
process.stdout.write(
  `\n${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
);
process.exitCode = sum('failed') > 0 ? 1 : 0;
