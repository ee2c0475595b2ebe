#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print what the token map costs, beside its budgets: to build, to keep, and per key while typing.

Usage: token-map.py [--quick] --program BENCH_TOKEN_MAP --texts FOLDER

Ordinary texts of 10 MB, then 1 MB each of text without anything to hold on to. bench-token-map.c says what is measured.
"""

import argparse
import json
import pathlib
import subprocess

ENCODINGS = ["cl100k_base", "o200k_base"]
TEXTS = {"en": "English", "code": "code", "zh": "Chinese", "multi": "many scripts", "json": "JSON and logs"}
RUNS = {"letters": "random letters", "han": "Chinese", "hindi": "Hindi", "zwj": "joined emoji", "a": "the letter a",
        "punctuation": "=-", "slash": "slashes", "apostrophe": "apostrophes", "zero": "zeros",
        "digits": "random digits",
        "space": "blanks", "tab": "tabs", "newline": "line ends", "crlf": "CR LF", "blanks": "white space of all kinds"}
# What issue and design ask for: build over encode, bytes per token on prose, µs per key at 10 MB and in a 1 MB run.
BUILD, BYTES, KEY, RUN_KEY = 1.2, 1.6, 50, 16_000


def run(program, encoding, text, keys):
    done = subprocess.run([program, encoding, text, str(keys)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def held(value, budget):
    return "" if value <= budget else " (!)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the keys")
    parser.add_argument("--program", required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True)
    options = parser.parse_args()
    keys = 5_000 if options.quick else 50_000

    print(f"Beyond a budget is marked (!): building costs at most {BUILD} × one encode, a token {BYTES} bytes, 99 % "
          f"of the keys {KEY} µs each in 10 MB of text and {RUN_KEY // 1000} ms in 1 MB without anything to hold "
          "on to.\n")
    print("| 10 MB, encoding | build / encode | bytes per token, new / edited | key, µs: median | 99 % | slowest |")
    print("|---|---|---|---|---|---|")
    for text, title in TEXTS.items():
        for encoding in ENCODINGS:
            r = run(options.program, encoding, options.texts / f"{text}.txt", keys)
            print(f"| {title}, {encoding} | {r['build_ratio']:.2f}{held(r['build_ratio'], BUILD)} | "
                  f"{r['bytes_per_token']:.2f} / {r['bytes_per_token_after']:.2f}"
                  f"{held(r['bytes_per_token_after'], BYTES)} | {r['key_us_p50']:.1f} | "
                  f"{r['key_us_p99']:.1f}{held(r['key_us_p99'], KEY)} | {r['key_us_max']:.0f} |", flush=True)
    print()
    print("| 1 MB unbroken, encoding | key, µs: median | 99 % | slowest |")
    print("|---|---|---|---|")
    for text, title in RUNS.items():
        for encoding in ENCODINGS:
            r = run(options.program, encoding, options.texts / f"p_{text}.txt", keys // 50)
            print(f"| {title}, {encoding} | {r['key_us_p50']:.0f} | {r['key_us_p99']:.0f}"
                  f"{held(r['key_us_p99'], RUN_KEY)} | {r['key_us_max']:.0f} |", flush=True)


if __name__ == "__main__":
    main()
