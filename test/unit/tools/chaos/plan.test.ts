import { beforeAll, describe, expect, it, vi } from 'vitest';
import { customerOrgInputs, customerOrgRules } from '../../../../provider/resources/customer-org/schema';
import { validate } from '../../../../provider/resources/inputs/validation';
import { locationInputs, locationRules } from '../../../../provider/resources/location/schema';
import { userInputs, userRules } from '../../../../provider/resources/user/schema';
import { type Plan, planOf } from '../../../../tools/chaos/plan';
import { programOf } from '../../../../tools/chaos/program';
import { everything, type World } from '../../../../tools/chaos/world';

const SEEDS = Array.from({ length: 300 }, (_, index) => index);

describe('the plan of a chaos run', () => {
  let plans: Plan[];
  beforeAll(() => {
    plans = SEEDS.map(planOf);
  });
  const worlds = () => plans.flatMap(({ rounds }) => rounds.map(({ world }) => world));

  it('is made from its seed alone', () => {
    expect(planOf(7)).toEqual(plans[7]);
    expect(planOf(8)).not.toEqual(plans[7]);
  });

  it('declares nothing that the provider refuses, and no key twice', () => {
    for (const world of worlds()) {
      for (const [kind, args] of declared(programOf(world))) {
        expect(failuresOf(kind, args), JSON.stringify(args)).toEqual([]);
      }
      for (const keys of [names(world), world.users.map(({ email }) => email), numbersIn(world)])
        expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('gives users what their customer and place have', () => {
    for (const world of worlds()) {
      for (const user of world.users) {
        const customer = world.customers.find(({ key }) => key === user.customer);
        const place = world.locations.find(({ key }) => key === user.location);
        expect(customer?.packages).toContain(user.package);
        if (user.location !== undefined) expect(place?.customer).toBe(user.customer);
        const calling = user.location === undefined ? customer?.headquarters?.calling : place?.calling;
        if (user.location !== undefined) expect(calling).toBeDefined();
        if (user.phoneNumber !== undefined) expect(calling?.phoneNumbers).toContain(user.phoneNumber);
      }
    }
  });

  it('has every kind of change and of disturbance in it', () => {
    const changes = plans.flatMap(({ rounds }) => rounds.flatMap((round) => round.changes));
    const kinds = ['add', 'change', 'replace', 'rename', 'remove', 'move', 'change package of', 'change calling of'];
    kinds.push('change address of', 'swap extension', 'swap phoneNumber', 'hand on', 'change retirePackage of');
    for (const kind of kinds)
      expect(
        changes.some((change) => change.startsWith(`${kind} `)),
        kind,
      ).toBe(true);
    const operations = plans.flatMap(({ rounds }) => rounds.flatMap((round) => round.operations));
    expect(new Set(operations.map(({ command }) => command))).toEqual(new Set(['up', 'refresh', 'destroy']));
    expect(operations.some(({ twice }) => twice !== undefined)).toBe(true);
    expect(operations.some(({ skipCheckpoints }) => skipCheckpoints)).toBe(true);
    const blows = operations.flatMap(({ disturbances }) => disturbances.blows.map(({ kind }) => kind));
    expect(new Set(blows).size).toBe(7);
    const outcomes = operations.flatMap(({ disturbances }) => disturbances.outcomes.map(({ status }) => status));
    expect(new Set(outcomes).size).toBe(4);
  });

  it('removes nothing that may have been made without a record, and takes no number back', () => {
    for (const { rounds } of plans) {
      let known = new Set<string>();
      const gone = new Set<string>();
      let before: World | undefined;
      for (const { world, settles } of rounds) {
        if (before !== undefined) {
          const left = new Set(keys(world));
          for (const key of keys(before)) if (!left.has(key)) expect(known.has(key), key).toBe(true);
          for (const number of numbersIn(before)) if (!numbersIn(world).includes(number)) gone.add(number);
          for (const number of numbersIn(world)) expect(gone.has(number), number).toBe(false);
        }
        before = world;
        if (settles) known = new Set(keys(world));
      }
    }
  });
});

/** What the resource classes of a program are given. */
function declared(program: string): [kind: string, args: Record<string, unknown>][] {
  const found: [string, Record<string, unknown>][] = [];
  const kind = (name: string) =>
    class {
      readonly id = 'an-id';
      readonly provisioningId = 'a-provisioning-id';
      constructor(_name: string, args: Record<string, unknown>) {
        found.push([name, args]);
      }
    };
  const kinds = ['OnboardingTemplate', 'CustomerOrg', 'Location', 'User'];
  const webex = Object.fromEntries(kinds.map((name) => [name, kind(name)]));
  const require = vi.fn(() => webex);
  new Function('require', program)(require);
  return found;
}

function failuresOf(kind: string, args: Record<string, unknown>): unknown[] {
  if (kind === 'CustomerOrg') {
    const { inputs, failures } = validate(customerOrgInputs, args);
    return [...failures, ...(failures.length > 0 ? [] : customerOrgRules(inputs))];
  }
  if (kind === 'Location') {
    const { inputs, failures } = validate(locationInputs, args);
    return [...failures, ...(failures.length > 0 ? [] : locationRules(inputs))];
  }
  if (kind === 'User') {
    const { inputs, failures } = validate(userInputs, args);
    return [...failures, ...(failures.length > 0 ? [] : userRules(inputs, undefined))];
  }
  return [];
}

function keys(world: World): string[] {
  return everything(world).map(({ key }) => key);
}

function names(world: World): string[] {
  return everything(world).map(({ resource }) => resource);
}

function numbersIn({ customers, locations }: World): string[] {
  return [
    ...customers.map(({ headquarters }) => headquarters?.calling),
    ...locations.map(({ calling }) => calling),
  ].flatMap((calling) => calling?.phoneNumbers ?? []);
}
