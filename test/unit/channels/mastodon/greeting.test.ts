import { expect, test } from 'vitest';
import { type IncomingPost } from '../../../../src/core/mention';
import { greetingFor } from '../../../../src/channels/mastodon/greeting';

const post = (handle: string, own = false): IncomingPost => ({ externalId: '1', author: { id: '7', handle, name: 'L' }, text: '', postedAt: 0, visibility: 'public', media: [], mentions: [], own });

test.each([
  ['lucia@ejemplo.social', 'Hola', '@lucia@ejemplo.social '],
  ['lucia@ejemplo.social', '', '@lucia@ejemplo.social '],
  ['lucia@ejemplo.social', 'Hola @lucia@ejemplo.social', ''],
  ['lucia@ejemplo.social', 'Hola, @Lucia@Ejemplo.Social.', ''],
  ['lucia@ejemplo.social', '@lucia hola', '@lucia@ejemplo.social '],
  ['lucia@ejemplo.social', '@lucia@otro.social hola', '@lucia@ejemplo.social '],
  ['lucia@ejemplo.social', '@lucia@ejemplo.social.mx hola', '@lucia@ejemplo.social '],
  ['lucia@ejemplo.social', '@lucia2@ejemplo.social hola', '@lucia@ejemplo.social '],
  ['lucia', '@LUCIA: hola', ''],
  ['lucia', '(@lucia) hola', ''],
  ['lucia', '@lucia@social.isc.example hola', ''],
  ['lucia', '@lucia@otro.social hola', '@lucia '],
  ['lucia', '@lucia_rm hola', '@lucia '],
  ['lucia', 'a@lucia.example', '@lucia '],
  ['lucia', 'https://social.example/@lucia', '@lucia '],
  ['lucia.r-m', 'Hola @lucia.r-m.', ''],
])('%s, "%s" -> "%s"', (handle, text, greeting) => {
  expect(greetingFor(post(handle), text, 'social.isc.example')).toBe(greeting);
});

test('nobody greets himself', () => {
  expect(greetingFor(post('isc', true), 'Seguimos', 'social.isc.example')).toBe('');
});
