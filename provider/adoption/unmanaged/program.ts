import { type Declared, type Listing, SECRET } from '../adopt/declared';
import { type Expected, expectedOf } from './expected';

/** The inputs by which what a program declares is compared with Webex. */
const COMPARED: { [kind in Declared['kind']]: readonly string[] } = {
  OnboardingTemplate: [],
  CustomerOrg: ['externalId', 'primaryEmail', 'headquarters'],
  Location: ['name', 'calling'],
  User: ['email', 'roles'],
};

/**
 * The expected objects of each customer that a program declares.
 * @throws Error for a secret input among those that are compared: its object would be listed as undeclared, in the
 *   clear
 */
export function expectedIn({ declared, recorded }: Listing): Expected[] {
  for (const each of declared) refuseSecrets(each);
  const urnOf = new Map(recorded.map(({ id, urn }) => [id, urn]));
  const ownerOf = ({ inputs, from }: Declared) => urnOf.get(String(inputs.customerId)) ?? from.customerId?.[0];
  const of = (kind: Declared['kind'], urn: string) =>
    declared.filter((each) => each.kind === kind && ownerOf(each) === urn).map(({ inputs }) => inputs);
  return declared
    .filter(({ kind }) => kind === 'CustomerOrg')
    .map(({ urn, inputs }) => expectedOf(inputs, of('Location', urn), of('User', urn)));
}

function refuseSecrets({ kind, name, inputs }: Declared): void {
  const secret = COMPARED[kind].find((key) => JSON.stringify(inputs[key] ?? '').includes(JSON.stringify(SECRET)));
  if (secret === undefined) return;
  throw new Error(
    `${kind} ${name}: ${secret} is secret, and Pulumi doesn't show it to this command, which can't tell what the program declares`,
  );
}
