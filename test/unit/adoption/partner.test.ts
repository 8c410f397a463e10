import { expect, it } from 'vitest';
import { startSimulator } from 'webex-wholesale-simulator';
import { makePartner } from './partner';

it('x', async () => {
  const sim = await startSimulator({ provisioningSeconds: 60 });
  const send = async (method: string, url: string, body?: unknown) => {
    const r = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${sim.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const t = await r.text();
    if (!r.ok) throw new Error(`${method} ${url} ${JSON.stringify(body)}: ${r.status} ${t}`);
    return t ? JSON.parse(t) : undefined;
  };
  const p = await makePartner({
    api: (m, u, b) => send(m, `${sim.baseUrl}${u}`, b),
    control: (m, u, b) => send(m, `${sim.url}/simulator${u}`, b),
  });
  console.log(JSON.stringify(await send('GET', `${sim.url}/simulator/state`), null, 1).slice(0, 6000));
  await sim.stop();
});
