import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { conflict, notFound } from '../http/errors';
import { fromJson } from '../storage/rows';
import type { World } from '../world';
import { country, email, language, text } from './fields';

/**
 * An onboarding template as this simulator offers it: Partner Hub's fields (Cisco help nf9ghpq). Webex has no public API for them.
 */
export const templateSchema = z.object({
  name: text,
  country,
  serviceProviderAdminEmail: email.optional(),
  defaultEmailLanguage: language.optional(),
  subscription: text.optional(),
  authentication: z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('webex') }),
      z.object({ type: z.literal('partner'), idpEntityId: text, protocol: z.enum(['saml', 'oidc']) }),
    ])
    .optional(),
  connectedPstnVendor: text.optional(),
  commonSettings: z.record(z.string(), z.unknown()).optional(),
  callSettings: z.record(z.string(), z.unknown()).optional(),
});
export type Template = z.infer<typeof templateSchema>;

interface TemplateRow {
  provisioning_id: string;
  document: string;
}

function present(row: TemplateRow): Template & { provisioningId: string } {
  return { provisioningId: row.provisioning_id, ...fromJson<Template>(row.document) };
}

/** All templates of the partner, oldest first. */
export function listTemplates(world: World): (Template & { provisioningId: string })[] {
  return world.db
    .all<TemplateRow>('SELECT * FROM templates WHERE partner_id = ? ORDER BY created, rowid', world.partnerId)
    .map(present);
}

/** The partner's template with that provisioning ID, if there is one: another partner's is hidden. */
export function findTemplate(
  world: World,
  provisioningId: string,
): (Template & { provisioningId: string }) | undefined {
  const row = world.db.first<TemplateRow>(
    'SELECT * FROM templates WHERE provisioning_id = ? AND partner_id = ?',
    provisioningId,
    world.partnerId,
  );
  return row && present(row);
}

/** Like {@link findTemplate}; throws 404. */
export function getTemplate(world: World, provisioningId: string): Template & { provisioningId: string } {
  const template = findTemplate(world, provisioningId);
  if (!template) throw notFound(`template ${provisioningId}`);
  return template;
}

/** Keeps a new template; its provisioning ID looks as the documented one: base64 of a UUID. */
export function createTemplate(world: World, template: Template): Template & { provisioningId: string } {
  checkName(world, template.name);
  const provisioningId = Buffer.from(randomUUID()).toString('base64').replace(/=+$/, '');
  world.db.insert('templates', {
    provisioning_id: provisioningId,
    partner_id: world.partnerId,
    document: JSON.stringify(withDefaults(template)),
    created: world.clock.now(),
  });
  return getTemplate(world, provisioningId);
}

/** Replaces a template. Customers that exist already keep what they were made with. */
export function replaceTemplate(
  world: World,
  provisioningId: string,
  template: Template,
): Template & { provisioningId: string } {
  getTemplate(world, provisioningId);
  checkName(world, template.name, provisioningId);
  world.db.update('templates', 'provisioning_id', provisioningId, { document: JSON.stringify(withDefaults(template)) });
  return getTemplate(world, provisioningId);
}

/** Deletes a template; 409 while a customer was provisioned with it. */
export function deleteTemplate(world: World, provisioningId: string): void {
  getTemplate(world, provisioningId);
  if (world.db.first('SELECT 1 FROM customers WHERE provisioning_id = ?', provisioningId))
    throw conflict(`The template ${provisioningId} is in use by a customer.`);
  world.db.run('DELETE FROM templates WHERE provisioning_id = ?', provisioningId);
}

/** The name is the key by which a client finds the template that it made when it never got the answer: 409 for a second one. */
function checkName(world: World, name: string, except?: string): void {
  const other = listTemplates(world).find((template) => template.name === name);
  if (other && other.provisioningId !== except) throw conflict(`There is a template named ${name} already.`);
}

/** "Webex authentication ... is the default" (Cisco help nf9ghpq). */
function withDefaults(template: Template): Template {
  return { ...template, authentication: template.authentication ?? { type: 'webex' } };
}
