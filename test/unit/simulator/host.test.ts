import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { simulator } from './support';

/** GET with a Host header of its own, which fetch doesn't allow. */
async function getWithHost(url: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    })
      .on('error', reject)
      .end();
  });
}

describe('the Host header', () => {
  it.each(['127.0.0.1', 'localhost:4010', 'simulator.localhost', '[::1]:80', '127.5.5.5'])(
    'may be %s',
    async (host) => {
      const sim = await simulator();
      expect((await getWithHost(`${sim.url}/simulator/state`, host)).status).toBe(200);
    },
  );

  it.each(['attacker.example.com', 'localhost.example.com', '127.0.0.1.example.com', '192.0.2.7'])(
    'may not be %s: a web page could read everything by DNS rebinding',
    async (host) => {
      const sim = await simulator();
      for (const path of ['/simulator/state', '/simulator/snapshot', '/v1/roles']) {
        const { status, text } = await getWithHost(sim.url + path, host);
        expect(status).toBe(421);
        expect(JSON.parse(text)).toMatchObject({ message: expect.stringContaining(`for the host ${host}`) });
      }
    },
  );
});

describe('the control plane', () => {
  it.each(['https://attacker.example.com', 'http://localhost.example.com:4010', 'null', 'file://'])(
    'takes no request of a web page of %s',
    async (origin) => {
      const sim = await simulator();
      const send = () =>
        fetch(`${sim.url}//simulator/clock`, {
          method: 'POST',
          headers: { origin, 'content-type': 'application/json' },
          body: '{"advanceSeconds":60}',
        });
      const refused = await send();
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ message: expect.stringContaining(`(Origin: ${origin})`) });
      const clock = await fetch(`${sim.url}/simulator/clock`).then((response) => response.json());
      expect(clock).toMatchObject({ aheadSeconds: 0 });
    },
  );

  it.each(['http://localhost:3000', 'http://127.0.0.1:4010', 'http://[::1]'])('takes those of %s', async (origin) => {
    const sim = await simulator();
    expect((await fetch(`${sim.url}/simulator/state`, { headers: { origin } })).status).toBe(200);
  });

  it('needs no token on a loopback address', async () => {
    const sim = await simulator();
    expect(sim.controlToken).toBeUndefined();
    expect((await fetch(`${sim.url}/simulator/state`)).status).toBe(200);
  });

  it('needs a token of its own on any other address', async () => {
    const sim = await simulator({ host: '0.0.0.0' });
    const url = sim.url.replace('0.0.0.0', '127.0.0.1');
    const state = (token: string) =>
      fetch(`${url}/simulator/state`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
    expect((await fetch(`${url}/simulator/state`)).status).toBe(401);
    expect(await state(sim.token)).toBe(401);
    expect(await state(sim.controlToken ?? '')).toBe(200);
    // Templates stand for a service of Webex: they want the API's token.
    const templates = await fetch(`${url}/simulator/templates`, { headers: { authorization: `Bearer ${sim.token}` } });
    expect(templates.status).toBe(200);
  });

  it('takes the token that it is given', async () => {
    const sim = await simulator({ controlToken: 'control-token' });
    expect((await fetch(`${sim.url}/simulator/clock`)).status).toBe(401);
    const headers = { authorization: 'Bearer control-token' };
    expect((await fetch(`${sim.url}/simulator/clock`, { headers })).status).toBe(200);
  });
});
