import type { Declared, Listing } from '../adopt/declared';
import { type Expected, expectedOf } from './expected';

/** The expected objects of each customer that a program declares. */
export function expectedIn({ declared, recorded }: Listing): Expected[] {
  const urnOf = new Map(recorded.map(({ id, urn }) => [id, urn]));
  const ownerOf = ({ inputs, from }: Declared) => urnOf.get(String(inputs.customerId)) ?? from.customerId?.[0];
  const of = (kind: Declared['kind'], urn: string) =>
    declared.filter((each) => each.kind === kind && ownerOf(each) === urn).map(({ inputs }) => inputs);
  return declared
    .filter(({ kind }) => kind === 'CustomerOrg')
    .map(({ urn, inputs }) => expectedOf(inputs, of('Location', urn), of('User', urn)));
}
