/** Weight of each emoji and emoticon that says how its writer feels, from -3 to 3; ours, the same in every language. */
const groups: readonly (readonly [weight: number, signs: string])[] = [
  [3, '😍 🥰 🤩 😻 💯 🏆 🎉 🥳 👏 ❤ 💖 💕 💗 💓 💘 💝 💙 💚 💛 💜 🧡 🤎 🖤 🤍 ♥ 🫶 😘'],
  [2, '😊 ☺ 😀 😃 😄 😁 😆 🙌 👍 👌 🤗 😇 🌟 ⭐ ✨ 💪 🤝 😎 🥂 🎊 🌹 💐 🌺 🌸 🌷 🙂 😋 😌 ✌ 🤟 🤙 🫡 🥹 😚 😙 😗 😉 🔝 🎂'],
  [1, '😂 🤣 😅 ✅ ✔ 🙏 😜 😝 😛 🤭 🌞 ☀ 🎁 💃 🕺 🙋 😏'],
  [-1, '🤔 😐 😑 😶 🙄 😬 🤨 🧐 😕 🙁 ☹ 😟 😯 😮 😳 ⚠ 😪 😴 🥱 🐌 🤷 🙈 ⏳ ⌛ 🐢 🤐 😥 🫤 🙃 🫠'],
  [-2, '😒 😔 😞 😓 😣 😖 😫 😩 😢 😭 😿 💔 👎 🤦 😰 😨 😱 🚨 🆘 😦 😧 🤡 🤥 🤒 🤕 😷 🥺 ❌ 🚫 ⛔ 🥵 😵 💩'],
  [-3, '😡 😠 🤬 😤 👿 😾 🤮 🤢 🖕 ☠ 💀 👺 👹'],
];

const emoticons: Readonly<Record<string, number>> = {
  ':)': 2, ':-)': 2, '=)': 2, ':D': 2, ':-D': 2, '=D': 2, ';)': 1, ';-)': 1, ':P': 1, ':p': 1, ':-P': 1, '<3': 3, '(:': 2, ':3': 1, '^^': 1, '^_^': 2, ':*': 2, ':-*': 2, ':]': 2,
  ':(': -2, ':-(': -2, '=(': -2, ":'(": -2, ';(': -2, ':c': -2, ':/': -1, ':-/': -1, ':\\': -1, ':S': -1, ':s': -1, ':|': -1, ':-|': -1, '-_-': -2, '>:(': -3, '):': -2, ':[': -2, '¬¬': -2, '</3': -3, '._.': -1,
};

const weights = new Map<string, number>([
  ...groups.flatMap(([weight, signs]) => signs.split(' ').map((sign): [string, number] => [sign, weight])),
  ...Object.entries(emoticons),
]);

const emoticonsByLength = Object.keys(emoticons).sort((a, b) => b.length - a.length);
const emoticonStarts = new Set(emoticonsByLength.map((emoticon) => emoticon.charAt(0)));

/** `undefined`: a sign that says nothing about feelings. */
export function signWeight(sign: string): number | undefined {
  return weights.get(sign);
}

/** The emoticon that stands at this place, apart from words ("10:30" and "http://" hold none). */
export function emoticonAt(text: string, at: number): string | undefined {
  if (!emoticonStarts.has(text.charAt(at))) return undefined;
  const found = emoticonsByLength.find((emoticon) => text.startsWith(emoticon, at));
  if (found === undefined) return undefined;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + found.length);
  const letters = /[A-Za-z0-9]$/.test(found);
  if (letters && /[\p{L}\p{N}]/u.test(after)) return undefined;
  if (/[/\\|]$/.test(found) && /[/\p{L}\p{N}]/u.test(after)) return undefined;
  return /\d/.test(before) || (found.startsWith('(') && /[\p{L}\p{N}]/u.test(after)) || (found.startsWith(')') && /\S/.test(before)) ? undefined : found;
}
