import type { Found, FoundCustomer, FoundInputs } from './found';
import { fileName, Names, variableName } from './names';
import { Code, commentText, printed, quoted } from './typescript';

/** Versions that the project asks for. */
export interface ProjectVersions {
  /** Of this package. */
  own: string;
  /** Of Pulumi's SDK. */
  sdk: string;
}

/**
 * Writes what was found as a Pulumi project in TypeScript: a file a customer, an index, and what npm and Pulumi need.
 * @returns the files by their paths in the project's folder
 */
export function programOf(found: Found, project: string, versions: ProjectVersions): Map<string, string> {
  const names = new Names(fileName);
  const files = new Map<string, string>();
  const customers = found.customers.filter(({ declaration }) => declaration !== undefined);
  for (const customer of customers) {
    files.set(
      `customers/${names.of(String(customer.declaration?.inputs.name ?? customer.externalId))}.ts`,
      customerFile(customer),
    );
  }
  const imports = [...files.keys()].map((file) => `import './${file.replace(/\.ts$/, '')}';\n`).sort();
  files.set('template.ts', templateFile(found.provisioningId));
  files.set('index.ts', `// One file a customer. What a file declares, pulumi up manages.\n${imports.join('')}`);
  files.set('Pulumi.yaml', `name: ${project}\ndescription: Customers of Webex for Wholesale\nruntime: nodejs\n`);
  files.set('package.json', packageJson(project, versions));
  files.set('tsconfig.json', `${JSON.stringify(TSCONFIG, undefined, 2)}\n`);
  files.set('.gitignore', 'node_modules/\n');
  return files;
}

function templateFile(provisioningId: string | undefined): string {
  const imports = `import { OnboardingTemplate } from 'pulumi-webex-wholesale';\n`;
  if (provisioningId !== undefined) {
    return `${imports}\nexport const template = new OnboardingTemplate('template', { provisioningId: ${quoted(provisioningId)} });\n`;
  }
  return (
    `import * as pulumi from '@pulumi/pulumi';\n${imports}\n` +
    '// Webex never tells it. Copy it from Partner Hub (Customers, Templates, the template, Provisioning ID):\n' +
    '// pulumi config set provisioningId ID\n' +
    `const provisioningId = new pulumi.Config().require('provisioningId');\n\n` +
    "export const template = new OnboardingTemplate('template', { provisioningId });\n"
  );
}

function customerFile({ externalId, onBehalfOfSubPartnerOrgId: behalf, declaration, notes }: FoundCustomer): string {
  const { inputs, locations, users } = declaration ?? { inputs: {}, locations: [], users: [] };
  const variables = new Names(variableName);
  const addresses = sharedAddresses(
    [inputs, inputs.headquarters, ...locations.map((location) => location.inputs)],
    variables,
  );
  const common = {
    customerId: new Code('customer.id'),
    ...(behalf !== undefined && { onBehalfOfSubPartnerOrgId: behalf }),
  };
  const classes = ['CustomerOrg', ...(locations.length > 0 ? ['Location'] : []), ...(users.length > 0 ? ['User'] : [])];
  const parts = [
    `import { ${classes.join(', ')} } from 'pulumi-webex-wholesale';\nimport { template } from '../template';\n`,
    notes.map((note) => `// ${commentText(note)}\n`).join(''),
    ...addresses.declarations,
  ].filter((part) => part !== '');
  parts.push(
    declaring('export const customer = ', 'CustomerOrg', externalId, {
      provisioningId: new Code('template.provisioningId'),
      ...withGap(addresses.in(inputs)),
    }),
  );
  const variableOf = new Map<string, string>();
  for (const { name, inputs: location } of locations) {
    const at = users.some((user) => user.location === name) ? variables.of(name) : undefined;
    if (at !== undefined) variableOf.set(name, at);
    const before = at === undefined ? '' : `const ${at} = `;
    parts.push(declaring(before, 'Location', `${externalId}/${name}`, { ...common, ...addresses.in(location) }));
  }
  for (const { email, inputs: user, location } of users) {
    const at = location === undefined ? undefined : variableOf.get(location);
    const place = at === undefined ? {} : { locationId: new Code(`${at}.id`) };
    parts.push(declaring('', 'User', `${externalId}/${email}`, { ...common, ...user, ...place }));
  }
  return parts.join('\n');
}

function declaring(before: string, kind: string, name: string, inputs: FoundInputs): string {
  const start = `${before}new ${kind}(${quoted(name)}, `;
  // Never on one line: what is added later is a line of its own in a diff.
  return `${start}${printed(inputs, 0, 1000)});\n`;
}

/** What Webex never tells and a declaration needs: check reports it at its place until it is filled in. */
function withGap(inputs: FoundInputs): FoundInputs {
  const { primaryEmail, orgId } = inputs;
  if (typeof primaryEmail === 'string') {
    return {
      ...inputs,
      primaryEmail: new Code(quoted(primaryEmail), 'by rule: a full administrator; Webex never tells it'),
    };
  }
  if (orgId !== undefined) return inputs;
  return { ...inputs, primaryEmail: new Code("''", 'GAP: Webex never tells it') };
}

/** Addresses that a file has more than once become variables. */
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
