// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs one npm tokenizer over one text in a fresh process and prints what it took as one line of JSON:
//
//   node peers.mjs PEER ENCODING FILE BYTES ROUNDS
//
// PEER is tiktoken, gpt-tokenizer, ai-tokenizer or hypertok. Node resolves the packages from its working folder.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { hrtime, memoryUsage } from "node:process";

const [peer, encoding, file, bytes, rounds] = process.argv.slice(2);
const require = createRequire(process.cwd() + "/");
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

// Each gives a function from text to an array of ids, with special tokens taken as plain text.
const peers = {
  tiktoken: async () => {
    const { get_encoding } = await load("tiktoken");
    const encoder = get_encoding(encoding);
    return (text) => encoder.encode_ordinary(text);
  },
  "gpt-tokenizer": async () => {
    const { encode } = await load(`gpt-tokenizer/encoding/${encoding}`);
    return (text) => encode(text, { disallowedSpecial: new Set() });
  },
  "ai-tokenizer": async () => {
    const { default: Tokenizer } = await load("ai-tokenizer");
    const tokenizer = new (Tokenizer.default ?? Tokenizer)(await load(`ai-tokenizer/encoding/${encoding}`));
    return (text) => tokenizer.encode(text);
  },
  hypertok: async () => {
    const { fromBytes } = await import(pathToFileURL(process.cwd() + "/node_modules/hypertok/src/index.mjs").href);
    const short = encoding.replace("_base", "");
    const { vocabulary } = await import(
      pathToFileURL(process.cwd() + `/node_modules/@hypertok/vocab-${short}/` +
        JSON.parse(readFileSync(`node_modules/@hypertok/vocab-${short}/package.json`)).exports["."].import).href);
    const tokenizer = await fromBytes(new Uint8Array(readFileSync(vocabulary)));
    return (text) => tokenizer.encodeSync(text);
  },
};

const since = (start) => Number(hrtime.bigint() - start) / 1e6;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const text = decoder.decode(readFileSync(file).subarray(0, Number(bytes)), { stream: true });

let start = hrtime.bigint();
const encode = await peers[peer]();
encode("ready");
const loadMs = since(start);

start = hrtime.bigint();
const ids = encode(text);
const coldMs = since(start);

let hash = 0x811c9dc5;
for (const id of ids)
  hash = Math.imul(hash ^ id, 0x01000193) >>> 0;

const warm = [];
for (let i = 0; i < Number(rounds); i++) {
  start = hrtime.bigint();
  encode(text);
  warm.push(since(start));
}
warm.sort((a, b) => a - b);

console.log(JSON.stringify({
  load_ms: loadMs,
  cold_ms: coldMs,
  warm_ms: warm.length ? warm[warm.length >> 1] : null,
  tokens: ids.length,
  hash,
  rss_kb: Math.round((process.resourceUsage?.().maxRSS) ?? memoryUsage().rss / 1024),
}));
