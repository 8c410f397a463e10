import { randomUUID } from 'node:crypto';
import { conflict } from '../../api-error';
import type { World } from '../../world';
import { getTemplate, listTemplates } from './find';
import type { Template } from './schema';

/** Stores a new template. Its provisioning ID has the form of the documented one: base64 of a UUID. */
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

/** Replaces a template. Existing customers don't change. */
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

/**
 * Refuses (409) a duplicate name: a client that lost the answer of its POST finds the template by its name.
 */
function checkName(world: World, name: string, except?: string): void {
  const other = listTemplates(world).find((template) => template.name === name);
  if (other && other.provisioningId !== except) throw conflict(`There is a template named ${name} already.`);
}

/** "Webex authentication ... is the default" (Cisco help nf9ghpq). */
function withDefaults(template: Template): Template {
  return { ...template, authentication: template.authentication ?? { type: 'webex' } };
}
