import type { ChangeKind, PropertyChange, ResourceChange } from '../run/jobs';

const SIGNS: Readonly<Record<ChangeKind, string>> = { create: '+', update: '~', delete: '-', replace: '+-' };

/** `~ User acme/alice@acme.com: firstName "Alice" -> "Alicia"; roles + "Full Administrator"` */
export function changeText({ resource, change, properties, stays }: ResourceChange): string {
  const details = stays ?? properties.map(propertyText).join('; ');
  return `${SIGNS[change]} ${resource}${details === '' ? '' : `: ${details}`}`;
}

function propertyText({ path, old, new: now }: PropertyChange): string {
  if (Array.isArray(old ?? []) && Array.isArray(now ?? [])) return `${path} ${listText(listOf(old), listOf(now))}`;
  return `${path} ${valueText(old)} -> ${valueText(now)}`;
}

function listText(old: readonly unknown[], now: readonly unknown[]): string {
  const known = (list: readonly unknown[]) => new Set(list.map(valueText));
  const [before, after] = [known(old), known(now)];
  const added = [...after].filter((item) => !before.has(item)).map((item) => `+ ${item}`);
  const removed = [...before].filter((item) => !after.has(item)).map((item) => `- ${item}`);
  return [...removed, ...added].join(', ');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as JSON; placeholders such as `[secret]` without quotes. */
function valueText(value: unknown): string {
  if (value === undefined) return '(nothing)';
  return typeof value === 'string' && /^\[[a-z ]+\]$/.test(value) ? value : JSON.stringify(value);
}
