#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print what the token map costs: to build, to keep, and per key while typing.

Usage: token-map.py [--quick] --program BENCH_TOKEN_MAP --texts FOLDER

Ordinary texts of 10 MB, then 1 MB each of text without anything to hold on to. bench-token-map.c says what is measured.
"""

import argparse
import json
import pathlib
import subprocess

ENCODINGS = ["cl100k_base", "o200k_base"]
TEXTS = {"en": "English", "code": "code", "zh": "Chinese", "multi": "many scripts", "json": "JSON and logs"}
RUNS = {"letters": "random letters", "han": "Chinese", "zwj": "joined emoji", "a": "the letter a", "punctuation": "=-",
        "zero": "zeros", "space": "blanks", "newline": "line ends"}


def run(program, encoding, text, keys):
    done = subprocess.run([program, encoding, text, str(keys)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a tenth of the keys")
    parser.add_argument("--program", required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True)
    options = parser.parse_args()
    keys = 5_000 if options.quick else 50_000

    print("| 10 MB, encoding | build / encode | bytes per token, new / edited | key, µs: median | 99 % | slowest |")
    print("|---|---|---|---|---|---|")
    for text, title in TEXTS.items():
        for encoding in ENCODINGS:
            r = run(options.program, encoding, options.texts / f"{text}.txt", keys)
            print(f"| {title}, {encoding} | {r['build_ratio']:.2f} | {r['bytes_per_token']:.2f} / "
                  f"{r['bytes_per_token_after']:.2f} | {r['key_us_p50']:.1f} | {r['key_us_p99']:.1f} | "
                  f"{r['key_us_max']:.0f} |", flush=True)
    print()
    print("| 1 MB unbroken, encoding | key, µs: median | 99 % | slowest |")
    print("|---|---|---|---|")
    for text, title in RUNS.items():
        for encoding in ENCODINGS:
            r = run(options.program, encoding, options.texts / f"p_{text}.txt", keys // 50)
            print(f"| {title}, {encoding} | {r['key_us_p50']:.0f} | {r['key_us_p99']:.0f} | {r['key_us_max']:.0f} |",
                  flush=True)


if __name__ == "__main__":
    main()
