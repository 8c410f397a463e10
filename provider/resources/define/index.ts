import { type Difference, type Lifecycle, PartialFailure, UNKNOWN } from '../../lifecycle';
import { changedKeys } from '../inputs/compare';
import { inRecordedSpelling } from '../inputs/spelling';
import { DeclarationError, isForbidden, isNotFound, isOutcomeUnknown, mayExist, messageOf } from '../outcomes/errors';
import { postOnce } from '../outcomes/post';
import { Activity } from '../run/activity';
import type { Run } from '../run/run';
import { compareForAdoption } from './adoption';
import { makeCheck } from './check';
import type { Definition, Identified, SharedInputs } from './definition';
import { importDifference, importedIn, makeImport } from './import';
import { marked, type OfPartner, refuseOtherPartner, withPartner } from './partner';
import { followsCustomer, refuseForcedReplacement } from './replacement';

/** A resource: makes its handlers for a run. */
export interface Resource<I extends object, S extends object> extends Pick<AnyDefinition, 'type' | 'schema'> {
  (run: Run): Lifecycle<I, S>;
}

type AnyDefinition = Definition<SharedInputs, object, Identified, Identified>;

/**
 * Makes the handlers of a resource, for a run. What all resources share is said here once: check, diff, adoption, one
 * resource for each object, and what a run may no longer believe after a write.
 *
 * @example
 * export const location = defineResource<LocationInputs, LocationState, Existing, Created>({
 *   kind: 'location',
 *   schema: locationInputs,
 *   // its keys, what is immutable, and how it is found, created, read, updated and removed
 * });
 * const handlers = location(new Run());
 */
export function defineResource<
  I extends SharedInputs,
  S extends SharedInputs & OfPartner & object,
  E extends Identified,
  P extends Identified,
>(definition: Definition<I, S, E, P>): Resource<I, S> {
  const { kind, title, type, schema } = definition;
  const handlersFor = (run: Run): Lifecycle<I, S> => {
    const { claims, memory } = run;

    /** What was read before a write is outdated after it, whether the write succeeds or not. */
    async function writing<T>(write: () => Promise<T>): Promise<T> {
      memory.forgetReads();
      return write().finally(() => memory.forgetReads());
    }

    /** A write for which the program may wait, before it declares more. */
    const awaited = <T>(write: () => Promise<T>) => Activity.of(run).during(() => writing(write));

    /** A refresh asks for differences, too, also of a resource that this run deletes after it: nothing declared it. */
    function isDeclared(inputs: I): boolean {
      const [key] = definition.keys(inputs, false);
      return key === undefined || key.key.includes(UNKNOWN) || claims.isDeclared(key.kind, key.key);
    }

    async function create(inputs: I, isSecond = false): Promise<{ id: string; state: S }> {
      await definition.create.prepare?.(run, inputs);
      const begun = await begin(inputs);
      if ('found' in begun) {
        // Found just before this run removed it, as that of a resource that is replaced.
        const isRemoved = await claims.isRemoved(kind, begun.found.id);
        if (isRemoved && isSecond)
          throw new Error(`${title(inputs)}: Webex still has it after this run removed it. Run again`);
        if (isRemoved) return create(inputs, true);
        return adopt(begun.found, inputs, begun.isOurs);
      }
      const { id } = begun.answer;
      claims.claim(kind, id);
      return { id, state: await definition.create.complete(run, begun.answer, inputs) };
    }

    /** Where Webex refuses the POST, or its answer is lost, the object is looked for by its natural key. */
    async function begin(inputs: I): Promise<{ answer: P } | { found: E; isOurs: boolean }> {
      const { post, otherwise } = definition.create;
      const since = Date.now();
      let isAnswerLost = false;
      try {
        const posted = await postOnce(
          () => post(run, inputs),
          (refusal) => definition.find(run, inputs, refusal),
          (error) => {
            isAnswerLost ||= isOutcomeUnknown(error);
            return mayExist(error);
          },
        );
        if ('answer' in posted) return posted;
        return { ...posted, isOurs: isAnswerLost && isMadeSince(posted.found, since) };
      } catch (error) {
        if (otherwise === undefined || !mayExist(error)) throw error;
        return { answer: await otherwise(run, inputs, error) };
      }
    }

    async function adopt(found: E, inputs: I, isOurs: boolean): Promise<{ id: string; state: S }> {
      if (claims.isClaimed(kind, found.id)) {
        const [key] = definition.keys(inputs, true);
        const reason = `${key?.shown} is declared twice: another resource of this program has this ${kind}`;
        throw new DeclarationError(key?.property ?? '', reason);
      }
      // Before anything else, so that no other resource of this run removes it meanwhile.
      claims.claim(kind, found.id);
      const comparison = await compareForAdoption(definition, run, found, inputs, isOurs).catch((error: unknown) => {
        claims.release(kind, found.id);
        throw error;
      });
      run.warn(`${title(inputs)} exists already; it was taken over`);
      return { id: found.id, state: await definition.update(run, found.id, await comparison.state(), inputs) };
    }

    function difference(state: S, inputs: I): Difference {
      const ignored = definition.ignored?.(state, inputs) ?? [];
      const changed: string[] = changedKeys(definition.inputKeys, state, inputs).filter(
        (key) => !ignored.includes(key),
      );
      if (definition.followsCustomer && followsCustomer(claims, title(state), state, inputs))
        changed.push('customerId');
      const known = definition.withUnreturned?.(state, inputs) ?? state;
      // An import could not record what Webex never returns: recording it now is no change of it.
      const isUnreturned = (key: string) => valueAt(state, key) === undefined && valueAt(known, key) !== undefined;
      const immutable = changed.filter(
        (key) => (definition.immutable as readonly string[]).includes(key) && !isUnreturned(key),
      );
      // check refuses these without allowReplacement; those that are left were never declared before, and are recorded.
      const replaces = inputs.allowReplacement === true ? immutable : [];
      replaces.push(...(definition.replaces?.(state, inputs) ?? []));
      if (replaces.length > 0) return { changes: true, replaces };
      definition.refuse?.(state, inputs);
      return { changes: changed.length > 0 || definition.isFinished?.(state) === false };
    }

    /** A change of an object that was deleted outside of Pulumi fails with a 404, which doesn't say what to do. */
    async function unlessGone<T>(id: string, state: S, change: () => Promise<T>): Promise<T> {
      try {
        return await change();
      } catch (error) {
        const cause = error instanceof PartialFailure ? error.cause : error;
        if (!isNotFound(cause) || (await definition.read(run, id, state)) !== undefined) throw error;
        throw new Error(
          `${title(state)} is no longer in Webex: it was removed outside of this program. Run pulumi up --refresh to create it again, or ` +
            `remove it from the program. (${messageOf(cause)})`,
        );
      }
    }

    function isKept(id: string, state: S): boolean {
      if (!claims.isClaimed(kind, id)) return false;
      run.warn(`${title(state)} is kept: another resource of this program has it now`);
      return true;
    }

    return {
      derived: definition.derived,
      configure: (config, warn, recorded) => run.configure(config, warn, recorded),

      check: makeCheck(definition, run),

      diff: async (id, state, inputs) => {
        const compared = importedIn(run).has(`${kind}:${id}`)
          ? importDifference(definition, state, inputs)
          : difference((await definition.current?.(run, id, state, inputs)) ?? state, inputs);
        const found = compared.changes ? compared : { changes: definition.isSureToChange?.(run, inputs) === true };
        const guard = async () => definition.guard?.(run, id, state, inputs, found.replaces !== undefined);
        if (found.changes) await unlessGone(id, state, guard);
        for (const part of [{ kind, id }, ...(definition.parts?.(state) ?? [])]) {
          if (part.id === undefined) continue;
          if (found.replaces) claims.release(part.kind, part.id);
          else if (isDeclared(inputs)) claims.claim(part.kind, part.id);
        }
        if (found.changes) claims.expectUpdate(kind, id);
        return found;
      },

      create: (inputs) => awaited(() => withPartner(run, () => create(inputs), definition.isExternal)),

      read: async (id, state) => {
        const isOther = () => refuseOtherPartner(run, title(state ?? ({} as S)), state ?? {});
        const reading = Activity.of(run).during(() => definition.read(run, id, state));
        const found = await reading.catch(async (error: unknown) => {
          if (isForbidden(error)) await isOther();
          throw error;
        });
        if (found !== undefined) {
          const spelled = inRecordedSpelling(found, state);
          const isExternal = definition.isExternal?.(spelled);
          return { id, state: isExternal ? spelled : await marked(run, spelled), inputs: definition.inputsOf(spelled) };
        }
        await isOther();
        return undefined;
      },

      import: makeImport(definition, run),

      update: (id, state, inputs) =>
        awaited(async () => {
          claims.claim(kind, id);
          const known = definition.withUnreturned?.(state, inputs) ?? state;
          const write = async () => ({ state: await definition.update(run, id, known, inputs) });
          return (await unlessGone(id, state, () => withPartner(run, write, definition.isExternal))).state;
        }),

      delete: async (id, state) => {
        if (definition.isExternal?.(state)) return;
        if (isKept(id, state)) return;
        refuseForcedReplacement(claims, definition.keys(definition.inputsOf(state), false), kind, title(state), state);
        await refuseOtherPartner(run, title(state), state);
        await definition.guardRemoval?.(run, id, state);
        if (isKept(id, state)) return;
        await claims.remove(kind, id, () => writing(() => definition.remove(run, id, state)));
      },
    };
  };
  return Object.assign(handlersFor, { type, schema });
}

function valueAt(object: object, key: string): unknown {
  return (object as Record<string, unknown>)[key];
}

/** How far Webex's clock may be from this one. */
const CLOCKS_DIFFER_MS = 60_000;

/** Whether Webex says of an object that it was made after this time. */
function isMadeSince(object: object, time: number): boolean {
  const created = 'created' in object ? Date.parse(String(object.created)) : Number.NaN;
  return created >= time - CLOCKS_DIFFER_MS;
}
