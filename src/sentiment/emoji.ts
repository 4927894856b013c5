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

const weights = new Map<number, number>([
  ...groups.flatMap(([weight, signs]) => signs.split(' ').map((sign): [number, number] => [sign.codePointAt(0) ?? 0, weight])),
]);

export interface Emoticon {
  readonly form: string;
  readonly length: number;
  readonly weight: number;
  /** Its place in `emoticonList`. */
  readonly index: number;
}

/** The longest first. */
export const emoticonList: readonly Emoticon[] = Object.entries(emoticons).sort(([a], [b]) => b.length - a.length)
  .map(([form, weight], index) => ({ form, length: form.length, weight, index }));

const emoticonStarts = new Uint8Array(0x10000);
for (const { form } of emoticonList) emoticonStarts[(form.charCodeAt(0) << 8) | form.charCodeAt(1)] = 1;

/** Weight of a sign as `TextScan.sign` holds it; 0: says nothing about feelings. */
export function signWeight(sign: number): number {
  return sign < 0 ? (emoticonList[-1 - sign]?.weight ?? 0) : (weights.get(sign) ?? 0);
}

/** Whether an emoticon may begin with these two characters. */
export function isEmoticonStart(first: number, second: number): boolean {
  return second < 0x100 && emoticonStarts[(first << 8) | second] === 1;
}

/** The emoticon that stands at this place, apart from words ("10:30" and "http://" hold none). */
export function emoticonAt(text: string, at: number): Emoticon | undefined {
  const found = emoticonList.find(({ form }) => text.startsWith(form, at));
  if (found === undefined) return undefined;
  const { form } = found;
  const before = text.charAt(at - 1);
  const after = text.charAt(at + form.length);
  const letters = /[A-Za-z0-9]$/.test(form);
  if (letters && /[\p{L}\p{N}]/u.test(after)) return undefined;
  if (/[/\\|]$/.test(form) && /[/\p{L}\p{N}]/u.test(after)) return undefined;
  return /\d/.test(before) || (form.startsWith('(') && /[\p{L}\p{N}]/u.test(after)) || (form.startsWith(')') && /\S/.test(before)) ? undefined : found;
}
