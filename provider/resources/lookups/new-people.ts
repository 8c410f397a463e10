import type { Person } from '../../webex';
import type { Run } from '../run/run';
import { personLookup } from './users';

/** Milliseconds without another lookup after which the gathered people of a customer are looked up. */
const QUIET_MS = 250;

interface Gathering {
  readonly waiting: (() => void)[];
  timer?: NodeJS.Timeout;
}

/**
 * Looks people up that were just created, several together at the price of a list: the answer to the creation of a user
 * lacks what Webex has set by itself.
 */
export class NewPeople {
  private readonly open = new Map<string, Gathering>();

  static of(run: Run): NewPeople {
    return run.memory.forRun('new people', () => new NewPeople(run));
  }

  private constructor(private readonly run: Run) {}

  /** The person; undefined where it doesn't exist. */
  async find(id: string, customerId: string, onBehalfOf: string | undefined): Promise<Person | undefined> {
    const gathering = this.open.get(customerId) ?? { waiting: [] };
    this.open.set(customerId, gathering);
    await new Promise<void>((go) => {
      gathering.waiting.push(go);
      clearTimeout(gathering.timer);
      gathering.timer = setTimeout(() => {
        this.open.delete(customerId);
        for (const next of gathering.waiting) next();
      }, QUIET_MS);
    });
    return this.lookupOf(gathering, customerId, onBehalfOf).find(id);
  }

  /** One new lookup for all that were gathered: a list that was read before doesn't have them. */
  private lookupOf(gathering: Gathering, customerId: string, onBehalfOf: string | undefined) {
    const found = this.lookups.get(gathering) ?? personLookup(this.run, customerId, onBehalfOf);
    this.lookups.set(gathering, found);
    return found;
  }

  private readonly lookups = new WeakMap<Gathering, ReturnType<typeof personLookup>>();
}
