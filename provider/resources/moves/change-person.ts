import { type Person, type PersonUpdate, personUpdateFrom } from '../../webex';
import { uuidOf } from '../../webex/ids';
import { same } from '../inputs/compare';
import type { Run } from '../run/run';

/**
 * Changes a person. PUT /people wants the whole person, so it is read first. The changes of one person are made one
 * after the other: its own update and an exchange of extensions or numbers with another user may come at the same time,
 * and the later write would undo the earlier one. Nothing is sent where nothing differs.
 *
 * @param change what to send, made from what was read; undefined where nothing is to be changed
 */
export function changePerson(
  run: Run,
  id: string,
  change: (person: Person) => PersonUpdate | undefined | Promise<PersonUpdate | undefined>,
): Promise<void> {
  const { people } = run.webex;
  const latest = run.memory.forRun('changes of people', () => new Map<string, Promise<void>>());
  const changed = (latest.get(uuidOf(id)) ?? Promise.resolve()).then(async () => {
    const person = await people.get(id);
    const next = await change(person);
    if (next !== undefined && !same(personUpdateFrom(person), next)) await people.update(id, next);
  });
  latest.set(
    uuidOf(id),
    changed.catch(() => undefined),
  );
  return changed;
}
