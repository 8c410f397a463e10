/** The type (without those of its parents) and the name in `urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME`. */
export function typeAndName(urn: string): { type: string; name: string } {
  const [, , types = '', ...name] = urn.split('::');
  return { type: types.split('$').at(-1) ?? '', name: name.join('::') };
}
