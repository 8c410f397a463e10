// Preloaded into the Node processes that pulumi starts for JavaScript programs: Pulumi's SDK loads the TypeScript
// compiler and npm's arborist in each of them, though only programs in TypeScript and closures over packages ever use
// them. Loading them when they are first touched takes a third off the processor time of each pulumi command.
const Module = require('node:module');

// Pulumi.yaml says `typescript: false`; an older language host doesn't pass that on.
process.env.PULUMI_NODEJS_TYPESCRIPT = 'false';

const unused = new Set(['typescript', '@npmcli/arborist']);
const load = Module._load;

// Other programs that a command runs, npm for one, need what they load as it is.
const isPulumi = /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]/.test(process.argv[1] ?? '');

Module._load = function loadLater(request, parent, isMain) {
  if (!isPulumi || !unused.has(request)) return load.call(this, request, parent, isMain);
  let loaded;
  const real = () => {
    loaded ??= load.call(this, request, parent, isMain);
    return loaded;
  };
  return new Proxy(
    {},
    {
      get: (_, name) => (name === '__esModule' ? undefined : real()[name]),
      has: (_, name) => name in real(),
    },
  );
};
