// Loaded before anything else into the processes of a pulumi command (`--require`), or into the plugin alone
// (provider/plugin/): makes the `import` option and `pulumi import` work for the resources of this package.
import { readFileSync } from 'node:fs';
import { providerCode } from '../dynamic/handler-code';
import { isDynamicPlugin, serveImports } from '../dynamic/import-hook';
import { ADOPTION_VARIABLE, IMPORT_SERVED, LISTING } from '../dynamic/keys';
import { KINDS } from '../kinds';

const codes = new Map<string, string>(Object.values(KINDS).map((kind) => [kind.type, providerCode(kind)]));

/** The inputs of the declared resources that `webex-wholesale adopt` found in Webex, by URN. */
function declared(): Record<string, Record<string, unknown>> {
  const file = process.env[ADOPTION_VARIABLE];
  return file === undefined || file === LISTING ? {} : JSON.parse(readFileSync(file, 'utf8'));
}

Object.assign(globalThis, { [IMPORT_SERVED]: true });
if (isDynamicPlugin()) {
  const inputs = declared();
  serveImports(
    (type) => codes.get(type),
    (urn) => inputs[urn],
  );
}
