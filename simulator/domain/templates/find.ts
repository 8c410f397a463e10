import { notFound } from '../../api-error';
import { fromJson } from '../../storage/rows';
import type { World } from '../../world';
import type { Template } from './schema';

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

/** The partner's template with a provisioning ID, if there is one. Templates of other partners are hidden. */
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
