import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { explainedCode, folderOfLibrary, plainCode, providerCode } from '../../../provider/dynamic/handler-code';

/**
 * Evaluates a text as Pulumi's plugin does with require-from-string: a module without a name, in the program's
 * folder.
 */
function evaluate(code: string, folder: string): unknown {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const module = Object.assign(new Module(''), { filename: '', paths: modulePaths(folder) });
    (module as unknown as { _compile(code: string, filename: string): void })._compile(code, '');
    return (module.exports as { handler(): unknown }).handler();
  } finally {
    process.chdir(before);
  }
}

const modulePaths = (folder: string) =>
  (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(folder);

describe('the text that names the handlers of a resource', () => {
  let repository: string;
  let program: string;
  /** Another package in each test: Node.js remembers where it found one. */
  let name: string;
  let kind: { type: string; handlers: string };
  let tests = 0;

  /** A package in a folder's node_modules, or where a package manager really keeps it. */
  const install = (folder: string, code = "module.exports = 'the handlers';"): string => {
    const made = path.join(repository, folder, 'node_modules', name);
    mkdirSync(made, { recursive: true });
    writeFileSync(
      path.join(made, 'package.json'),
      '{ "name": "example-package", "exports": { "./user": "./user.js" } }',
    );
    writeFileSync(path.join(made, 'user.js'), code);
    return made;
  };

  beforeEach(() => {
    name = `example-package-${++tests}`;
    kind = { type: 'example:User', handlers: `${name}/user` };
    repository = realpathSync(mkdtempSync(path.join(tmpdir(), 'handler-code-')));
    program = path.join(repository, 'packages', 'infra');
    mkdirSync(program, { recursive: true });
    process.env.PULUMI_NODEJS_MONITOR = '127.0.0.1:1';
  });
  afterEach(() => {
    rmSync(repository, { recursive: true, force: true });
    delete process.env.PULUMI_NODEJS_MONITOR;
  });

  it('is the plain name where the package is installed in the folder of the program, or above', () => {
    const own = install('.');
    expect(folderOfLibrary(kind, program, own)).toBeUndefined();
    expect(evaluate(providerCode(kind, undefined), program)).toBe('the handlers');
  });

  it('finds the package of a library by a relative path, as npm nests it', () => {
    const own = install('packages/lib');
    const folder = folderOfLibrary(kind, program, own);
    expect(folder).toBe('../lib');
    expect(evaluate(providerCode(kind, folder), program)).toBe('the handlers');
  });

  it("names pnpm's common folder rather than one with a version in its name", () => {
    const own = install('node_modules/.pnpm/example@0.1.0');
    const common = path.join(repository, 'node_modules/.pnpm/node_modules');
    mkdirSync(common);
    symlinkSync(own, path.join(common, name));
    const folder = folderOfLibrary(kind, program, own);
    expect(folder).toBe('../../node_modules/.pnpm');
    expect(evaluate(providerCode(kind, folder), program)).toBe('the handlers');

    rmSync(common, { recursive: true });
    expect(folderOfLibrary(kind, program, own)).toBe('../../node_modules/.pnpm/example@0.1.0');
  });

  it('is the plain name in a program that no language host runs: the folder of its plugin is another', () => {
    const own = install('packages/lib');
    delete process.env.PULUMI_NODEJS_MONITOR;
    expect(folderOfLibrary(kind, program, own)).toBeUndefined();
  });

  it.each([undefined, '../lib'])('has a remedy for a missing package (%s), without a stack trace', (folder) => {
    const thrown = errorOf(() => evaluate(explainedCode(providerCode(kind, folder)), program));
    expect(thrown.message).toBe(`Install ${name} in the program's folder`);
    // Pulumi's plugin prints both.
    expect(`${thrown}: ${thrown.stack}`).toBe(`Error: ${thrown.message}: `);
  });

  it('leaves another error of the package as it is', () => {
    install('.', "throw new Error('too old');");
    const thrown = errorOf(() => evaluate(explainedCode(providerCode(kind, undefined)), program));
    expect([thrown.message, thrown.stack]).toEqual(['too old', expect.stringContaining('user.js')]);
  });

  it.each([undefined, '../lib', "../John's (1)"])('goes to the explained form and back (%s)', (folder) => {
    install(folder ?? '.', "module.exports = 'the handlers';");
    const plain = providerCode(kind, folder);
    const explained = explainedCode(plain);
    expect([plainCode(explained), plainCode(plain), explainedCode(explained)]).toEqual([plain, plain, explained]);
  });

  it('leaves the text of an earlier version as it is', () => {
    const earlier = "exports.handler=(m='example')=>{try{return require(m+'/user')}catch(e){throw e}}";
    expect([plainCode(earlier), explainedCode(earlier)]).toEqual([earlier, earlier]);
  });

  it('names the package of a scope', () => {
    const code = explainedCode(providerCode({ type: 'example:User', handlers: '@example/package/user' }, undefined));
    expect(errorOf(() => evaluate(code, program)).message).toBe("Install @example/package in the program's folder");
  });
});

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
