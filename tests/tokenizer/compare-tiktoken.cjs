/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * compare-tiktoken.cjs PROGRAM ENCODING N SEED: encodes N random strings with the npm package tiktoken, which must be
 * found from the working folder, and with PROGRAM, encode-strings. Prints the first difference and ends with 1, or ends
 * with 0.
 */

const { spawnSync } = require('node:child_process');
const { join } = require('node:path');
const { createRequire } = require('node:module');

const { get_encoding: getEncoding } = createRequire(join(process.cwd(), 'x.js'))('tiktoken');
const [program, encoding, n, seed] = process.argv.slice(2);
const BATCH = 20_000;

let state = Number(seed) | 0;
const random = below => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

/* Every rule's edges. */
const parts = [
  ' ', ' ', ' ', '  ', '    ', '\t', '\n', '\n\n', '\r\n', '\r', '\v', '\f', '\x85', '\xa0', '\u2003', '\u2028',
  '\u3000', '\u180e', '\u200b', '\ufeff', '\n   ', ' \n ', "'", "'s", "'S", "'\u017f", '\u017f', "'t", "'re", "'RE",
  "'Re", "'ve", "'m", "'ll", "'LL", "'d", "'l", "'v", "it's's", "don't", '\u2019s', '/', '//', '\n/', '/\n',
  '!/\n/', 'a', 'the', 'The', 'THE', 'word', 'camelCase', 'HTMLParser', 'getX', '\xe9', '\xc9', '\u01c5', '\u01c8',
  '\u1fbc', '\u02b0', '\u0640', '\u00aa', '\u041f\u0440\u0438\u0432\u0435\u0442', '\u039a\u03b1\u03bb\u03ae',
  '\u6211\u662f\u5218\u5fd7\u519b', '\u4f60\u597d', '\u304a\u8a95\u751f\u65e5', '\u30ab\u30fc',
  '\ud55c\uad6d\uc5b4', '\u0939\u093f\u0928\u094d\u0926\u0940', '\u0633\u0644\u0627\u0645', '\u0e44\u0e17\u0e22',
  '\u0301', '\u0301\u0308', '\ufe0f', '\u20e3', '\u0903', '0', '12', '123', '1234', '12345678', '\u0660\u0661',
  '\u0967', '\u2167', '\xbd', '\ud835\udfd8', '\u3007', '\u200d', '\u200c', '\u{1f468}', '\u{1f468}\u200d\u{1f469}',
  '\u{1f3fd}', '\u{1f1e8}\u{1f1f3}', '\u0378', '\u05ff', '\ue000', '\u{e0061}', '\uffff', '\u{10ffff}', '.', ',',
  '!', '!!', '...', '=-', '(', ')', '{', '}', '"', '_', '<|', '|>', '<|endoftext|>', '$', '+', '\u20ac', '\uff0c',
  '\u3002', '\0', '\x1c', '\x7f', 'antidisestablishmentarianism', 'aaaaaaaaaaaaaaaaaaaa',
  '                                        ',
];
const codePoint = () => {
  let c;
  do
    c = random([0x80, 0x250, 0x3000, 0x10000, 0x110000][random(5)]);
  while (c >= 0xd800 && c < 0xe000);
  return String.fromCodePoint(c);
};
const text = () => {
  const known = random(101);
  const repeat = random(50);
  let result = '';
  for (let i = 1 + random(random(8) === 0 ? 80 : 12); i > 0; i--) {
    const part = random(100) < known ? parts[random(parts.length)] : codePoint();
    result += random(100) < repeat ? part.repeat(2 + random(5)) : part;
  }
  return result;
};

const encoder = getEncoding(encoding);
for (let done = 0; done < Number(n); done += BATCH) {
  const texts = Array.from({ length: Math.min(BATCH, Number(n) - done) }, text);
  const chunks = [];
  for (const t of texts) {
    const bytes = Buffer.from(t, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    chunks.push(length, bytes);
  }
  const input = Buffer.concat(chunks);
  const { stdout, status, stderr } = spawnSync(program, [encoding], { input, maxBuffer: 1 << 30 });
  if (status !== 0) {
    console.log(`${program} failed: ${stderr}`);
    process.exit(1);
  }
  let at = 0;
  for (const t of texts) {
    const count = stdout.readUInt32LE(at);
    const got = Array.from({ length: count }, (_, i) => stdout.readUInt32LE(at + 4 + 4 * i));
    const expected = [...encoder.encode_ordinary(t)];
    at += 4 + 4 * count;
    if (got.length !== expected.length || got.some((id, i) => id !== expected[i])) {
      console.log(`${encoding}: ${JSON.stringify(t)} gives ${got}, tiktoken ${expected}`);
      process.exit(1);
    }
  }
}
