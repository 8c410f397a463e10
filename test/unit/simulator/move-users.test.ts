import { describe, expect, it } from 'vitest';
import { type Customer, simulator } from './support';

const JOBS = '/telephony/config/jobs/person/moveLocation';

interface Job {
  id: string;
  latestExecutionStatus: string;
  latestExecutionExitCode: string;
  counts: Record<string, number>;
}
interface Finding {
  code: number;
  message: string;
}

/** Alice at the branch, with extension and number, and Bob at the headquarters. */
async function twoSites() {
  const sim = await simulator();
  const customer = await sim.onboard();
  const headquarters = await sim.headquarters(customer);
  await sim.setPstn(headquarters);
  const branch = await sim.branch(customer, '+12145551001', '+12145551002');
  const add = async (email: string, provisioningParameters: Record<string, unknown>) =>
    (await sim.subscribe(customer, { email, provisioningParameters })).body.personId ?? '';
  const alice = await add('alice.anderson@acme.com', {
    extension: '5221',
    primaryPhoneNumber: '+12145551001',
    locationId: branch,
  });
  const bob = await add('bob@acme.com', { extension: '5300' });
  const post = <Body>(usersList: unknown) => sim.call<Body>('POST', `${JOBS}?orgId=${customer.orgId}`, { usersList });
  const validate = async (user: Record<string, unknown>, locationId = headquarters) => {
    const { status, body } = await post<{ response: { impacts: Finding[]; errors: Finding[] }[] }>([
      { locationId, validate: true, users: [user] },
    ]);
    expect(status).toBe(200);
    const codes = (findings: Finding[] = []) => findings.map(({ code }) => code);
    return { impacts: codes(body.response[0]?.impacts), errors: codes(body.response[0]?.errors) };
  };
  const start = (users: Record<string, unknown>[], locationId = headquarters) =>
    post<{ response: Job; error: Finding[] }>([{ locationId, validate: false, users }]);
  const job = async (id: string) => (await sim.get<Job>(`${JOBS}/${id}?orgId=${customer.orgId}`)).body;
  const errors = async (id: string) =>
    (await sim.get<{ items: { item: string; error: { message: { code: string }[] } }[] }>(`${JOBS}/${id}/errors`)).body
      .items;
  return { sim, customer, headquarters, branch, alice, bob, post, validate, start, job, errors };
}

describe('moving users', () => {
  it('is a job: the user keeps extension and number, and the number belongs to the new location', async () => {
    const { sim, start, job, alice, headquarters, customer } = await twoSites();
    const { status, body } = await start([{ userId: alice }]);
    expect(status).toBe(201);
    expect(body.response).toMatchObject({ name: 'moveusers', latestExecutionStatus: 'STARTED', counts: { moved: 0 } });
    expect((await sim.person(alice)).locationId).not.toBe(headquarters);
    await sim.advance();
    expect(await job(body.response.id)).toMatchObject({
      latestExecutionStatus: 'COMPLETED',
      latestExecutionExitCode: 'COMPLETED',
      counts: { totalMoves: 1, moved: 1, failed: 0 },
    });
    expect(await sim.person(alice)).toMatchObject({ locationId: headquarters, extension: '5221' });
    const { locations } = await sim.state();
    expect(locations.find(({ id }) => id === headquarters)?.numbers).toEqual(['+12145551001']);
    const list = await sim.get<{ items: Job[] }>(`${JOBS}?orgId=${customer.orgId}`);
    expect(list.body.items.map(({ id }) => id)).toEqual([body.response.id]);
  });

  it('sets another extension and number, and removes empty ones', async () => {
    const { sim, start, alice, headquarters } = await twoSites();
    await sim.numbers('POST', headquarters, '+14085551000');
    await start([{ userId: alice, extension: '', phoneNumber: '+14085551000' }]);
    await sim.advance();
    const person = await sim.person(alice);
    expect(person).toMatchObject({ locationId: headquarters, phoneNumbers: [{ value: '+14085551000' }] });
    expect(person).not.toHaveProperty('extension');
  });

  it('is validated without effect, with impacts and errors', async () => {
    const { sim, validate, alice, bob, branch, customer } = await twoSites();
    const before = await sim.state();
    expect(await validate({ userId: alice })).toEqual({ impacts: [19717, 19723], errors: [] });
    expect(await validate({ userId: alice, extension: '5300' })).toMatchObject({ errors: [4202] });
    expect(await validate({ userId: alice, phoneNumber: '+12145551002' })).toMatchObject({ errors: [27966] });
    expect(await validate({ userId: bob, extension: '911' }, branch)).toMatchObject({ errors: [4911] });
    expect(await validate({ userId: bob }, customer.id)).toMatchObject({ errors: [5620] });
    expect(await sim.state()).toEqual(before);
  });

  it('resets an extension that is taken at the new location, unless nothing would be left', async () => {
    const { sim, start, validate, errors, alice, bob, branch, headquarters } = await twoSites();
    await sim.call('PUT', `/people/${alice}`, { displayName: 'Alice', extension: '5300', phoneNumbers: [] });
    expect(await validate({ userId: bob }, branch)).toMatchObject({ impacts: [19713], errors: [1026016] });
    const { body } = await start([{ userId: alice }], headquarters);
    await sim.advance();
    expect(await errors(body.response.id)).toMatchObject([{ error: { message: [{ code: '1026016' }] } }]);
    expect(await sim.person(alice)).toMatchObject({ locationId: branch, extension: '5300' });
  });

  it('fails for one of several users, and moves the others', async () => {
    const { sim, start, job, errors, alice, bob, branch, customer } = await twoSites();
    const carol = (
      await sim.subscribe(customer, { email: 'carol@acme.com', provisioningParameters: { extension: '5221' } })
    ).body.personId;
    const { body } = await start([{ userId: bob }, { userId: carol, extension: '5221' }], branch);
    await sim.advance();
    expect(await job(body.response.id)).toMatchObject({
      latestExecutionExitCode: 'COMPLETED_WITH_ERRORS',
      counts: { totalMoves: 2, moved: 1, failed: 1 },
    });
    expect(await errors(body.response.id)).toMatchObject([{ error: { message: [{ code: '4202' }] } }]);
    expect((await sim.person(bob)).locationId).toBe(branch);
    expect((await sim.person(alice)).locationId).toBe(branch);
  });

  it('refuses a number without the same PSTN connection, and the main number', async () => {
    const { sim, validate, alice, branch, headquarters } = await twoSites();
    await sim.setPstn(headquarters, 'Integrated CCP');
    expect(await validate({ userId: alice })).toMatchObject({ errors: [10010005] });
    expect(await validate({ userId: alice, phoneNumber: '' })).toMatchObject({ errors: [] });
    await sim.setPstn(headquarters);
    const main = { callingLineId: { phoneNumber: '+12145551001' } };
    await sim.call('PUT', `/telephony/config/locations/${branch}`, main);
    expect(await validate({ userId: alice })).toMatchObject({ errors: [10030005] });
  });

  it('happens once a user at a time, and not to a location that is losing calling', async () => {
    const { sim, start, alice, bob, branch } = await twoSites();
    expect((await start([{ userId: alice }])).status).toBe(201);
    expect((await start([{ userId: alice }])).status).toBe(409);
    await sim.advance();
    await sim.call('POST', '/telephony/config/jobs/locations/deleteCallingLocation', { locationId: branch });
    expect((await start([{ userId: bob }], branch)).status).toBe(409);
    await sim.advance();
  });

  it('refuses broken requests with the codes of the document', async () => {
    const { sim, post, start, alice, bob, branch, headquarters, customer } = await twoSites();
    const codes = async (answer: Promise<{ status: number; body: { error: Finding[] } }>) => {
      const { status, body } = await answer;
      return [status, ...body.error.map(({ code }) => code)];
    };
    const refusal = (usersList: unknown) => codes(post<{ error: Finding[] }>(usersList));
    expect(await refusal([])).toEqual([400, 1026011]);
    expect(await refusal([{ locationId: branch, validate: false, users: [] }])).toEqual([400, 1026012]);
    expect(await refusal([{ locationId: branch, users: [{ userId: bob }] }])).toEqual([400, 1026006]);
    expect(await refusal([{ validate: false, users: [{ userId: bob }] }])).toEqual([400, 1026021]);
    expect(
      await refusal([{ locationId: branch, validate: true, users: [{ userId: bob }, { userId: alice }] }]),
    ).toEqual([400, 1026020]);
    expect(await codes(start([{ userId: alice }, { userId: alice }]))).toEqual([400, 1026019]);
    expect(await codes(start([{ userId: alice }], branch))).toEqual([400, 1026013]);
    expect(await codes(start([{ userId: headquarters }]))).toEqual([400, 2150012]);
    expect(await codes(start([{ userId: bob, phoneNumber: '2145551002' }], branch))).toEqual([400, 1026017]);
    expect(await codes(start([{ userId: bob, phoneNumber: '', extension: '' }], branch))).toEqual([400, 1026016]);
    const many = Array.from({ length: 101 }, (_, index) => ({ userId: `user${index}` }));
    expect(await codes(start(many, branch))).toContain(1026018);
    const administrator = (await sim.get<{ items: { id: string }[] }>(`/people?orgId=${customer.orgId}`)).body.items[0];
    expect(await codes(start([{ userId: administrator?.id, extension: '5400' }]))).toEqual([400, 1026023]);
  });

  it('of one user without calling needs no job', async () => {
    const { sim, start, branch, customer } = await twoSites();
    const [administrator] = (await sim.get<{ items: { id: string }[] }>(`/people?orgId=${customer.orgId}`)).body.items;
    expect((await start([{ userId: administrator?.id }], branch)).status).toBe(200);
    expect((await sim.person(administrator?.id)).locationId).toBe(branch);
  });

  it('leaves numbers where they are in a weather that Cisco documents a code for', async () => {
    const { sim, validate, alice } = await twoSites();
    await sim.call('PUT', '/simulator/weather', { numbersStay: true });
    expect(await validate({ userId: alice })).toMatchObject({ errors: [10050010] });
    expect(await validate({ userId: alice, phoneNumber: '' })).toMatchObject({ errors: [] });
  });
});

describe('moving phone numbers', () => {
  const NUMBERS = '/telephony/config/jobs/numbers/manageNumbers';
  const move = (
    { sim, branch, headquarters }: Awaited<ReturnType<typeof twoSites>>,
    numbers: string[],
    changes: Record<string, unknown> = {},
  ) =>
    sim.call<Job>('POST', NUMBERS, {
      operation: 'MOVE',
      targetLocationId: headquarters,
      numberList: [{ locationId: branch, numbers }],
      ...changes,
    });

  it('is a job that moves what is unassigned, and lists the rest with its codes', async () => {
    const sites = await twoSites();
    const { sim, headquarters, branch } = sites;
    const { status, body } = await move(sites, ['+12145551001', '+12145551002']);
    expect([status, body.latestExecutionStatus]).toEqual([201, 'STARTED']);
    expect((await move(sites, ['+12145551002'])).status).toBe(409);
    await sim.advance();
    expect((await sim.get(`${NUMBERS}/${body.id}`)).body).toMatchObject({
      latestExecutionExitCode: 'COMPLETED_WITH_ERRORS',
      counts: { totalNumbers: 2, numbersMoved: 1, numbersFailed: 1 },
      sourceLocationId: branch,
      targetLocationId: headquarters,
    });
    expect((await sim.get(`${NUMBERS}/${body.id}/errors`)).body).toMatchObject({
      items: [{ item: '+12145551001', error: { message: [{ code: 'BATCH-1017023' }] } }],
    });
    const { locations } = await sim.state();
    expect(locations.map(({ numbers }) => numbers)).toEqual([['+12145551002'], ['+12145551001']]);
  });

  it('refuses numbers that are not the location’s, another organization, and different PSTN connections', async () => {
    const sites = await twoSites();
    const { sim, headquarters } = sites;
    const wrong = await move(sites, ['+14085559999']);
    expect(wrong).toMatchObject({ status: 400, body: { error: { message: [{ code: 'BATCH-1017017' }] } } });
    const other: Customer = await sim.onboard({
      externalId: 'other',
      customerInfo: { name: 'Other', primaryEmail: 'other@example.com' },
    });
    const theirs = await move(sites, ['+12145551002'], { targetLocationId: await sim.headquarters(other) });
    expect(theirs.status).toBe(404);
    await sim.setPstn(headquarters, 'Cisco Calling Plans');
    const { body } = await move(sites, ['+12145551002']);
    await sim.advance();
    expect((await sim.get(`${NUMBERS}/${body.id}/errors`)).body).toMatchObject({
      items: [{ error: { message: [{ code: 'BATCH-1017022' }] } }],
    });
  });
});
