import {
  type Caller,
  type Checked,
  type CheckFailure,
  type OtherFailures,
  type Recorded,
  UNKNOWN,
  type Upcoming,
} from '../../lifecycle';
import { isSameId } from '../../webex/ids';
import { hasUnknown, inOrderOf, same } from '../inputs/compare';
import { validate } from '../inputs/validation';
import { notWithin, withoutParts, withUnknown } from '../inputs/wrong-parts';
import { asFailures } from '../outcomes/errors';
import { PrechecksAhead } from '../prechecks/ahead';
import { Program } from '../program/program';
import { Activity } from '../run/activity';
import type { Run } from '../run/run';
import { allDifferences, compareForAdoption } from './adoption';
import type { Definition, Identified, SharedInputs } from './definition';
import { customerFailures, existsAlready, freeFirst, immutableFailures, replacementFailures } from './replacement';

/** What rules need of a caller. */
type Named = Pick<Caller, 'urn' | 'name' | 'references'>;

/** Makes the `check` of a resource: validation, rules, replacement, declared twice, and in preview what Webex says. */
export function makeCheck<I extends SharedInputs, S extends object, E extends Identified, P extends Identified>(
  definition: Definition<I, S, E, P>,
  run: Run,
) {
  const { kind, type, schema, precheck } = definition;
  const program = Program.of(run);
  program.register({ kind, type, judge: upcomingFailures });
  const validated = (news: Record<string, unknown>) => validate<I>(schema as never, withDefaults(news));
  const ahead =
    precheck &&
    new PrechecksAhead<I>(run, {
      upcoming: program.upcoming(kind),
      validated: (news) => {
        const { inputs, failures } = validated(news);
        return failures.length > 0 || hasUnknown(inputs) ? undefined : inputs;
      },
      send: (inputs) => precheck.send(run, inputs),
      keyOf: (inputs) => JSON.stringify([precheck.body(inputs), inputs.onBehalfOfSubPartnerOrgId]),
      hints: precheck.hints,
    });

  /** Null and undefined mean left out: the outputs that a resource class asks for arrive so. */
  function withDefaults(news: Record<string, unknown>): Record<string, unknown> {
    const declared = Object.fromEntries(
      Object.entries(news).filter(([, value]) => value !== undefined && value !== null),
    );
    const { onBehalfOfSubPartnerOrgId } = run.settings;
    if (onBehalfOfSubPartnerOrgId === undefined || !('onBehalfOfSubPartnerOrgId' in schema.shape)) return declared;
    return { onBehalfOfSubPartnerOrgId, ...declared };
  }

  function declaredTwice(inputs: I, caller: Named, isNew: boolean): CheckFailure[] {
    return definition.keys(inputs, isNew).flatMap(({ kind, property, key, shown, among = '' }) => {
      const other = key.includes(UNKNOWN) ? undefined : run.claims.declare(kind, key, caller, inputs.allowReplacement);
      if (other === undefined) return [];
      const reason = `${shown} is declared twice${among}: ${other} has it too. It must be unique`;
      return [{ property, reason }];
    });
  }

  function secretId({ secrets }: Caller): CheckFailure[] {
    const { idInput } = definition;
    if (idInput === undefined || !secrets.includes(idInput)) return [];
    const reason =
      "can't be secret: it is the ID of this resource, which Pulumi stores and shows in the clear. Give the plain value (the " +
      `${idInput} of a customer can be secret)`;
    return [{ property: idInput, reason }];
  }

  /** An object that the program names by its ID is recorded only: replacing the resource deletes nothing. */
  function isNamedById(inputs: I): boolean {
    return definition.idInput !== undefined && inputs[definition.idInput] !== undefined;
  }

  function immutable(olds: I | undefined, inputs: I): CheckFailure[] {
    const { immutableOnceDeclared = [] } = definition;
    const keys = definition.immutable.filter(
      (key) => !immutableOnceDeclared.includes(key) || olds?.[key] !== undefined,
    );
    return immutableFailures(keys, olds && (definition.withUnreturned?.(olds, inputs) ?? olds), inputs);
  }

  /**
   * What is wrong that needs no request.
   * @param certain what is known already to be wrong: no rule says it again
   */
  function localFailures(
    inputs: I,
    olds: I | undefined,
    before: I | undefined,
    caller: Named,
    isNew: boolean,
    certain: readonly CheckFailure[] = [],
  ): CheckFailure[] {
    const isNews = ({ property }: CheckFailure) => !certain.some((found) => found.property === property);
    return [
      ...definition.rules(run, inputs, before).filter(isNews),
      ...immutable(olds, inputs),
      ...(definition.followsCustomer ? customerFailures(run.claims, olds, inputs) : []),
      ...declaredTwice(inputs, caller, isNew),
      ...program.failuresOf(kind, caller.urn),
    ];
  }

  /** What is wrong beside what doesn't pass the schema: all is said at once. What failed counts as unknown. */
  function otherFailures(
    news: Record<string, unknown>,
    failures: readonly CheckFailure[],
    olds: I | undefined,
    caller: Named,
    isNew: boolean,
  ): CheckFailure[] {
    const known = withUnknown(news, failures);
    const first = validated(known);
    // What fails although it isn't known doesn't exist.
    const rest = first.failures.length > 0 ? validated(withoutParts(known, first.failures)) : first;
    if (rest.failures.length > 0) return [];
    program.add(kind, caller, rest.inputs, olds, isNew);
    return notWithin(failures, localFailures(rest.inputs, olds, olds, caller, isNew));
  }

  /**
   * What is wrong with a resource whose check is yet to come.
   * @param recorded what the stack recorded of it. Without that it isn't known whether it is new, unless its
   * customer is.
   */
  function upcomingFailures(declared: Upcoming, recorded: Recorded | undefined): CheckFailure[] {
    const known = run.claims.withAdoptedIds(declared, declared.inputs);
    const olds = recorded && oldInputs(definition.inputsOf(recorded.state as S), known);
    // The customer of a recorded resource may be one whose check failed.
    const news =
      olds?.customerId !== undefined && known.customerId === UNKNOWN
        ? { ...known, customerId: olds.customerId }
        : known;
    const { inputs, failures } = validated(news);
    const isNew = olds === undefined && inputs.customerId === UNKNOWN;
    if (failures.length > 0) return [...failures, ...otherFailures(declared.inputs, failures, olds, declared, isNew)];
    program.add(kind, declared, inputs, olds, isNew);
    const local = localFailures(inputs, olds, olds, declared, isNew);
    return local.length === 0 && isNew ? (definition.rulesOfNew?.(inputs) ?? []) : local;
  }

  /**
   * What Webex says of a new object. An object that exists already may be adopted: an earlier run may have been
   * killed.
   */
  async function precheckFailures(inputs: I, caller: Caller): Promise<CheckFailure[]> {
    const failures = await ahead?.failuresOf(inputs);
    if (failures === undefined) return [];
    if (failures.length === 0) {
      precheck?.passed?.(run, inputs);
      return definition.rulesOfNew?.(inputs) ?? [];
    }
    const existing = await definition.find(run, inputs);
    if (existing === undefined) return (await precheck?.refused?.(run, inputs, failures)) ?? failures;
    await expectAdoption(existing, inputs, caller);
    return [];
  }

  async function expectAdoption(existing: E, inputs: I, { urn }: Caller): Promise<void> {
    const comparison = await compareForAdoption(definition, run, existing, inputs);
    await definition.guardAdoption?.(run, existing, inputs);
    run.claims.expectAdoption(kind, existing.id, urn);
    // Taking over completes what a killed run left half-made, before the objects that refer to it.
    run.claims.expectUpdate(kind, existing.id);
    run.warn(existsAlready(definition.title(inputs), inputs, allDifferences(comparison)));
  }

  async function newFailures(inputs: I, caller: Caller): Promise<CheckFailure[]> {
    const existing = hasUnknown(inputs) ? undefined : await definition.existsAlready?.(run, inputs);
    if (existing === undefined) return definition.rulesOfNew?.(inputs) ?? [];
    await expectAdoption(existing, inputs, caller);
    return [];
  }

  /** A natural key that changes in place must be free: Webex refuses it where another object has it. */
  async function takenKey(inputs: I, olds: I | undefined, { urn }: Caller): Promise<CheckFailure[]> {
    const [key, before] = [inputs, olds].map((each) => each && definition.keys(each, false)[0]);
    if (key === undefined || before === undefined || key.key.includes(UNKNOWN)) return [];
    if (same(key.shown, before.shown) || same(key.key, before.key)) return [];
    const found = await (definition.existsAlready ?? definition.find)(run, inputs);
    if (found === undefined) return [];
    // The change was made in Webex already, or by a run that was killed.
    const isOwn = (await run.recorded()).some((recorded) => recorded.urn === urn && isSameId(recorded.id, found.id));
    if (isOwn) return [];
    const reason = `can't be changed from ${before.shown} to ${key.shown}: ${definition.existing(inputs)} exists already. ${freeFirst(key.property)}`;
    return [{ property: key.property, reason }];
  }

  async function previewFailures(
    inputs: I,
    olds: I | undefined,
    was: I | undefined,
    isNew: boolean,
    caller: Caller,
  ): Promise<CheckFailure[]> {
    // Objects of a customer that will be taken over: Pulumi doesn't know its ID yet, this run does.
    const known = run.claims.withAdoptedIds(caller, inputs);
    const taken = await takenKey(known, olds, caller);
    const failures = taken.length > 0 ? taken : ((await definition.preview?.(run, known, olds, was)) ?? []);
    if (failures.length > 0 || !isNew || run.settings.precheck === 'off') return failures;
    if (!isPrechecked(run, definition) || hasUnknown(known)) return newFailures(known, caller);
    return precheckFailures(known, caller);
  }

  async function check(given: Record<string, unknown>, olds: I | undefined, caller: Caller): Promise<Checked<I>> {
    const news = definition.withKnown?.(run, given, caller) ?? given;
    const { inputs, failures } = validated(news);
    const isReplacement = run.claims.isReplacementCheck(kind, caller.urn, olds);
    const isNew = !isReplacement && olds === undefined;
    ahead?.checking(isNew);
    if (failures.length > 0)
      return { inputs, failures: [...failures, ...otherFailures(news, failures, olds, caller, isNew)] };
    program.add(kind, caller, inputs, olds, isNew);

    const { dryRun } = caller;
    run.isPreview = dryRun;
    const past = definition.before
      ? await definition.before(run, inputs, olds, { urn: caller.urn, dryRun, isReplacement })
      : { was: olds };
    const { failures: certain = [] } = past;
    failures.push(...certain, ...localFailures(inputs, olds, past.was, caller, isNew, certain), ...secretId(caller));
    failures.push(...replacementFailures(isReplacement && !isNamedById(inputs), inputs));
    const stays = dryRun ? program.staysOf(kind, caller.urn) : undefined;
    if (stays !== undefined) run.warn(stays);
    if (failures.length === 0 && caller.dryRun) {
      failures.push(...(await asFailures(previewFailures(inputs, olds, past.was, isNew, caller))));
    }
    const previous = definition.previous?.(inputs, past.was);
    const customer = definition.customerForPolicies?.(inputs, caller.references);
    const forPolicies = { ...(previous && { previous }), ...(customer !== undefined && { customer }) };
    return { inputs: { ...inOrderOf(olds, inputs), ...forPolicies }, failures };
  }

  return async (news: Record<string, unknown>, olds: I | undefined, caller: Caller): Promise<Checked<I>> => {
    run.verify();
    program.announce(caller);
    Activity.of(run).noteCheck();
    const checked = await check(news, olds, caller);
    // Pulumi ends at the first resource that fails.
    return checked.failures.length === 0 ? checked : { ...checked, others: await othersOf(run, program) };
  };
}

/** Recorded inputs for rules about a change. In place of a secret one, which no rule can judge, stands the new one. */
function oldInputs<I extends object>(recorded: I, news: Readonly<Record<string, unknown>>): I {
  const plain = Object.entries(recorded).map(([key, old]) => {
    const now = news[key];
    return [key, now === undefined || typeof now === typeof old ? old : now];
  });
  return Object.fromEntries(plain) as I;
}

/** Maximum of other resources whose failures are shown; a warning gives the number of the rest. */
const MOST_OTHERS = 20;

async function othersOf(run: Run, program: Program): Promise<OtherFailures[]> {
  const { warn } = run;
  const others = saidOnce(program.failuresOfUpcoming(await run.recorded()));
  const more = others.length - MOST_OTHERS;
  if (more > 0) warn(`${more} more resources of this program have problems, which aren't shown`);
  return others.slice(0, MOST_OTHERS);
}

/**
 * The same failure of many resources (a package that their customer lacks) is one mistake, shown for the first of them.
 */
function saidOnce(others: readonly OtherFailures[]): OtherFailures[] {
  const same = new Map<string, OtherFailures[]>();
  const keyOf = (type: string, { property, reason }: CheckFailure) => JSON.stringify([type, property, reason]);
  for (const other of others) {
    for (const failure of other.failures) {
      const key = keyOf(other.type, failure);
      same.set(key, [...(same.get(key) ?? []), other]);
    }
  }
  return others
    .map((other) => ({
      ...other,
      failures: other.failures.flatMap((failure) => {
        const [first, second, ...more] = same.get(keyOf(other.type, failure)) ?? [];
        if (first !== other) return [];
        if (second === undefined) return [failure];
        const rest = more.length > 0 ? ` and ${more.length} more` : '';
        return [{ ...failure, reason: `${failure.reason} (the same of "${second.name}"${rest})` }];
      }),
    }))
    .filter(({ failures }) => failures.length > 0);
}

function isPrechecked<I extends SharedInputs, S extends object, E extends Identified, P extends Identified>(
  { settings }: Run,
  { precheck }: Definition<I, S, E, P>,
): boolean {
  if (precheck === undefined || settings.precheck === 'off') return false;
  return settings.precheck === 'all' || precheck.scope === 'customers';
}
