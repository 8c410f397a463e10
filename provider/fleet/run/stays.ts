import type { StepEventMetadata } from '@pulumi/pulumi/automation';
import { named } from '../../resources/outcomes/named';
import type { ResourceChange } from './jobs';
import { keyOf } from './resources';

/**
 * What stays in Webex when a resource is deleted with `removal: "unlink"`: Pulumi asks no provider about deletions, so
 * its preview shows only "delete". The pipelines' report (examples/ci), which imports nothing, repeats these texts for
 * programs.
 * @param before the changes of the same customer so far: its users are deleted before it
 */
export function staysAfterDeletion(
  { urn, old }: StepEventMetadata,
  before: readonly ResourceChange[],
): string | undefined {
  const { removal, roles } = old?.inputs ?? {};
  const [kind] = keyOf(urn).split('::');
  if (removal === 'delete') return kind === 'CustomerOrg' ? refusal(before) : undefined;
  if (kind === 'CustomerOrg') return 'the organization stays in Webex, with its people and administrators';
  if (kind !== 'User') return undefined;
  const held = Array.isArray(roles) && roles.length > 0 ? ` as ${roles.join(', ')}` : '';
  return `the person stays in the organization${held}`;
}

/** Webex deletes no organization that has people. Those that no stack has are not known here. */
function refusal(before: readonly ResourceChange[]): string | undefined {
  const people = before.filter(({ stays }) => stays !== undefined).map(({ resource }) => resource);
  if (people.length === 0) return undefined;
  return (
    `Webex will not delete the organization, because people stay in it (${named(people)}). Put the customer back, set removal: delete ` +
    'for its users and update them; then remove it'
  );
}
