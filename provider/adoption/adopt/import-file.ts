import { typeAndName } from '../../dynamic/urn';
import type { Component, Declared } from './declared';

/** A resource in the file of `pulumi import --file`. */
interface ImportEntry {
  type: string;
  name: string;
  logicalName: string;
  id?: string;
  component?: true;
  parent?: string;
}

/** The file of `pulumi import --file`. */
export interface ImportFile {
  nameTable: Record<string, string>;
  resources: ImportEntry[];
}

/**
 * Makes the file with the resources to import, and the components above them that the state lacks. Its names are
 * numbers, because two resources of a program may have the same name below different parents.
 * @param found IDs of the objects, by URN
 */
export function importFile(
  missing: readonly Declared[],
  components: readonly Component[],
  parents: ReadonlyMap<string, string>,
  found: ReadonlyMap<string, string>,
): ImportFile {
  const file: ImportFile = { nameTable: {}, resources: [] };
  const types = new Map(components.map(({ urn, type }) => [urn, type]));
  const names = new Map<string, string>();

  function parentOf(urn: string): { parent?: string } {
    const parent = parents.get(urn);
    if (parent === undefined) return {};
    const known = names.get(parent);
    if (known !== undefined) return { parent: known };
    const name = newName(parent);
    const type = types.get(parent);
    // A component that is in the state is named by its URN.
    if (type === undefined) file.nameTable[name] = parent;
    else
      file.resources.push({ type, name, logicalName: typeAndName(parent).name, component: true, ...parentOf(parent) });
    return { parent: name };
  }

  function newName(urn: string): string {
    const name = `n${names.size + 1}`;
    names.set(urn, name);
    return name;
  }

  for (const { urn } of missing) {
    const id = found.get(urn);
    if (id === undefined) continue;
    const above = parentOf(urn);
    const { type, name: logicalName } = typeAndName(urn);
    file.resources.push({ type, name: newName(urn), logicalName, id, ...above });
  }
  return file;
}
