import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { IMPORT_SERVED } from './keys';

/** The message where the hook is missing: Pulumi's own plugin can't find the handlers of an object to import. */
export const NO_IMPORT = `the option import needs Pulumi's plugin for dynamic resources with the hook of this package. For one command:
  NODE_OPTIONS="--require pulumi-webex-wholesale/import" pulumi up
or for all commands of the project, in Pulumi.yaml:
  plugins:
    providers:
      - name: pulumi-nodejs
        path: node_modules/pulumi-webex-wholesale/plugin
Take the option out of the program once the object is imported.`;

/** Whether the plugin of this run can read objects to import: see import-hook.ts. */
export function areImportsServed(): boolean {
  return IMPORT_SERVED in globalThis || namesPlugin();
}

/** Whether the project's Pulumi.yaml names a plugin for dynamic resources. */
function namesPlugin(): boolean {
  try {
    const folder = pulumi.getRootDirectory();
    const file = ['Pulumi.yaml', 'Pulumi.yml', 'Pulumi.json'].map((name) => path.join(folder, name)).find(existsSync);
    return file !== undefined && readFileSync(file, 'utf8').includes('pulumi-nodejs');
  } catch {
    // Without an engine (unit tests) there is no such folder.
    return false;
  }
}
