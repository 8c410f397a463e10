import * as pulumi from '@pulumi/pulumi';
import { areImportsServed, importOf, NO_IMPORT } from './import-option';

/** Facts about a resource that decide which of its options are valid. */
export interface Options {
  /** Type token. */
  readonly type: string;
  /** Whether the kind of resource has the input `timeouts`. */
  readonly timeouts: boolean;
  /** The input `allowReplacement`, if it is a plain value. */
  readonly allowReplacement: unknown;
}

/** Options that can't work with a dynamic resource: the reason, and what to do instead. */
const REFUSED: Partial<Record<keyof pulumi.CustomResourceOptions, string>> = {
  deletedWith:
    'Pulumi would forget this object without deleting it, and it stays in Webex when the other one is deleted. Remove it: ' +
    'Pulumi deletes objects before what they depend on',
  replaceOnChanges:
    "a dynamic resource can't report to Pulumi which of its inputs changed. Remove it: an input that can't change in place is " +
    'replaced with allowReplacement: true',
  provider:
    'settings and credentials come from the stack configuration and the environment, which other providers are not given. ' +
    'Remove it',
  version: 'the version of this provider is that of its npm package. Remove it',
  pluginDownloadURL: 'this provider is an npm package, not a plugin that Pulumi downloads. Remove it',
  envVarMappings: 'it is for providers. Remove it, and set the environment variables of pulumi itself',
};

/**
 * Checks and completes the options of a resource. A replacement always deletes the old object first, also where Pulumi
 * forces the replacement (`--replace`, a taint): natural keys are unique in Webex, so two objects can't coexist.
 *
 * @throws pulumi.RunError for an option that can't work, with what to do instead: Pulumi would ignore it silently
 */
export function checkedOptions(
  name: string,
  opts: pulumi.CustomResourceOptions,
  { type, timeouts, allowReplacement }: Options,
): pulumi.CustomResourceOptions {
  const refuse = (option: string, why: string): never => {
    throw new pulumi.RunError(`${name}: the option ${option} can't be used with this resource: ${why}.`);
  };
  for (const [option, why] of Object.entries(REFUSED)) {
    const value = opts[option as keyof pulumi.CustomResourceOptions];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) refuse(option, why);
  }
  const imported = opts.import === undefined ? undefined : importOf(type, name, opts.import);
  if (imported !== undefined && !areImportsServed()) throw new pulumi.RunError(`${name}: ${NO_IMPORT}`);
  if (opts.deleteBeforeReplace === false) {
    refuse('deleteBeforeReplace: false', 'two objects with the same key can not exist beside each other. Remove it');
  }
  if ((opts.replaceWith ?? []).length > 0 && allowReplacement !== true) {
    refuse('replaceWith', 'this object would be deleted and created anew. Set allowReplacement: true as well');
  }
  if (opts.customTimeouts !== undefined && !timeouts) {
    refuse('customTimeouts', 'nothing in its life waits for Webex. Remove it');
  }
  const hasRecord = opts.id !== undefined || opts.urn !== undefined;
  return hasRecord ? opts : { deleteBeforeReplace: true, ...opts, import: imported };
}

/** Seconds of each unit of a duration, as Pulumi reads it. */
const UNITS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/**
 * Merges the option customTimeouts into the input `timeouts`, because the dynamic plugin drops the option. The input
 * has priority.
 * @throws pulumi.RunError for a duration that Pulumi can't read
 */
export function timeoutsFrom(name: string, declared: unknown, custom: pulumi.CustomTimeouts): pulumi.Input<unknown> {
  if (custom.read !== undefined) {
    const what = `${name}: the option customTimeouts.read can't be used with this resource`;
    throw new pulumi.RunError(`${what}: reading doesn't wait. webex-wholesale:retryTimeoutSeconds is for requests.`);
  }
  const seconds = Object.fromEntries(
    (['create', 'update', 'delete'] as const).flatMap((key) => {
      const text = custom[key];
      return text === undefined ? [] : [[key, secondsOf(name, key, text)]];
    }),
  );
  if (declared === undefined) return seconds;
  return pulumi.output(declared).apply((input) => ({ ...seconds, ...(input as object) }));
}

function secondsOf(name: string, key: string, text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new pulumi.RunError(
      `${name}: customTimeouts.${key} is "${text}"; it must be a duration such as 90s, 5m or 1h30m.`,
    );
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}
