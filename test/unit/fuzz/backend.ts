import type { HttpRequest } from '../../../provider/webex/http/transport';

/** The condition of Webex during a case. */
export interface Scene {
  /** True if an object with the declared key exists already. */
  exists: boolean;
  /** Statuses of a customer, one for each request; the last one stays. */
  statuses: string[];
  jobs: string[];
  pending: boolean;
  numbers: string[];
}

type Right = { status: number; body: unknown };
type Route = [pattern: RegExp, answer: (webex: Webex, body: Record<string, unknown>, url: URL) => Right];

const ok = (body: unknown): Right => ({ status: 200, body });
const none: Right = { status: 204, body: undefined };
const missing: Right = { status: 404, body: { message: 'not found' } };

const ROUTES: readonly Route[] = [
  [/^POST \S+\/validate$/, () => ok({ message: 'success' })],
  [
    /^POST \/wholesale\/customers$/,
    (webex, body) => webex.created(body, { url: '/wholesale/customers/Y3VzdG9tZXI' }, 202),
  ],
  [/^GET \/wholesale\/customers$/, (webex) => ok({ items: webex.listed(webex.customer()) })],
  // Locations and users always have a customer, also if they don't exist themselves.
  [
    /^GET \/wholesale\/customers\/./,
    (webex) => (webex.isCustomer ? webex.found(webex.customer()) : ok(webex.customer())),
  ],
  [/^PUT \/wholesale\/customers\/./, () => ({ status: 202, body: {} })],
  [/^DELETE \/wholesale\/customers\/./, (webex) => webex.removed(202)],
  [
    /^POST \/wholesale\/subscribers$/,
    (webex, body) => webex.created(body, webex.subscriber(body), webex.scene.pending ? 202 : 200),
  ],
  [/^GET \/wholesale\/subscribers$/, (webex) => ok({ items: webex.listed(webex.subscriber()) })],
  [/^(GET|PUT) \/wholesale\/subscribers\/./, (webex) => webex.found(webex.subscriber())],
  [/^DELETE \/wholesale\/subscribers\/./, (webex) => webex.removed(204)],
  [/^POST \/subscribers\/./, () => ok({})],
  [/^POST \/locations$/, (webex, body) => webex.created(body, { id: 'bG9j' }, 201)],
  [/^GET \/locations$/, (webex) => ok({ items: webex.listed(webex.location()) })],
  [/^PUT \/locations\/./, () => none],
  [/^DELETE \/locations\/./, (webex) => webex.removed(204)],
  [
    /^POST \S+\/precheckForDeletion\/invoke$/,
    () => ok({ locationDeleteStatus: 'BLOCKED', blocking: { lastLocation: true } }),
  ],
  [/^POST \/telephony\/config\/jobs\//, (webex) => ({ status: 202, body: webex.job() })],
  [/^GET \/telephony\/config\/jobs\//, (webex) => ok(webex.job())],
  [/^GET \/telephony\/config\/numbers$/, (webex) => ok({ phoneNumbers: webex.numbers() })],
  [/^(POST|DELETE|PUT) \S+\/numbers$/, () => none],
  [/^POST \/telephony\/config\/locations$/, () => ({ status: 201, body: { id: 'bG9j' } })],
  [/^GET \/telephony\/config\/locations$/, () => ok({ locations: [{ id: 'bG9j', name: 'Denver' }] })],
  [/^GET \/telephony\/config\/locations\/./, () => ok({ id: 'bG9j', announcementLanguage: 'en', callingLineId: {} })],
  [/^PUT \/telephony\/config\/locations\/./, () => none],
  [/^GET \S+\/connectionOptions$/, () => ok({ items: [{ id: 'p', displayName: 'Non-integrated CCP' }] })],
  [
    /^GET \S+\/connection$/,
    () => ok({ id: 'p', displayName: 'Non-integrated CCP', pstnConnectionType: 'NON_INTEGRATED_CCP' }),
  ],
  [/^PUT \S+\/connection$/, () => none],
  // Nobody is at a location: else calling stays on there.
  [/^GET \/people$/, (webex, _, url) => ok({ items: url.searchParams.has('locationId') ? [] : [webex.person()] })],
  [/^(GET|PUT) \/people\/./, (webex) => ok(webex.person())],
  [/^DELETE \/people\/./, () => none],
  [
    /^GET \/roles$/,
    () => ok({ items: ['Full Administrator', 'Support Administrator'].map((name) => ({ id: name, name })) }),
  ],
  [/^GET \/organizations$/, () => ok({ items: [{ id: 'b3Jn', displayName: 'Acme' }] })],
  [/^GET \/organizations\/./, () => ok({ id: 'b3Jn', displayName: "John's Pizza" })],
  [/^DELETE \/organizations\/./, () => none],
  [/^GET \/licenses$/, () => ok({ items: [{ id: 'x', totalUnits: 5 }] })],
];

/** A minimal Webex for the handlers of one object: it returns what was sent. */
export class Webex {
  private sent: Record<string, unknown> = {};
  private there: boolean;
  private looks = 0;
  private jobLooks = 0;

  constructor(
    readonly scene: Scene,
    private readonly declared: Record<string, unknown>,
  ) {
    this.there = scene.exists;
  }

  get isCustomer(): boolean {
    return this.declared.customerId === undefined;
  }

  /** The right answer to a request. */
  answer({ method, url, body }: HttpRequest): Right {
    const path = url.pathname.replace(/^\/v1/, '');
    const route = ROUTES.find(([pattern]) => pattern.test(`${method} ${path}`));
    if (route === undefined) throw new Error(`no route for ${method} ${path}`);
    return route[1](this, body === undefined ? {} : (JSON.parse(body) as Record<string, unknown>), url);
  }

  created(body: Record<string, unknown>, answer: unknown, status: number): Right {
    if (this.there)
      return { status: 409, body: { message: 'exists', errors: [{ errorCode: 2017, description: 'exists' }] } };
    this.there = true;
    this.sent = body;
    return { status, body: answer };
  }

  listed<T>(object: T): T[] {
    return this.there ? [object] : [];
  }

  found(object: unknown): Right {
    return this.there ? ok(object) : missing;
  }

  removed(status: number): Right {
    if (!this.there) return missing;
    this.there = false;
    return { status, body: undefined };
  }

  customer() {
    const { statuses } = this.scene;
    const status = statuses[Math.min(this.looks++, statuses.length - 1)] ?? 'provisioned';
    const { externalId, packages, address } = { ...this.declared, ...this.sent };
    const details = status.includes('error')
      ? [{ name: 'webex_calling', status: 'error', errors: [{ description: 'no' }] }]
      : [];
    return {
      id: 'Y3VzdG9tZXI',
      orgId: 'b3Jn',
      externalId,
      packages,
      address,
      status,
      resourceDetails: { packages: details },
    };
  }

  subscriber(body: Record<string, unknown> = this.sent) {
    const { email, customerId } = this.declared;
    const person = this.scene.pending ? {} : { personId: 'cGVyc29u' };
    const status = this.scene.pending ? 'pending_user_migration' : 'provisioned';
    return { id: 'c3Vi', email, customerId, packages: body.packages ?? [this.declared.package], status, ...person };
  }

  location() {
    const headquarters = this.declared.headquarters as { name?: string } | undefined;
    return { id: 'bG9j', name: headquarters?.name ?? this.declared.name, orgId: 'b3Jn', timeZone: 'UTC', address: {} };
  }

  job() {
    const { jobs } = this.scene;
    return { id: 'job', latestExecutionStatus: jobs[Math.min(this.jobLooks++, jobs.length - 1)], trackingId: 'T' };
  }

  numbers() {
    const own = (this.declared.calling as { phoneNumbers?: string[] } | undefined)?.phoneNumbers ?? [];
    return [...own, ...this.scene.numbers].map((phoneNumber) => ({ phoneNumber, location: { id: 'bG9j' } }));
  }

  person() {
    const { email, firstName, lastName, extension } = this.declared;
    return { id: 'cGVyc29u', emails: [email ?? 'a@example.com'], firstName, lastName, extension, roles: [] };
  }
}
