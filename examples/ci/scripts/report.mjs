// Writes the report of a run as Markdown, and ends with the pipeline's exit code:
//   node report.mjs preview|up|drift STATUS FOLDER
// FOLDER contains `events` (pulumi) or `fleet` (the fleet's report), and `log`. Names, values and messages come from
// the change and from Webex. They are written inside <pre> only, with markup and control characters escaped, so that
// they can't look like a part of the report.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** GitHub refuses comments over 65,536 characters. */
const MOST = 60_000;
/** Longest value that is shown whole. */
const LONGEST = 1000;
const TITLES = {
  preview: { 0: 'Webex preview: ready to apply', 1: 'Webex preview: failed', 2: 'Webex preview: stopped by a policy' },
  up: { 0: 'Webex: applied', 1: 'Webex: not all was applied', 2: 'Webex: stopped by a policy' },
  drift: { 0: 'Webex: no drift', 1: 'Webex: drift check failed', 3: 'Webex: drift found' },
};
const SIGNS = { create: '+', update: '~', delete: '-', replace: '±', refused: '!' };

const [kind = '', status = '1', folder = ''] = process.argv.slice(2);
const events = read('events')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line));
const found = read('fleet') ? ofFleet(JSON.parse(read('fleet'))) : ofPulumi();
const code = exitCode();
process.stdout.write(markdown());
process.exitCode = code;

function read(name) {
  try {
    return readFileSync(path.join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

function exitCode() {
  if (kind === 'drift') return status !== '0' ? 1 : found.changes.length > 0 ? 3 : 0;
  if (status === '0') return 0;
  return found.problems.some(({ stopped }) => stopped) ? 2 : 1;
}

function markdown() {
  const summary = Object.entries(found.counts).map(
    ([what, count]) => `${Number(count)} ${what.replace(/[^a-z -]/g, '')}`,
  );
  const sections = [
    ['Stopped', found.problems.map(problemText)],
    [kind === 'drift' ? 'What Webex has, compared with what was applied' : 'Changes', found.changes.map(changeText)],
    ['Advice', found.advice.map(problemText)],
    // No event has an error, for example because there is no such stack: show the end of the output.
    ['Output', code === 1 && found.problems.length === 0 ? read('log').trimEnd().split('\n').slice(-30) : []],
  ].filter(([, lines]) => lines.length > 0);
  const parts = [`## ${TITLES[kind][code]}`, ...(summary.length > 0 ? [summary.join(', ')] : [])];
  const room = MOST / Math.max(1, sections.length);
  for (const [title, lines] of sections) parts.push(`**${title}**`, block(lines, room));
  return `${parts.join('\n\n')}\n`;
}

/** Lines in <pre>, escaped; those for which there is no room are counted. */
function block(lines, room) {
  const shown = [];
  let length = 0;
  for (const line of lines) {
    const safe = line.split('\n').map(escaped).join('\n');
    length += safe.length + 1;
    if (length > room) break;
    shown.push(safe);
  }
  const left = lines.length - shown.length;
  if (left > 0) shown.push(`... and ${left} more: see the job's log`);
  return `<pre>\n${shown.join('\n')}\n</pre>`;
}

/** One line as text of HTML: markup is written out, and so is what would steer a terminal or turn the text around. */
function escaped(line) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return line
    .replace(
      /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
    .replace(/[&<>]/g, (c) => entities[c]);
}

/** A text of others on one line. */
function oneLine(text) {
  return String(text).trim().replaceAll('\n', '\\n');
}

function changeText({ op, name, properties }) {
  return [`${SIGNS[op] ?? '~'} ${oneLine(name)}`, ...properties.map((line) => `    ${line}`)].join('\n');
}

function problemText({ name, message, sources }) {
  return `${oneLine(name)}: ${oneLine(message)}${sources.length > 0 ? ` [${sources.map(oneLine).join(', ')}]` : ''}`;
}

/** The events of a run of pulumi. */
function ofPulumi() {
  const changes = new Map();
  // Users that are only unlinked, by the ID of their customer, which Pulumi deletes after them.
  const unlinked = new Map();
  for (const { resourcePreEvent, resOutputsEvent } of events) {
    // Drift is in the results of reading only; planned operations are reported before they run.
    const metadata = (kind === 'drift' ? resOutputsEvent : resourcePreEvent)?.metadata;
    const op = { 'create-replacement': 'replace', 'delete-replaced': 'same' }[metadata?.op] ?? metadata?.op;
    if (!Object.hasOwn(SIGNS, op ?? '') || /^pulumi:(pulumi|providers):/.test(metadata.type)) continue;
    const side = kind === 'drift' ? 'outputs' : 'inputs';
    const properties =
      op === 'delete' ? stays(metadata, unlinked) : differences(metadata.old?.[side] ?? {}, metadata.new?.[side] ?? {});
    changes.set(metadata.urn, { op, name: nameOf(metadata.urn), properties });
  }
  const counts = {};
  for (const { op } of changes.values()) counts[`to ${op}`] = (counts[`to ${op}`] ?? 0) + 1;
  return { changes: [...changes.values()], counts, ...statements() };
}

/** What stays in Webex after a deletion. What a refresh deletes from the state is gone there. */
function stays({ urn, old }, unlinked) {
  const { removal, roles, customerId } = old?.inputs ?? {};
  if (kind === 'drift') return [];
  const [resource] = nameOf(urn).split(' ');
  if (removal === 'delete') {
    const people = resource === 'CustomerOrg' ? (unlinked.get(old.id) ?? []) : [];
    if (people.length === 0) return [];
    const who = `${people.slice(0, 5).join(', ')}${people.length > 5 ? ` and ${people.length - 5} more` : ''}`;
    return [
      `Webex will not delete the organization, because people stay in it (${who}). Set removal: "delete" for them and update ` +
        'them; then remove the customer',
    ];
  }
  if (resource === 'User') unlinked.set(customerId, [...(unlinked.get(customerId) ?? []), nameOf(urn)]);
  if (resource === 'CustomerOrg') return ['the organization stays in Webex, with its people and administrators'];
  const held = Array.isArray(roles) && roles.length > 0 ? ` as ${roles.map(oneLine).join(', ')}` : '';
  return resource === 'User' ? [`the person stays in the organization${held}`] : [];
}

/** What policies, provider and engine said, each thing once: a policy and the provider often say the same. */
function statements() {
  const problems = [];
  const advice = [];
  for (const { policyEvent: event } of events) {
    if (!event) continue;
    const stopped = event.enforcementLevel === 'mandatory';
    const message = event.message.trim().split('\n').at(-1);
    const statement = { name: nameOf(event.resourceUrn), message, stopped, sources: [`policy ${event.policyName}`] };
    (stopped ? problems : advice).push(statement);
  }
  for (const { diagnosticEvent: event } of events) {
    if (!event || !['error', 'warning'].includes(event.severity)) continue;
    // "TYPE resource 'NAME' has a problem: PATH: REASON"
    const message = event.message.trim().replace(/^\S+ resource '.*' has a problem: /s, '');
    const reason = message.replace(/^[\w.[\]]+: /, '');
    const name = nameOf(event.urn);
    const said = [...problems, ...advice].find((other) => other.name === name && other.message.includes(reason));
    if (!said) (event.severity === 'error' ? problems : advice).push({ name, message, stopped: false, sources: [] });
    else if (said.sources.length > 0 && !said.sources.includes('provider')) said.sources.push('provider');
  }
  return { problems, advice };
}

/** "User alice" of urn:pulumi:STACK::PROJECT::PARENT$pulumi-nodejs:dynamic/webex-wholesale:User::alice */
function nameOf(urn) {
  const [, , type = '', ...name] = (urn ?? '').split('::');
  return urn ? `${type.split(/[:$/]/).at(-1)} ${name.join('::')}` : 'the program';
}

/** Properties that differ, old and new, one a line. */
function differences(before, after, at = '') {
  const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((key) => {
    // What the provider adds for itself and for policies.
    if (at === '' && ['__provider', 'previous', 'customer'].includes(key)) return [];
    const [name, a, b] = [at + oneLine(key), before[key], after[key]];
    if (JSON.stringify(a) === JSON.stringify(b)) return [];
    if (isObject(a) && isObject(b)) return differences(a, b, `${name}.`);
    if (a === undefined) return [`${name}: ${shown(b)}`];
    return [`${name}: ${shown(a)} → ${b === undefined ? 'no longer declared' : shown(b)}`];
  });
}

/** A value as JSON. Pulumi replaces secrets by "[secret]", and values that aren't known yet by a fixed text. */
function shown(value) {
  const text = JSON.stringify(value).replaceAll('"04da6b54-80e4-46f7-96ec-b56ff0331ba9"', 'known after apply');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}... (${text.length} characters)`;
}

/** A property of a fleet's report, as {@link differences} writes it. */
function propertyText({ path: name, old, new: now }) {
  if (old === undefined) return `${oneLine(name)}: ${shown(now)}`;
  return `${oneLine(name)}: ${shown(old)} → ${now === undefined ? 'no longer declared' : shown(now)}`;
}

/** What a fleet's report tells. */
function ofFleet({ customers, stacks, totals }) {
  const changes = customers
    .filter(({ status }) => status !== 'unchanged')
    .flatMap(({ externalId, status, changes: counts, resources = [] }) => {
      const all = Object.entries(counts).map(([op, count]) => `${count} to ${op}`);
      const customer = {
        op: 'update',
        name: `${externalId}: ${status}`,
        properties: all.length > 0 ? [all.join(', ')] : [],
      };
      return [
        customer,
        ...resources.map(({ resource, change, properties, stays }) => ({
          op: change,
          name: resource,
          properties: stays ? [oneLine(stays)] : properties.map(propertyText),
        })),
      ];
    });
  const problems = customers.flatMap(({ externalId, problems: all }) =>
    all.map(({ resource, message, policy }) => {
      const sources = policy ? [`policy ${policy}`] : [];
      return { name: `${externalId}: ${resource}`, message, stopped: policy !== undefined, sources };
    }),
  );
  for (const { stack, error } of stacks)
    if (error) problems.push({ name: stack, message: error, stopped: false, sources: [] });
  const advice = stacks.flatMap(({ stack, warnings = [] }) =>
    warnings.map((message) => ({ name: stack, message, stopped: false, sources: [] })),
  );
  return { changes, counts: totals.byStatus, problems, advice };
}
