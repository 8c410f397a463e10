// Preloaded into the Node processes that pulumi starts for JavaScript programs, and into the workers of fleets. The SDK
// loads the TypeScript compiler and others in each of them, though these programs never use them. Loading them when
// they are first touched takes a quarter off the processor time of each pulumi command. Programs in TypeScript, those
// of `packaging.test.ts` and `npm run compatibility` run without this file.
const Module = require('node:module');

// Pulumi.yaml says `typescript: false`; an older language host doesn't pass that on.
process.env.PULUMI_NODEJS_TYPESCRIPT = 'false';

const load = Module._load;

// For closures over packages. They are loaded when they are first touched.
const LATE = new Set(['typescript', '@npmcli/arborist', 'normalize-package-data']);

// A worker of a fleet runs programs of its own. Other programs that a command runs, npm for one, need what they load
// as it is.
const isPulumi = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/.test(process.argv[1] ?? '');
const isFleet = /[\\/]fleet[\\/]run[\\/]worker\.js$/.test(process.argv[1] ?? '');

if (isPulumi || isFleet) {
  Module._load = function loadLater(request, parent, isMain) {
    return LATE.has(request) ? late(request, parent) : load.call(this, request, parent, isMain);
  };
  // Pulumi kills a plugin, which then never writes what it compiled to the cache of NODE_COMPILE_CACHE.
  setTimeout(() => Module.flushCompileCache(), 500).unref();
}

function late(request, parent) {
  let loaded;
  const real = () => {
    loaded ??= load(request, parent, false);
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => (name === '__esModule' ? undefined : real()[name]),
      has: (_, name) => name in real(),
    },
  );
}
