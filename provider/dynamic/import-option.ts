import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { IMPORT_SERVED } from './keys';
import { recordedNow } from './stack-record';
import { typeAndName } from './urn';

/** The message where the hook is missing: Pulumi's own plugin can't find the handlers of an object to import. */
export const NO_IMPORT = `the option import needs Pulumi's plugin for dynamic resources with the hook of this package. For one command:
  NODE_OPTIONS="--require pulumi-webex-wholesale/import" pulumi up
or for all commands of the project, in Pulumi.yaml:
  plugins:
    providers:
      - name: pulumi-nodejs
        path: node_modules/pulumi-webex-wholesale/plugin`;

/** Whether the plugin of this run can read objects to import: see import-hook.ts. */
export function areImportsServed(): boolean {
  return IMPORT_SERVED in globalThis || namesPlugin(process.cwd());
}

const PROJECT_FILES = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'];

/**
 * Whether the project's file names a plugin for dynamic resources. The project is the nearest folder above the program:
 * `pulumi.getRootDirectory()` is no path in some versions of Pulumi's language host.
 */
function namesPlugin(folder: string): boolean {
  const file = PROJECT_FILES.map((name) => path.join(folder, name)).find(existsSync);
  if (file !== undefined) return readFileSync(file, 'utf8').includes('pulumi-nodejs');
  const above = path.dirname(folder);
  return above !== folder && namesPlugin(above);
}

let ids: ReadonlyMap<string, string> | undefined;

/**
 * The value of the option `import` for Pulumi: undefined if the stack has the resource under another ID. Pulumi
 * compares the option with the ID and, in some cases, with the option of the import. With a natural key, it would
 * import a recorded resource again, as a replacement.
 * @param type type token of the resource
 */
export function importOf(type: string, name: string, key: string, record = recordedNow): string | undefined {
  // By type and name, because the URN of a component above is not known at once.
  ids ??= new Map(record().map(({ urn, id }) => [keyOf(typeAndName(urn)), id]));
  const id = ids.get(keyOf({ type, name }));
  if (id === undefined || id === key) return key;
  void pulumi.log.info(
    `${name}: the option import is ignored: the stack has this resource already, with the ID ${id}. Remove the option from the program`,
  );
  return undefined;
}

/** `pulumi-nodejs:dynamic/webex-wholesale:User::alice`. */
function keyOf({ type, name }: { type: string; name: string }): string {
  return `${type}::${name}`;
}
