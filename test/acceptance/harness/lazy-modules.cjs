// Preloaded into the Node processes that pulumi starts for JavaScript programs. Pulumi's SDK loads and starts much that
// these programs never use; it takes a third of the processor time of each pulumi command. Programs in TypeScript, those
// of `packaging.test.ts` and `npm run compatibility` run without this file.
const Module = require('node:module');

// Pulumi.yaml says `typescript: false`; an older language host doesn't pass that on.
process.env.PULUMI_NODEJS_TYPESCRIPT = 'false';

const load = Module._load;

// For closures over packages. They are loaded when they are first touched.
const LATE = new Set(['typescript', '@npmcli/arborist', 'normalize-package-data']);

/** What the SDK gets instead of modules, by the names that it requires them by. */
const INSTEAD = {
  // Each resource takes a stack trace, and the source maps of the SDK are large.
  'source-map-support/register': {},
  // The debugger, for closures in the state; this provider has none there.
  '../../runtime/closure/v8Hooks': { isInitializedAsync: async () => {} },
  // Exporters for `pulumi --tracing`.
  './tracing': {
    newSpan: (name) => load('@opentelemetry/api', module, false).trace.getTracer('none').startSpan(name),
  },
  // Programs that run pulumi.
  './automation': {},
};

// A worker of a fleet runs programs of its own. Other programs that a command runs, npm for one, need what they load as it is.
const SDK = /[\\/]@pulumi[\\/]pulumi[\\/]/;
const isPulumi = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/.test(process.argv[1] ?? '');
const isFleet = /[\\/]fleet[\\/]run[\\/]worker\.js$/.test(process.argv[1] ?? '');

if (isPulumi || isFleet) {
  Module._load = function loadLater(request, parent, isMain) {
    if (isPulumi && request in INSTEAD && SDK.test(parent?.filename ?? '')) return INSTEAD[request];
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
