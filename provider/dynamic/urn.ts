/** Type token of a kind of resources, as `pulumi.dynamic.Resource` makes it of `MODULE:NAME`. */
export const typeToken = (type: string) => `pulumi-nodejs:dynamic/${type}`;

/** URN of a resource without a parent. */
export const urnOf = (stack: string, project: string, type: string, name: string) =>
  `urn:pulumi:${stack}::${project}::${typeToken(type)}::${name}`;

/** The type (without those of its parents) and the name in `urn:pulumi:STACK::PROJECT::PARENTS$TYPE::NAME`. */
export function typeAndName(urn: string): { type: string; name: string } {
  const [, , types = '', ...name] = urn.split('::');
  return { type: types.split('$').at(-1) ?? '', name: name.join('::') };
}
