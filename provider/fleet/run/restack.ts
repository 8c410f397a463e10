import { LocalWorkspace } from '@pulumi/pulumi/automation';
import type { Roster } from '../roster/load';
import { backendEnvironment } from './backend';
import { fleetFolder, privateFolder } from './folder';
import { despiteLocks } from './locks';
import type { FleetOptions } from './options';
import { existingStacks } from './plan';
import { pulumi } from './pulumi-cli';
import { isOurs, keyOf, ownerAmong } from './resources';
import { otherStacks, StackCountError, stackIndexOf, stackName } from './stacks';
import { projectOf, unlockNewStack } from './workspace';

/**
 * Moves the customers of a fleet into another number of stacks. It changes the state (`pulumi state move`), not Webex.
 * After an interruption, call it again to continue; until then other commands refuse to work on the fleet.
 *
 * @param options `say` is called with a line for each stack that is emptied; `folder` and `unlock` as in
 * {@link FleetOptions}
 * @throws StackCountError if the roster has no number of stacks; Error if Pulumi fails
 *
 * @example
 * await restack(loadRoster('roster.yaml'), { say: console.log });
 */
export async function restack(
  roster: Roster,
  { folder = fleetFolder(roster.name), say = () => {}, unlock = false }: RestackOptions = {},
): Promise<void> {
  const { stacks: count, name: project } = roster;
  if (count === undefined) throw new StackCountError('write the new number into the roster first: stacks');
  privateFolder(folder);
  const names = new Set(await existingStacks(roster, folder));
  const env = { ...backendEnvironment(), PULUMI_SKIP_UPDATE_CHECK: 'true' };
  const workspace = await LocalWorkspace.create({ ...projectOf(project, folder), envVars: env });
  const sources = otherStacks([...names], count);
  for (const source of sources) {
    const urns = await urnsOf(workspace, source);
    for (const [target, moved] of byTarget(urns, count)) {
      const make = async () => {
        if (!names.has(target)) await workspace.createStack(target);
        names.add(target);
      };
      await locking(make, async () => {
        await unlockNewStack({ project, folder, stack: target }, env);
        names.add(target);
      });
      const move = () => pulumi(workspace, ['state', 'move', '--yes', '--source', source, '--dest', target, ...moved]);
      // Pulumi writes the destination first, and restores it if the source is locked.
      await locking(move, (refusal) => cancel(/destination snapshot/.test(refusal) ? target : source));
    }
    // Only the stack's own resource and its provider are left.
    const remove = () => workspace.removeStack(source, { force: true });
    await locking(remove, () => cancel(source));
    say(`${source}: ${urns.length} resources moved`);
  }
  if (sources.length === 0) say(`the fleet has ${count} stacks already`);

  function locking(command: () => Promise<void>, remove: (refusal: string) => Promise<unknown>): Promise<void> {
    return despiteLocks(command, { unlock, interrupted: false }, remove);
  }

  function cancel(stack: string): Promise<void> {
    return pulumi(workspace, ['cancel', '--yes', '--stack', stack]);
  }
}

/** Options of {@link restack}. */
export interface RestackOptions extends Partial<Pick<FleetOptions, 'folder' | 'unlock'>> {
  say?: (text: string) => void;
}

async function urnsOf(workspace: LocalWorkspace, stack: string): Promise<string[]> {
  const { resources = [] } = (await workspace.exportStack(stack)).deployment as { resources?: { urn: string }[] };
  return resources.map(({ urn }) => urn).filter(isOurs);
}

/** The URNs by the stack that they belong to. */
function byTarget(urns: readonly string[], count: number): Map<string, string[]> {
  const ownerOf = ownerAmong(urns.map(keyOf));
  const targets = new Map<string, string[]>();
  for (const urn of urns) {
    const target = stackName(stackIndexOf(ownerOf(keyOf(urn)), count), count);
    targets.set(target, [...(targets.get(target) ?? []), urn]);
  }
  return targets;
}
