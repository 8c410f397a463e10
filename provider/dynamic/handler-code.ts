import { createRequire } from 'node:module';
import path from 'node:path';

/** A kind of resource: its name in the type token, and the module with its handlers. */
export interface Kind {
  /** `MODULE:NAME` part of the type token `pulumi-nodejs:dynamic/MODULE:NAME`. */
  readonly type: string;
  /** Name of the module that the plugin process requires. It is a `pulumi.dynamic.ResourceProvider`. */
  readonly handlers: string;
  /** Whether it has the input `timeouts`, which the option customTimeouts then sets. */
  readonly timeouts?: boolean;
  /** Inputs that the handlers of all kinds are told of as soon as the program declares the resource. */
  readonly announces?: readonly string[];
}

/**
 * The text that the dynamic plugin evaluates: it names a module instead of carrying its code.
 *
 * The plugin resolves the module from the program's folder. Where the package is not found, this text itself gives the
 * error message, because `refresh` and `destroy` run without the program. The state holds it twice for each resource,
 * so it is short.
 * @param kind the kind of resource
 * @param installedIn another folder to resolve the package from, see {@link folderOfLibrary}
 */
export function providerCode(kind: Kind, installedIn = folderOfLibrary(kind)): string {
  const name = packageOf(kind);
  const module = `m+'${kind.handlers.slice(name.length)}'`;
  const found =
    installedIn === undefined ? module : `require.resolve(${module},{paths:[${JSON.stringify(installedIn)}]})`;
  const explained = `if(e.requireStack){e.message=\`Install \${m} in the program's folder\`;e.stack=''}throw e`;
  return `exports.handler=(m='${name}')=>{try{return require(${found})}catch(e){${explained}}}`;
}

/**
 * The folder from which the program gets the package, when it isn't installed in the program's own folder or above: a
 * library of the same monorepo depends on it, and the package manager (pnpm, npm with two versions) keeps it there.
 * Relative to the program's folder, which is also the plugin's working folder, so that the state holds no path of one
 * machine.
 *
 * @returns undefined where the plain name is right: installed as usual, or not run by Pulumi's language host, so that
 *   the plugin's folder isn't known (Automation API with an inline program)
 */
export function folderOfLibrary(kind: Kind, from = process.cwd(), own = __dirname): string | undefined {
  if (process.env.PULUMI_NODEJS_MONITOR === undefined || resolves(kind, from)) return undefined;
  const folder = holders(own).find((candidate) => resolves(kind, candidate));
  return folder && path.relative(from, folder).replaceAll(path.sep, '/');
}

/** Folders whose `node_modules` may hold this package, nearest last: pnpm's common one has no version in its name. */
function holders(own: string): string[] {
  const marker = `${path.sep}node_modules${path.sep}`;
  const before = (text: string) => own.slice(0, own.lastIndexOf(text));
  const store = `${marker}.pnpm${path.sep}`;
  const found = own.includes(marker) ? [before(marker)] : [];
  return own.includes(store) ? [path.join(before(store), 'node_modules', '.pnpm'), ...found] : found;
}

function resolves(kind: Kind, folder: string): boolean {
  try {
    createRequire(path.join(folder, 'program.js')).resolve(kind.handlers);
    return true;
  } catch {
    return false;
  }
}

/** `@scope/name` or `name` of a module's package. */
function packageOf({ handlers }: Kind): string {
  const parts = handlers.split('/');
  return parts.slice(0, handlers.startsWith('@') ? 2 : 1).join('/');
}
