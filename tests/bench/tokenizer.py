#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare TokenDesk's tokenizer with the npm packages people can install, on the same texts in the same minutes.

Usage: tokenizer.py [--quick] [--rounds N] --program BENCH_TOKENIZER --texts FOLDER --npm FOLDER [--report FILE]

Every figure comes from a fresh process. A round runs every tokenizer once, one after the other, and ratios are taken
within a round, because machines change their speed from minute to minute; what is printed is the median of the rounds.
All ids must be equal (by count and hash), otherwise the run fails.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

ENCODINGS = ["cl100k_base", "o200k_base"]
TEXTS = ["en", "code", "zh", "multi", "json"]
SMALL_TEXTS = ["en_100k", "code_100k", "zh_100k"]
HARD_TEXTS = ["a", "space", "tab", "newline", "crlf", "blanks", "zero", "digits", "punctuation", "slash", "apostrophe",
              "letters", "latin1", "base64", "zwj", "han", "hindi"]
LINEAR_TEXTS = ["a", "space", "slash", "letters", "han"]
PATHS = {"avx512": "avx512bw", "avx2": "avx2", "sse2": "sse2", "portable": ""}
TITLES = {"en": "English", "code": "code", "zh": "Chinese", "multi": "many scripts", "json": "JSON and logs",
          "en_100k": "English 100 KB", "code_100k": "code 100 KB", "zh_100k": "Chinese 100 KB"}
OURS, BASELINE = "TokenDesk", "tiktoken"
# Bytes each package is given: the slow ones would take minutes for what the others do in a second.
PEERS = {BASELINE: 10_000_000, "hypertok": 10_000_000, "gpt-tokenizer": 1_000_000, "ai-tokenizer": 1_000_000}
# They split by another Unicode version, so their ids may differ; that is said in the table instead of failing.
INEXACT_ALLOWED = {"gpt-tokenizer", "ai-tokenizer"}
START, END = "<!-- begin: build-aux/bench tokenizer -->", "<!-- end: build-aux/bench tokenizer -->"


def run(command, cwd=None, timeout=600, env=None):
    """One fresh process; its JSON line, or None when it failed or did not end in time."""
    try:
        done = subprocess.run(command, cwd=cwd, timeout=timeout, env=env, capture_output=True, text=True)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        return None
    return json.loads(done.stdout.splitlines()[-1])


class Bench:
    def __init__(self, options):
        self.options = options
        self.peers_script = pathlib.Path(__file__).resolve().parent / "peers.mjs"
        self.rounds = options.rounds or (2 if options.quick else 5)
        self.lines = []
        self.started = time.monotonic()
        # name -> encoding -> (ms to load, MB of memory), on the first text
        self.loads = {}

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def text(self, name):
        return str(self.options.texts / f"{name}.txt")

    def settle(self):
        """Before each process, so that none pays for memory that a virtual machine's host has taken back."""
        subprocess.run([self.options.program, "settle"], check=True)

    def ours(self, encoding, text, size=10_000_000, rounds=5, threads=1, path=None, settled=False):
        if not settled:
            self.settle()
        env = {**os.environ, "TOKENDESK_CPU": path} if path else None
        return run([self.options.program, encoding, self.text(text), str(size), str(rounds), str(threads)], env=env)

    def peer(self, name, encoding, text, size, rounds=1, timeout=600):
        self.settle()
        return run(["node", str(self.peers_script), name, encoding, self.text(text), str(size), str(rounds)],
                   cwd=self.options.npm, timeout=timeout)

    def compare(self, encoding, text, peers, size_limit):
        """The rounds of one text: a list of {name: result} with each peer's twin run of ours on the same bytes."""
        rounds = []
        for _ in range(self.rounds):
            results = {}
            for name in peers:
                size = min(PEERS[name], size_limit)
                results[name] = (self.ours(encoding, text, size), self.peer(name, encoding, text, size))
            rounds.append(results)
        return rounds

    def check(self, name, encoding, text, pair):
        ours, theirs = pair
        if ours is None:
            sys.exit(f"bench: TokenDesk failed on {text} with {encoding}")
        if theirs is None:
            return "failed"
        if (ours["tokens"], ours["hash"]) != (theirs["tokens"], theirs["hash"]):
            if name not in INEXACT_ALLOWED:
                sys.exit(f"bench: ids differ from {name}'s on {text} with {encoding}")
            return "other ids"
        return ""

    def throughput(self, encoding, texts, size):
        peers = [BASELINE] if self.options.baseline_only else list(PEERS)
        self.say()
        self.say(f"### {encoding}")
        self.say()
        self.say("| text | TokenDesk, cold / warm / count only, MB/s | " +
                 " | ".join(f"× {name}, cold / warm" for name in peers) + " |")
        self.say("|---|---|" + "---|" * len(peers))
        for text in texts:
            rounds = self.compare(encoding, text, peers, size)
            whole = [r[peers[0]][0] for r in rounds]
            length = min(size, (self.options.texts / f"{text}.txt").stat().st_size)
            speed = [length / 1e3 / statistics.median(r[key] for r in whole) for key in ("cold_ms", "warm_ms", "count_ms")]
            cells = []
            for name in peers:
                note = self.check(name, encoding, text, rounds[0][name])
                pairs = [r[name] for r in rounds if r[name][1] is not None]
                if not pairs:
                    cells.append(note)
                    continue
                self.loads.setdefault((encoding, name), (statistics.median(theirs["load_ms"] for _, theirs in pairs),
                                                         max(theirs["rss_kb"] for _, theirs in pairs) / 1024))
                ratios = [statistics.median(theirs[key] / ours[key] for ours, theirs in pairs)
                          for key in ("cold_ms", "warm_ms")]
                cells.append(f"{ratios[0]:.1f} / {ratios[1]:.1f}" + (f" ({note})" if note else ""))
            self.say(f"| {TITLES[text]} | {speed[0]:.0f} / {speed[1]:.0f} / {speed[2]:.0f} | " + " | ".join(cells) + " |")

    def paths(self):
        """Each processor path's own figures, in interleaved rounds."""
        flags = pathlib.Path("/proc/cpuinfo").read_text().split()
        paths = [path for path, flag in PATHS.items() if not flag or flag in flags]
        size = 2_000_000 if self.options.quick else 10_000_000
        self.say()
        self.say("### Each processor path, cold / warm, MB/s")
        self.say()
        self.say("`TOKENDESK_CPU` chooses one. The portable path is what other processors get.")
        self.say()
        self.say("| text, encoding | " + " | ".join(paths) + " |")
        self.say("|---|" + "---|" * len(paths))
        for encoding in ENCODINGS:
            for text in TEXTS:
                rounds = [{path: self.ours(encoding, text, size, path=path) for path in paths}
                          for _ in range(min(3, self.rounds))]
                if len({(r[path]["tokens"], r[path]["hash"]) for r in rounds for path in paths}) != 1:
                    sys.exit(f"bench: the processor paths' ids differ on {text} with {encoding}")
                length = min(size, pathlib.Path(self.text(text)).stat().st_size)
                speeds = [[length / 1e3 / statistics.median(r[path][key] for r in rounds)
                           for key in ("cold_ms", "warm_ms")] for path in paths]
                self.say(f"| {TITLES[text]}, {encoding} | " +
                         " | ".join(f"{cold:.0f} / {warm:.0f}" for cold, warm in speeds) + " |")

    def linear(self):
        """ms per MB must not grow with the length."""
        sizes = [1, 10] if self.options.quick else [1, 10, 100]
        self.say()
        self.say("### Linear: ms per MB of text without a break, cold")
        self.say()
        self.say("| text, encoding | " + " | ".join(f"{size} MB" for size in sizes) + " |")
        self.say("|---|" + "---|" * len(sizes))
        path = self.options.texts / "p_long.txt"
        try:
            for text in LINEAR_TEXTS:
                data = (self.options.texts / f"p_{text}.txt").read_bytes()
                with open(path, "wb") as file:
                    for _ in range(sizes[-1]):
                        file.write(data)
                for encoding in ENCODINGS:
                    cells = [self.ours(encoding, "p_long", size * 1_000_000, rounds=0)["cold_ms"] / size
                             for size in sizes]
                    self.say(f"| {text}, {encoding} | " + " | ".join(f"{cell:.1f}" for cell in cells) + " |")
        finally:
            path.unlink(missing_ok=True)

    def cancel(self):
        self.say()
        self.say("### How long a cancelled call goes on, ms, the worst of many moments")
        self.say()
        self.say("| text | cl100k_base | o200k_base |")
        self.say("|---|---|---|")
        program = str(pathlib.Path(self.options.program).with_name("bench-cancel"))
        for text in ["en", "zh", "multi", "p_letters", "p_slash", "p_han"]:
            worst = [run([program, encoding, self.text(text), "10" if self.options.quick else "50"])["worst_ms"]
                     for encoding in ENCODINGS]
            self.say(f"| {TITLES.get(text, text.removeprefix('p_') + ', 1 MB unbroken')} | " +
                     " | ".join(f"{ms:.2f}" for ms in worst) + " |")
        # Each is one piece, which is scanned to its end, merged and handed on.
        path = self.options.texts / "p_long.txt"
        try:
            for text in ["a", "letters", "slash"]:
                path.write_bytes((self.options.texts / f"p_{text}.txt").read_bytes() * (10 if self.options.quick else 100))
                worst = [run([program, encoding, path, "5" if self.options.quick else "20"])["worst_ms"]
                         for encoding in ENCODINGS]
                self.say(f"| {text}, {10 if self.options.quick else 100} MB unbroken | " +
                         " | ".join(f"{ms:.2f}" for ms in worst) + " |")
        finally:
            path.unlink(missing_ok=True)

    def threads(self):
        self.say()
        self.say("### Two threads against one")
        self.say()
        self.say("| text | encoding | cold | warm |")
        self.say("|---|---|---|---|")
        for text in TEXTS:
            for encoding in ENCODINGS:
                pairs = [(self.ours(encoding, text), self.ours(encoding, text, threads=2)) for _ in range(self.rounds)]
                cold, warm = (statistics.median(one[key] / two[key] for one, two in pairs)
                              for key in ("cold_ms", "warm_ms"))
                self.say(f"| {TITLES[text]} | {encoding} | {cold:.2f} | {warm:.2f} |")

    def start(self):
        self.say()
        self.say("### Start and memory")
        self.say()
        self.say("Process start to first token is the whole life of a process that opens the encoding and encodes one "
                 "word, the operating system's part (an empty process) set beside it. Memory is the peak beyond text "
                 "and ids (for the 10 MB texts, 4 bytes an id).")
        self.say()
        self.say("| encoding | open and first token, ms | whole process, ms | empty process, ms | memory, MB |")
        self.say("|---|---|---|---|---|")
        for encoding in ENCODINGS:
            opened, whole, empty = [], [], []
            for _ in range(20):
                self.settle()
                start = time.perf_counter()
                opened.append(self.ours(encoding, "p_a", 1, rounds=1, settled=True)["load_ms"])
                whole.append((time.perf_counter() - start) * 1e3)
                start = time.perf_counter()
                subprocess.run(["true"], check=True)
                empty.append((time.perf_counter() - start) * 1e3)
            extra = []
            for text in TEXTS:
                result = self.ours(encoding, text, rounds=1)
                length = (self.options.texts / f"{text}.txt").stat().st_size
                extra.append(result["rss_kb"] * 1024 - length - 4 * result["tokens"])
            self.say(f"| {encoding} | {statistics.median(opened):.2f} | {statistics.median(whole):.2f} | "
                     f"{statistics.median(empty):.2f} | {max(extra) / 1e6:.1f} |")
        self.say()
        self.say("The packages: ms to load, and the whole process at its peak on the English text, MB.")
        self.say()
        self.say("| package | cl100k_base | o200k_base |")
        self.say("|---|---|---|")
        for name in dict.fromkeys(name for _, name in self.loads):
            cells = [self.loads.get((encoding, name)) for encoding in ENCODINGS]
            self.say(f"| {name} | " + " | ".join(f"{c[0]:.0f}, {c[1]:.0f}" if c else "failed" for c in cells) + " |")

    def hard(self):
        self.say()
        self.say("### Text that makes tokenizers hang, 1 MB each, ms")
        self.say()
        self.say("| text | cl100k_base, cold / warm | o200k_base, cold / warm | tiktoken (npm), cl100k_base |")
        self.say("|---|---|---|---|")
        for name in HARD_TEXTS:
            cells = []
            for encoding in ENCODINGS:
                result = self.ours(encoding, f"p_{name}", rounds=3)
                cells.append(f"{result['cold_ms']:.1f} / {result['warm_ms']:.1f}")
            timeout = 2 if self.options.quick else 20
            theirs = self.peer(BASELINE, "cl100k_base", f"p_{name}", 1_000_000, rounds=0, timeout=timeout)
            if theirs is None:
                cells.append(f"fails or takes more than {timeout} s")
            else:
                self.check(BASELINE, "cl100k_base", f"p_{name}",
                           (self.ours("cl100k_base", f"p_{name}", rounds=1), theirs))
                cells.append(f"{theirs['cold_ms']:.0f}")
            self.say(f"| {name} | " + " | ".join(cells) + " |")

    def machine(self):
        cpu = platform.machine()
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                cpu = line.split(":", 1)[1].strip()
                break
        return f"{datetime.date.today()}, {cpu}, {platform.system()}"

    def write_report(self):
        report = self.options.report
        text = report.read_text() if report.exists() else f"# Performance\n\n{START}\n{END}\n"
        if START not in text:
            text += f"\n{START}\n{END}\n"
        before, _, rest = text.partition(START)
        _, _, after = rest.partition(END)
        report.write_text(before + START + "\n" + "\n".join(self.lines) + "\n" + END + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="2 MB, two rounds, tiktoken only")
    parser.add_argument("--rounds", type=int, help="instead of 5, or 2 with --quick")
    parser.add_argument("--baseline-only", action="store_true", help="npm tiktoken only")
    parser.add_argument("--program", required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True)
    parser.add_argument("--npm", type=pathlib.Path, required=True)
    parser.add_argument("--report", type=pathlib.Path, help="the Markdown file whose section is replaced")
    options = parser.parse_args()
    options.baseline_only |= options.quick

    bench = Bench(options)
    bench.say("## Tokenizer")
    bench.say()
    arguments = (" --quick" if options.quick else "") + (f" --rounds {options.rounds}" if options.rounds else "")
    bench.say(f"Made by `build-aux/bench tokenizer{arguments}` on {bench.machine()}; one "
              f"thread; {bench.rounds} rounds. Cold is the first encode in a fresh process, warm the median of five more. "
              "Before each process, of ours or theirs, 64 MB of memory are touched and given back, because a virtual "
              "machine's host may have taken them away.")
    for encoding in ENCODINGS:
        bench.throughput(encoding, TEXTS, 2_000_000 if options.quick else 10_000_000)
    if not options.quick:
        for encoding in ENCODINGS:
            bench.throughput(encoding, SMALL_TEXTS, 100_000)
        bench.threads()
    bench.paths()
    bench.start()
    bench.hard()
    bench.linear()
    bench.cancel()
    bench.say()
    bench.say(f"All of this took {(time.monotonic() - bench.started) / 60:.0f} minutes.")
    if options.report:
        bench.write_report()


if __name__ == "__main__":
    main()
