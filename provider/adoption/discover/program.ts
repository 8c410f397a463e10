import type { Part } from './files';
import type { Found, FoundCustomer, FoundInputs } from './found';
import { fileName, fileSource, Names, variableName } from './names';
import { Code, commentText, printed, quoted } from './typescript';

/** Versions of the project's dependencies. */
export interface ProjectVersions {
  /** Version of this package. */
  own: string;
  /** Version of Pulumi's SDK. */
  sdk: string;
}

/**
 * Writes the found customers as a Pulumi project in TypeScript: a file for each customer, an index, and the project
 * files.
 * @returns the files by their paths in the project's folder
 */
export function* programOf(
  { customers, provisioningId }: Found,
  project: string,
  versions: ProjectVersions,
): Generator<Part> {
  const files = new Names(fileName);
  const logical = logicalNames();
  const imports: string[] = [];
  for (const customer of customers) {
    if (customer.declaration === undefined) continue;
    const file = `customers/${files.of(fileSource(customer))}`;
    imports.push(`import './${file}';\n`);
    yield [`${file}.ts`, customerFile(customer, logical)];
  }
  yield ['template.ts', templateFile(provisioningId)];
  yield ['index.ts', `// One file a customer. What a file declares, pulumi up manages.\n${imports.sort().join('')}`];
  yield ['Pulumi.yaml', `name: ${project}\ndescription: Customers of Webex for Wholesale\nruntime: nodejs\n`];
  yield ['package.json', packageJson(project, versions)];
  yield ['tsconfig.json', `${JSON.stringify(TSCONFIG, undefined, 2)}\n`];
  yield ['.gitignore', 'node_modules/\n'];
}

function templateFile(provisioningId: string | undefined): string {
  const imports = `import { OnboardingTemplate } from 'pulumi-webex-wholesale';\n`;
  if (provisioningId !== undefined) {
    return `${imports}\nexport const template = new OnboardingTemplate('template', { provisioningId: ${quoted(provisioningId)} });\n`;
  }
  return (
    `import * as pulumi from '@pulumi/pulumi';\n${imports}\n` +
    '// Webex never returns it. Copy it from Partner Hub (Customers, Templates, the template, Provisioning ID):\n' +
    '// pulumi config set provisioningId ID\n' +
    `const provisioningId = new pulumi.Config().require('provisioningId');\n\n` +
    "export const template = new OnboardingTemplate('template', { provisioningId });\n"
  );
}

/** Unique names of resources: `a/b` + `c` and `a` + `b/c` give the same name, so the second one gets a number. */
function logicalNames(): (kind: string, name: string) => string {
  const kinds = new Map<string, Names>();
  return (kind, name) => {
    const names = kinds.get(kind) ?? new Names((text) => text, []);
    kinds.set(kind, names);
    return names.of(name);
  };
}

function customerFile(
  { externalId, onBehalfOfSubPartnerOrgId, declaration, notes }: FoundCustomer,
  logical: (kind: string, name: string) => string,
): string {
  const { inputs, locations, users } = declaration ?? { inputs: {}, locations: [], users: [] };
  const variables = new Names(variableName);
  const addresses = sharedAddresses(
    [inputs, inputs.headquarters, ...locations.map((location) => location.inputs)],
    variables,
  );
  const common = {
    customerId: new Code('customer.id'),
    ...(onBehalfOfSubPartnerOrgId !== undefined && { onBehalfOfSubPartnerOrgId }),
  };
  const classes = ['CustomerOrg', ...(locations.length > 0 ? ['Location'] : []), ...(users.length > 0 ? ['User'] : [])];
  const parts = [
    `import { ${classes.join(', ')} } from 'pulumi-webex-wholesale';\nimport { template } from '../template';\n`,
    notes.map((note) => `// ${commentText(note)}\n`).join(''),
    ...addresses.declarations,
  ].filter((part) => part !== '');
  parts.push(
    declaring('export const customer = ', 'CustomerOrg', logical('CustomerOrg', externalId), {
      provisioningId: new Code('template.provisioningId'),
      ...withGap(addresses.in(inputs)),
    }),
  );
  const variableOf = new Map<string, string>();
  for (const { name, inputs: location } of locations) {
    const at = users.some((user) => user.location === name) ? variables.of(name) : undefined;
    if (at !== undefined) variableOf.set(name, at);
    const before = at === undefined ? '' : `const ${at} = `;
    const unique = logical('Location', `${externalId}/${name}`);
    parts.push(declaring(before, 'Location', unique, { ...common, ...addresses.in(location) }));
  }
  for (const { email, inputs: user, location } of users) {
    const at = location === undefined ? undefined : variableOf.get(location);
    const place = at === undefined ? {} : { locationId: new Code(`${at}.id`) };
    parts.push(declaring('', 'User', logical('User', `${externalId}/${email}`), { ...common, ...user, ...place }));
  }
  return parts.join('\n');
}

function declaring(before: string, kind: string, name: string, inputs: FoundInputs): string {
  const start = `${before}new ${kind}(${quoted(name)}, `;
  // Never on one line, so that a property that is added later is one line in a diff.
  return `${start}${printed(inputs, 0, 1000)});\n`;
}

/** Adds gaps for required values that Webex never returns. The command check reports a gap until it is filled. */
function withGap(inputs: FoundInputs): FoundInputs {
  const { primaryEmail, orgId } = inputs;
  if (typeof primaryEmail === 'string') {
    return {
      ...inputs,
      primaryEmail: new Code(quoted(primaryEmail), 'by rule: a full administrator; Webex never returns it'),
    };
  }
  if (orgId !== undefined) return inputs;
  return { ...inputs, primaryEmail: new Code("''", 'GAP: Webex never returns it') };
}

/** Makes variables of addresses that a file has more than once. */
function sharedAddresses(holders: unknown[], variables: Names) {
  const counted = new Map<string, number>();
  const keyOf = (holder: unknown): string | undefined => {
    const address = (holder as FoundInputs | undefined)?.address;
    return address === undefined ? undefined : JSON.stringify(address);
  };
  for (const holder of holders) {
    const key = keyOf(holder);
    if (key !== undefined) counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const shared = new Map(
    [...counted].flatMap(([key, count]) => {
      const { city } = JSON.parse(key) as { city?: string };
      return count > 1 ? [[key, variables.of(city || 'address')]] : [];
    }),
  );
  const within = (holder: FoundInputs): FoundInputs => {
    const { headquarters } = holder;
    const name = shared.get(keyOf(holder) ?? '');
    return {
      ...holder,
      ...(name !== undefined && { address: new Code(name) }),
      ...(typeof headquarters === 'object' &&
        headquarters !== null && { headquarters: within(headquarters as FoundInputs) }),
    };
  };
  const declarations = [...shared].map(([key, name]) => {
    const start = `const ${name} = `;
    return `${start}${printed(JSON.parse(key), 0, start.length + 1)};\n`;
  });
  return { in: within, declarations };
}

const TSCONFIG = {
  compilerOptions: {
    strict: true,
    target: 'es2022',
    module: 'nodenext',
    moduleResolution: 'nodenext',
    noEmit: true,
    skipLibCheck: true,
  },
  files: ['index.ts'],
};

function packageJson(name: string, { own, sdk }: ProjectVersions): string {
  const dependencies = { '@pulumi/pulumi': sdk, 'pulumi-webex-wholesale': own };
  return `${JSON.stringify({ name: name.toLowerCase(), private: true, main: 'index.ts', dependencies, devDependencies: { typescript: '^6.0.0' } }, undefined, 2)}\n`;
}
