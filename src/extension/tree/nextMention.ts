import { type Desk } from '../../desk/deskApi';

/**
 * The mention to look at after `current`: the next one in the order of the view that waits for us and that nobody else has claimed, from the top again
 * at its end. undefined = none but `current`.
 */
export function nextMention(order: readonly string[], desk: Pick<Desk, 'inbox' | 'operator'>, current: string | undefined): string | undefined {
  const at = current === undefined ? -1 : order.indexOf(current);
  const turned = [...order.slice(at + 1), ...order.slice(0, Math.max(at, 0))];
  const shown = turned.find((id) => id !== current && waitsForUs(desk, id));
  return shown ?? desk.inbox.list().find(({ id }) => id !== current && waitsForUs(desk, id))?.id;
}

function waitsForUs(desk: Pick<Desk, 'inbox' | 'operator'>, id: string): boolean {
  const { status, claim } = desk.inbox.get(id);
  return status === 'open' || (status === 'claimed' && claim?.actor === desk.operator.id);
}
