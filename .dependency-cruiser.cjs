// The arrows between the folders, as rules. `npm run check` runs them; test/unit/tools proves that they bite.
// Type-only imports count here. What a Pulumi program loads at run time is checked by .dependency-cruiser-runtime.cjs.

const workspacePackages = '^(provider|policy|simulator|examples)/|^(pulumi-webex-wholesale|webex-wholesale-[a-z]+)';

// The rooms of provider/resources, which all resources share; every other folder there is a resource.
const rooms = 'administrators|calling|define|inputs|lookups|moves|outcomes|prechecks|program|run';
const resourceFolder = `^provider/resources/(?!(?:${rooms})/)([a-z-]+)/`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'Files that import each other in a circle can be neither understood nor tested one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      comment: 'An import that leads nowhere breaks whoever installs the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'simulator-stands-alone',
      comment:
        'Simulator and provider are two witnesses of what the API documents say. If they shared code, a misreading would be in both and no test would see it.',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: `${workspacePackages}|^(tools|test)/`, pathNot: '^simulator/' },
    },
    {
      name: 'simulator-http-knows-no-domain',
      comment:
        'What all operations share (tokens, errors, paging, faults) must not depend on what one of them is about; routes/ joins the two.',
      severity: 'error',
      from: { path: '^simulator/http/' },
      to: { path: '^simulator/(domain|routes|control|cli)/' },
    },
    {
      name: 'simulator-domain-knows-no-http',
      comment:
        'A rule of Webex is the same however the request came; it refuses with an ApiError, which is below both.',
      severity: 'error',
      from: { path: '^simulator/domain/' },
      to: { path: '^simulator/(http|routes|control|cli)/' },
    },
    {
      name: 'provider-knows-no-simulator',
      comment: 'The provider talks to Webex through HTTP only; it must not know which Webex answers.',
      severity: 'error',
      from: { path: '^provider/' },
      to: { path: '^(simulator|policy|examples|tools|test)/|^webex-wholesale-' },
    },
    {
      name: 'resources-know-no-pulumi-protocol',
      comment:
        'A handler is a plain object with plain functions, so that another face, such as a native provider plugin, can be put on it without touching it.',
      severity: 'error',
      from: { path: '^provider/resources/', pathNot: '/resource\\.ts$' },
      to: { path: '^provider/(dynamic|handlers)/' },
    },
    {
      name: 'resource-classes-know-one-class',
      comment:
        'A resource class, which a program constructs, extends one class of dynamic/ and knows nothing else of it.',
      severity: 'error',
      from: { path: '^provider/resources/.*/resource\\.ts$' },
      to: { path: '^provider/(dynamic|handlers)/', pathNot: '^provider/dynamic/resource\\.ts$' },
    },
    {
      name: 'resources-stand-side-by-side',
      comment: 'A resource is read, changed and removed without the others: what two of them need is in a room.',
      severity: 'error',
      from: { path: resourceFolder },
      to: { path: '^provider/resources/[a-z-]+/', pathNot: `^provider/resources/(?:$1|${rooms})/` },
    },
    {
      name: 'rooms-know-no-resource',
      comment: 'A new resource changes no room: it is a folder, and a line in resources/index.ts.',
      severity: 'error',
      from: { path: `^provider/resources/(?:${rooms})/` },
      to: { path: '^provider/resources/', pathNot: `^provider/resources/(?:${rooms})/` },
    },
    {
      name: 'define-knows-no-subject',
      comment: 'The contract is the same for every resource: calling and lookups belong to those that have them.',
      severity: 'error',
      from: { path: '^provider/resources/define/' },
      to: { path: '^provider/resources/(calling|lookups)/' },
    },
    {
      name: 'subjects-know-no-contract',
      comment:
        'Calling, lookups, prechecks and what the program declares are used by resources and their contract, and stand on inputs, outcomes and run.',
      severity: 'error',
      from: { path: '^provider/resources/(calling|lookups|prechecks|program)/' },
      to: {
        path: '^provider/resources/(calling|define|lookups|prechecks|program)/',
        pathNot: '^provider/resources/$1/',
      },
    },
    {
      name: 'ground-rooms-know-no-other',
      comment: 'Inputs, outcomes and run are the ground floor: each is understood by itself.',
      severity: 'error',
      from: { path: '^provider/resources/(inputs|outcomes|run)/' },
      to: { path: '^provider/resources/', pathNot: '^provider/resources/$1/' },
    },
    {
      name: 'dynamic-knows-no-domain',
      comment: 'The adapter to the dynamic-provider protocol must serve any resource: no word of Webex in it.',
      severity: 'error',
      from: { path: '^provider/dynamic/' },
      to: { path: '^provider/(resources|webex|handlers|packages|kinds)' },
    },
    {
      name: 'webex-client-stands-alone',
      comment:
        'The API client is the lowest layer: it knows HTTP and the API, neither resources nor packages nor Pulumi.',
      severity: 'error',
      from: { path: '^provider/webex/' },
      to: { path: '^provider/', pathNot: '^provider/webex/' },
    },
    {
      name: 'http-knows-no-pacing',
      comment:
        'Requests, answers and errors know neither when and how often a request is sent nor any family of the API: pacing and families use http.',
      severity: 'error',
      from: { path: '^provider/webex/http/' },
      to: { path: '^provider/webex/', pathNot: '^provider/webex/http/' },
    },
    {
      name: 'webex-client-without-pulumi',
      comment: 'The API client can be used, and tested, without Pulumi.',
      severity: 'error',
      from: { path: '^provider/webex/' },
      to: { path: '^@pulumi/|node_modules/@pulumi/' },
    },
    {
      name: 'package-catalogue-stands-alone',
      comment: 'The policy pack loads provider/packages alone; it must bring nothing else with it.',
      severity: 'error',
      from: { path: '^provider/packages\\.ts$' },
      to: { path: '^provider/' },
    },
    {
      name: 'nothing-knows-the-fleet',
      comment: 'The fleet runs stacks of what the rest of the provider is; only the command line depends on it.',
      severity: 'error',
      from: { path: '^provider/', pathNot: '^provider/(fleet|cli)/' },
      to: { path: '^provider/fleet/' },
    },
    {
      name: 'nothing-knows-the-command-line',
      comment: 'The command line joins the subcommands; what they print with is in terminal/.',
      severity: 'error',
      from: { path: '^provider/', pathNot: '^provider/cli/' },
      to: { path: '^provider/cli/' },
    },
    {
      name: 'fleet-uses-schemas-and-classes',
      comment:
        'The fleet checks a roster with the schemas and rules of the resources and declares resource classes. What talks to Webex runs in the plugin.',
      severity: 'error',
      from: { path: '^provider/fleet/' },
      to: {
        path: '^provider/(dynamic|handlers|resources|webex)/',
        pathNot:
          '^provider/(resources/([a-z-]+/schema|program/(facts|rules)|(inputs|run)/[a-z-]+|outcomes/(named|post))|webex/(pacing/(clock|pacer|shared-pacer)|http/(hosts|url))|dynamic/(readable|urn))\\.ts$',
      },
    },
    {
      name: 'policy-knows-the-catalogue-only',
      comment:
        'A policy judges what a program declares: it needs the package catalogue and the types of inputs, never handlers or the API.',
      severity: 'error',
      from: { path: '^policy/' },
      to: {
        path: '^(provider|simulator|examples|tools|test)/',
        pathNot: '^provider/(packages|index|dist/(packages|index)\\.)',
      },
    },
    {
      name: 'tools-use-the-front-door',
      comment: 'What developers run goes through what the packages publish, so that their insides can change.',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^(provider|simulator)/(?!dist/(index|handlers/|fleet/index))' },
    },
    {
      name: 'examples-use-the-front-door',
      comment: 'An example imports what a user can import.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(provider|simulator|tools|test)/(?!dist/)' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Only tests import tests.',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: '/dist/\\.' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
