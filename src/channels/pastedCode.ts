import { MomentosError } from '../core/errors';

/** The code from what a person pastes or a callback brings: the code itself, or the whole address that the browser ended at. Errors: `signIn.refused`. */
export function codeFrom(pasted: string, state: string): string {
  const text = pasted.trim();
  if (!/^[a-z][a-z0-9+.-]*:\/\/|[?&]code=|[?&]error=/iu.test(text)) {
    if (!/^[\x21-\x7e]{1,2048}$/u.test(text)) throw new MomentosError('signIn.refused', { reason: 'code' });
    return text;
  }
  const query = new URLSearchParams(text.replace(/#.*$/su, '').replace(/^[^?]*\?/su, ''));
  const error = query.get('error');
  if (error !== null) throw new MomentosError('signIn.refused', { reason: error.slice(0, 100) });
  const told = query.get('state');
  if (told !== null && told !== state) throw new MomentosError('signIn.refused', { reason: 'state' });
  const code = query.get('code');
  if (code === null || code === '') throw new MomentosError('signIn.refused', { reason: 'code' });
  return code;
}
