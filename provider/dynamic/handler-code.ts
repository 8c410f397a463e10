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
}

/**
 * The text that the dynamic plugin evaluates: it names a module instead of carrying its code. The plugin resolves the
 * module from the program's folder. The state holds it for each resource, in the inputs, so it is short.
 * @param kind the kind of resource
 * @param installedIn another folder to resolve the package from, see {@link folderOfLibrary}
 */
export function providerCode({ handlers }: Kind, installedIn = folderOfLibrary({ handlers })): string {
  const name = `'${handlers}'`;
  return `exports.handler=()=>require(${installedIn === undefined ? name : `require.resolve(${name},{paths:[${JSON.stringify(installedIn)}]})`})`;
}

const PLAIN = /^exports\.handler=\(\)=>require\((.+)\)$/;
const EXPLAINED = /^exports\.handler=\(\)=>\{try\{return require\((.+)\)\}catch\(e\)/;

/**
 * The text for the outputs. `refresh` and `destroy` evaluate that one, and run without the program: where the package
 * isn't found, the text itself gives the error message.
 */
export function explainedCode(code: string): string {
  const module = PLAIN.exec(code)?.[1];
  const name = /'((@[^/']+\/)?[^/']+)/.exec(module ?? '')?.[1];
  if (module === undefined || name === undefined) return code;
  const explained = `if(e.requireStack){e.message="Install ${name} in the program's folder";e.stack=''}throw e`;
  return `exports.handler=()=>{try{return require(${module})}catch(e){${explained}}}`;
}

/** The text for the inputs, which `up` evaluates with the program: the one that a program sends. */
export function plainCode(code: string): string {
  const module = EXPLAINED.exec(code)?.[1];
  return module === undefined ? code : `exports.handler=()=>require(${module})`;
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
export function folderOfLibrary(
  kind: Pick<Kind, 'handlers'>,
  from = process.cwd(),
  own = __dirname,
): string | undefined {
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

function resolves(kind: Pick<Kind, 'handlers'>, folder: string): boolean {
  try {
    createRequire(path.join(folder, 'program.js')).resolve(kind.handlers);
    return true;
  } catch {
    return false;
  }
}
