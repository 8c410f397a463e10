// `npm run bench:pacing`: measures how much of a rate limit the provider uses, and how many of its requests are
// refused, with one process and with several independent ones. Takes 2 x 5 minutes.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startSimulator } from 'webex-wholesale-simulator';
import { makeCustomer } from '../bench/samples.ts';
import { control, requestCount } from '../lib/requests.ts';
import { root } from '../setup/paths.mjs';

const { values } = parseArgs({
  options: {
    limits: { type: 'string', default: '300' },
    processes: { type: 'string', default: '1,4' },
    minutes: { type: 'string', default: '5' },
    counting: { type: 'string', default: 'windows' },
  },
});
const numbers = (text: string) => text.split(',').map(Number);
const MINUTE = 60_000;

/** Accepted and refused requests by minute. */
async function watch(limit: number, processes: number, minutes: number): Promise<{ taken: number; refused: number }[]> {
  const simulator = await startSimulator({ provisioningSeconds: 0 });
  const customerId = await makeCustomer(simulator, 1);
  await control(simulator, 'PUT', '/rateLimit', { requestsPerMinute: limit, counting: values.counting });
  await control(simulator, 'DELETE', '/requests');
  const env = { ...process.env, WEBEX_BASE_URL: simulator.baseUrl, WEBEX_ACCESS_TOKEN: simulator.token };
  const worker = path.join(root, 'tools', 'bench', 'pacing-worker.ts');
  const children = Array.from({ length: processes }, (_, index) =>
    spawn(process.execPath, [worker, customerId, String(index * 100_000)], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const seen: { taken: number; refused: number }[] = [];
  try {
    // The first minute begins with the first request.
    while ((await requestCount(simulator)).total === 0) await sleep(5);
    const began = Date.now();
    let before = { taken: 0, refused: 0 };
    for (let minute = 1; minute <= minutes; minute++) {
      await sleep(began + minute * MINUTE - Date.now());
      const { total, byStatus } = await requestCount(simulator);
      const refused = byStatus[429] ?? 0;
      seen.push({ taken: total - refused - before.taken, refused: refused - before.refused });
      before = { taken: total - refused, refused };
    }
    return seen;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await simulator.stop();
  }
}

const minutes = Number(values.minutes);
process.stdout.write(`counting: ${values.counting}, ${minutes} minutes each\n\n`);
process.stdout.write('| Limit a minute | Processes | Used | Turned away | Used minute by minute (turned away) |\n');
process.stdout.write('|---:|---:|---:|---:|---|\n');
for (const limit of numbers(values.limits)) {
  for (const processes of numbers(values.processes)) {
    const seen = await watch(limit, processes, minutes);
    const taken = seen.reduce((sum, each) => sum + each.taken, 0);
    const refused = seen.reduce((sum, each) => sum + each.refused, 0);
    const used = ((100 * taken) / (limit * minutes)).toFixed(1);
    const share = ((100 * refused) / (taken + refused)).toFixed(2);
    const each = seen.map((minute) => `${minute.taken} (${minute.refused})`).join(', ');
    process.stdout.write(`| ${limit} | ${processes} | ${used} % | ${share} % | ${each} |\n`);
  }
}
