import { type Actor } from './audit';
import { type DeskConfig } from './config';
import { samePerson } from './reviewRules';
import { type SignedPayload } from './signing';

/** What the author's key signs. */
export function submissionPayload(submission: { readonly id: string; readonly at: number }, mention: string): SignedPayload {
  return { submission: submission.id, mention, at: submission.at };
}

/** True for staff that `staff` lists with `"may": "draft"`: by address, else by name. */
export function draftsOnly(config: Pick<DeskConfig, 'staff'>, operator: Pick<Actor, 'name' | 'email'>): boolean {
  return config.staff.some(({ name, email, may }) => may === 'draft' && samePerson({ name: email === undefined || operator.email === undefined ? name : undefined, email }, { name: operator.name, email: operator.email }));
}
