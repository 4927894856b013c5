import { DateTime } from 'luxon';
import { type Clock } from '../../core/clock';
import { type TemplateStatus } from '../../core/template';
import { commonNetworks } from '../../core/text/networkLengths';
import { type Desk } from '../../desk/deskApi';
import { type EditingFacts } from '../../desk/templateEditing/facts';
import { type TemplatesState } from '../templatesState';

/** What the desk knows now for the writer of this template. */
export function editingFacts(desk: Desk, id: string, state: TemplatesState, clock: Clock): EditingFacts {
  const { institution, topics, channels } = desk.config;
  const status = state.find(id);
  const named = new Map(topics.map((topic) => [topic.id, topic.name]));
  for (const { working, approved } of state.all) for (const topic of (working ?? approved)?.topics ?? []) if (!named.has(topic)) named.set(topic, '');
  return {
    id,
    languages: institution.languages,
    topics: [...named].map(([topic, name]) => ({ id: topic, name })),
    networks: [...new Set([...channels.map(({ network }) => network), ...commonNetworks])],
    nextVersion: Math.max(status?.approved?.version ?? 0, wasApproved(status) ? (status?.working?.version ?? 0) : 0) + 1,
    today: DateTime.fromMillis(clock.now(), { zone: institution.timeZone }).toISODate() ?? '',
    language: desk.language,
  };
}

/** True when the working text itself is one that was approved, whether or not it may be sent now. */
function wasApproved(status: TemplateStatus | undefined): boolean {
  return status?.state === 'approved' || status?.state === 'expired' || status?.state === 'withdrawn';
}
