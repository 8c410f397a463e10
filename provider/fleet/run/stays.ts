import type { StepEventMetadata } from '@pulumi/pulumi/automation';
import { keyOf } from './resources';

/**
 * What stays in Webex when a resource is deleted with `removal: "unlink"`: Pulumi asks no provider about deletions, so
 * its preview shows only "delete". The pipelines' report (examples/ci), which imports nothing, repeats these texts for
 * programs.
 */
export function staysAfterDeletion({ urn, old }: StepEventMetadata): string | undefined {
  const { removal, roles } = old?.inputs ?? {};
  if (removal === 'delete') return undefined;
  const [kind] = keyOf(urn).split('::');
  if (kind === 'CustomerOrg') return 'the organization stays in Webex, with its people and administrators';
  if (kind !== 'User') return undefined;
  const held = Array.isArray(roles) && roles.length > 0 ? ` as ${roles.join(', ')}` : '';
  return `the person stays in the organization${held}`;
}
