/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Encodes texts with the npm package tiktoken, which must be found from the working folder, and with PROGRAM, which is
 * encode-strings. Prints the first difference and ends with 1, or what was compared and ends with 0.
 *
 *   compare-tiktoken.cjs PROGRAM ENCODING strings N SEED  N random strings, weighted to the edges of every rule
 *   compare-tiktoken.cjs PROGRAM ENCODING texts FILE…     files, UTF-8
 *   compare-tiktoken.cjs PROGRAM ENCODING code-points     every code point in company
 */

const { spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { createRequire } = require('node:module');

const { get_encoding: getEncoding } = createRequire(join(process.cwd(), 'x.js'))('tiktoken');
const [program, encoding, mode, ...rest] = process.argv.slice(2);
const encoder = getEncoding(encoding);
const BATCH = 20_000;

const fail = message => {
  console.log(`${encoding}: ${message}`);
  process.exit(1);
};

/* The ids of our program, a Uint32Array for each text. */
const ours = texts => {
  const input = Buffer.concat(texts.flatMap(text => {
    const bytes = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    return [length, bytes];
  }));
  const { stdout, status, stderr } = spawnSync(program, [encoding], { input, maxBuffer: 1 << 30 });
  if (status !== 0)
    fail(`${program} failed: ${stderr}`);
  const words = new Uint32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length));
  let at = 0;
  return texts.map(() => {
    const count = words[at];
    at += count + 1;
    return words.subarray(at - count, at);
  });
};

const areEqual = (a, b) => a.length === b.length && a.every((id, i) => id === b[i]);

const firstDifference = (got, expected) => {
  let i = 0;
  while (i < got.length && got[i] === expected[i])
    i++;
  const around = ids => `[${[...ids.slice(Math.max(0, i - 3), i + 8)]}]`;
  return `at token ${i}: ${around(got)}, tiktoken ${around(expected)}`;
};

const compare = texts => {
  const results = ours(texts);
  texts.forEach((text, i) => {
    const expected = encoder.encode_ordinary(text);
    if (!areEqual(results[i], expected))
      fail(`${JSON.stringify(text.slice(0, 2000))} differs ${firstDifference(results[i], expected)}`);
  });
};

/* Strings ---------------------------------------------------------------------------------------------------------- */

let state = 0;
const random = below => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) % below;
};

/* Every rule's edges. */
const parts = [
  ' ', ' ', ' ', '  ', '    ', '\t', '\n', '\n\n', '\r\n', '\r', '\v', '\f', '\x85', '\xa0', '\u2003', '\u2028',
  '\u3000', '\u180e', '\u200b', '\ufeff', '\n   ', ' \n ', '\r\n\r\n', ' \r\n\t', '\t \n\v\n', "'", "'s", "'S",
  "'\u017f", '\u017f', "'t", "'re", "'RE", "'Re", "'ve", "'vE", "'m", "'ll", "'LL", "'lL", "'d", "'l", "'v", "'r",
  "it's's", "don't", '\u2019s', '/', '//', '\n/', '/\n', '!/\n/', '/\r\n', '!\r\n\r\n', 'a', 'the', 'The', 'THE', 'word',
  'camelCase', 'HTMLParser', 'getX', '\xe9', '\xc9', '\u01c5', '\u01c8', '\u1fbc', '\u02b0', '\u0640', '\u00aa',
  '\u041f\u0440\u0438\u0432\u0435\u0442', '\u039a\u03b1\u03bb\u03ae', '\u6211\u662f\u5218\u5fd7\u519b', '\u4f60\u597d',
  '\u304a\u8a95\u751f\u65e5', '\u30ab\u30fc', '\ud55c\uad6d\uc5b4', '\u0939\u093f\u0928\u094d\u0926\u0940',
  '\u0633\u0644\u0627\u0645', '\u0e44\u0e17\u0e22', '\u0301', '\u0301\u0308', '\ufe0f', '\u20e3', '\u0903', '0', '12',
  '123', '1234', '12345678', '\u0660\u0661', '\u0967', '\u2167', '\xbd', '\ud835\udfd8', '\u3007', '\u200d', '\u200c',
  '\u{1f468}', '\u{1f468}\u200d\u{1f469}', '\u{1f3fd}', '\u{1f1e8}\u{1f1f3}', '\u0378', '\u05ff', '\ue000',
  '\u{e0061}', '\uffff', '\u{10ffff}', '.', ',', '!', '!!', '...', '=-', '(', ')', '{', '}', '"', '_', '<|', '|>',
  '<|endoftext|>', '$', '+', '\u20ac', '\uff0c', '\u3002', '\0', '\x1c', '\x7f', 'antidisestablishmentarianism',
  'aaaaaaaaaaaaaaaaaaaa', '                                        ',
];

/* All characters of each class that a rule names, and those of none. */
const expressions = [/\p{Lu}/u, /\p{Ll}/u, /\p{Lt}/u, /\p{Lm}/u, /\p{Lo}/u, /\p{M}/u, /\p{Nd}/u, /\p{Nl}|\p{No}/u,
                     /\p{White_Space}/u, /\p{P}|\p{S}/u, /\p{Cc}|\p{Cf}/u, /\p{Cn}|\p{Co}/u];
const classes = expressions.map(() => []);
const fillClasses = () => {
  for (let c = 0; c < 0x110000; c += c >= 0x20000 ? 97 : 1) {
    const character = String.fromCodePoint(c);
    expressions.forEach((expression, i) => {
      if (expression.test(character))
        classes[i].push(character);
    });
  }
};
const anyCharacter = () => {
  if (random(2)) {
    const members = classes[random(classes.length)];
    return members[random(members.length)];
  }
  let c;
  do
    c = random([0x80, 0x250, 0x3000, 0x10000, 0x110000][random(5)]);
  while (c >= 0xd800 && c < 0xe000);
  return String.fromCodePoint(c);
};

const text = () => {
  const known = random(101);
  const repeat = random(50);
  /* Windows of 64 bytes begin anywhere in it. */
  let result = random(8) ? '' : 'x'.repeat(random(130)) + ' ';
  for (let i = 1 + random(random(8) === 0 ? 80 : 12); i > 0; i--) {
    const part = random(100) < known ? parts[random(parts.length)] : anyCharacter();
    result += random(100) < repeat ? part.repeat(2 + random(5)) : part;
  }
  if (random(3))
    return result;
  /* The text ends inside a construct. */
  const characters = [...result];
  return characters.slice(0, 1 + random(characters.length)).join('');
};

const compareStrings = ([n, seed]) => {
  state = Number(seed) | 0;
  fillClasses();
  for (let done = 0; done < Number(n); done += BATCH)
    compare(Array.from({ length: Math.min(BATCH, Number(n) - done) }, text));
  console.log(`${n} strings`);
};

/* Texts ------------------------------------------------------------------------------------------------------------ */

const compareTexts = files => {
  let size = 0;
  for (const file of files) {
    const data = readFileSync(file);
    compare([new TextDecoder('utf-8', { ignoreBOM: true }).decode(data)]);
    size += data.length;
  }
  console.log(`${files.length} texts, ${size} bytes`);
};

/* Code points ------------------------------------------------------------------------------------------------------ */

/* Between letters, digits, blanks, line ends and marks it tells its class. */
const company = c => `a${c}b A${c}B1${c}2 '${c} .${c}${c}  ${c}\n${c}\u0301/\n`;

/*
 * Characters to which tiktoken's Unicode gives another class than ours, which is 16.0, as [first, last, why]. There are
 * none: 1.0.22 follows the same version. One that is named must differ, or the test fails.
 */
const DIFFERENT = [];

const areAlike = text => areEqual(ours([text])[0], encoder.encode_ordinary(text));

const compareCodePoints = () => {
  const codePoints = [];
  for (let c = 0; c < 0x110000; c++)
    /* Planes 4 to 13, 15 and 16 have no characters: a few of each will do. */
    if ((c < 0xd800 || c >= 0xe000) && (c < 0x40000 || (c >> 16) === 14 || c % 251 === 0) &&
        !DIFFERENT.some(([first, last]) => c >= first && c <= last))
      codePoints.push(company(String.fromCodePoint(c)));
  for (let i = 0; i < codePoints.length; i += BATCH) {
    const lines = codePoints.slice(i, i + BATCH);
    if (!areAlike(lines.join('')))
      compare(lines);
  }
  for (const [first, last] of DIFFERENT)
    for (let c = first; c <= last; c++)
      if (areAlike(company(String.fromCodePoint(c))))
        fail(`U+${c.toString(16)} does not differ but is named as different`);
  console.log(`${codePoints.length} code points alike, ${DIFFERENT.length} ranges named as different`);
};

({ strings: compareStrings, texts: compareTexts, 'code-points': compareCodePoints })[mode](rest);
