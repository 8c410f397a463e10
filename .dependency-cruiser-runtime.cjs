// What a Pulumi program loads when it imports pulumi-webex-wholesale. Type-only imports don't count, because the
// compiler removes them.

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'program-stays-light',
      comment:
        'zod, undici, the API client and the handlers belong to the plugin process. In the program they would cost every `pulumi up` their load time, and give the program a way to the credentials.',
      severity: 'error',
      from: { path: '^provider/index\\.ts$' },
      to: { path: '(^|node_modules/)(zod|undici)(/|$)|^provider/(webex|handlers)/', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    tsPreCompilationDeps: false,
  },
};
