import { type Project, pulumi } from './pulumi';

/** The provider's settings of a stack, without their namespace. */
export async function configOf(project: Project): Promise<Map<string, string>> {
  const run = await pulumi(project, ['config', '--json']);
  if (run.exitCode !== 0) throw new Error(`pulumi can't read the stack's configuration: ${run.stderr.trim()}`);
  const all = JSON.parse(run.stdout) as Record<string, { value?: string }>;
  return new Map(
    Object.entries(all).flatMap(([key, { value }]) => {
      const name = /^webex-wholesale:(.+)$/.exec(key)?.[1];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
}
