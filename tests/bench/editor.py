#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print what the editor costs beside a bare GtkSourceView.

Usage: editor.py [--quick] --build FOLDER --texts FOLDER [--report FILE]

Every text is opened, typed in, clicked on and scrolled in a process of its own, once in the editor and once in a bare
view, in windows of the same size. bench-editor.c says what is measured. Run it with a display.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import tempfile
import time

START, END = "<!-- begin: build-aux/bench editor -->", "<!-- end: build-aux/bench editor -->"
# A bare view needs most of a second for each key in a line of 1 MB.
BARE_KEYS_IN_A_LONG_LINE = 3
ROUNDS_OF_STARTS = 7


def minified_json(size):
    """One line of records as programs write them, always the same."""
    rng = random.Random(1)
    words = "status value price model token count cached input output window context region owner label".split()
    records, length = [], 0
    while length < size:
        records.append({"id": rng.getrandbits(40), "name": " ".join(rng.choices(words, k=3)), "on": rng.random() < 0.5,
                        "at": f"2026-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}T08:00:00Z",
                        "tags": rng.choices(words, k=3), "x": round(rng.random() * 1000, 3)})
        length += len(json.dumps(records[-1], separators=(",", ":"))) + 1
    return json.dumps(records, separators=(",", ":")).encode()[:size]


class Bench:
    def __init__(self, options):
        self.options = options
        self.lines = []
        self.keys = 40 if options.quick else 200
        self.program = options.build / "tests/bench/bench-editor"
        self.environment = {**os.environ, "GDK_DEBUG": "no-portals", "GDK_DISABLE": "vulkan",
                            "GSETTINGS_BACKEND": "memory",
                            "GSETTINGS_SCHEMA_DIR": str(options.build / "data"), "GSK_RENDERER": "cairo",
                            "GTK_A11Y": "none", "LC_ALL": "C.UTF-8",
                            "TOKENDESK_TABLES": str(options.build / "src/tokenizer")}

    def say(self, line=""):
        print(line, flush=True)
        self.lines.append(line)

    def run(self, *arguments):
        done = subprocess.run([self.program, *map(str, arguments)], check=True, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment)
        return json.loads(done.stdout)

    @staticmethod
    def machine():
        model = ""
        for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
        return f"{datetime.date.today()}, {model or platform.processor()}, {platform.system()}, Xvfb, Cairo renderer"

    def text(self, title, path, *, long_line):
        ours = self.run("token", path, self.keys)
        bare = self.run("bare", path, BARE_KEYS_IN_A_LONG_LINE if long_line else self.keys)
        self.say()
        self.say(f"### {title}")
        self.say()
        self.say("| | TokenDesk | bare GtkSourceView | budget |")
        self.say("|---|---|---|---|")

        def row(name, *keys, budget="", digits=1):
            def cell(figures):
                return " / ".join(f"{figures[key]:.{digits}f}" if key in figures else "–" for key in keys)
            self.say(f"| {name} | {cell(ours)} | {cell(bare)} | {budget} |")

        def spread(name, key, budget="", digits=2):
            row(name, f"{key}_p50", f"{key}_p99", budget=budget, digits=digits)

        for verb, title in ("paste", "pasted"), ("open", "opened"):
            row(f"{title}: until the text is in the buffer, ms", f"{verb}_insert_ms", digits=0)
            row(f"{title}: then until the screen shows its tokens / all is counted, ms",
                f"{verb}_painted_ms", f"{verb}_counted_ms", budget="100 / 300", digits=0)
            row(f"{title}: longest turn of the main loop, ms", f"{verb}_longest_turn_ms", digits=0)
        more = ours["memory_mb"] - bare["memory_mb"]
        self.say(f"| memory, MB | {ours['memory_mb']:.0f} | {bare['memory_mb']:.0f} | {more:.0f} of 30 more |")
        for place in "start", "middle", "end":
            spread(f"key at the {place}: edit, ms", f"key_{place}_edit_ms", budget="1 more")
            spread(f"key at the {place}: drawing, ms", f"key_{place}_draw_ms")
            spread(f"key at the {place}: edit and frame, ms", f"key_{place}_frame_ms", budget="50" if long_line else "")
        spread("keys here and there: edit, ms", "key_anywhere_edit_ms", budget="1 more")
        spread("click: frame, ms", "click_frame_ms", budget="50" if long_line else "")
        spread("scrolling by pages: drawing, ms", "scroll_page_draw_ms", budget="2 more")
        spread("scrolling by pages: frame, ms", "scroll_page_frame_ms", budget="50" if long_line else "")
        spread("scrolling by steps: drawing, ms", "scroll_step_draw_ms", budget="2 more")
        spread("another encoding: painted, typing meanwhile, ms", "switch_painted_ms", budget="300", digits=0)

    def start(self, path):
        times = {"token": [], "bare": []}
        for _ in range(ROUNDS_OF_STARTS):
            for kind, found in times.items():
                found.append(self.run("start", kind, path, time.monotonic_ns() // 1000)["start_ms"])
        ours, bare = statistics.median(times["token"]), statistics.median(times["bare"])
        self.say()
        self.say(f"Start to the first frame with the text and its tokens, 1 KB: {ours:.0f} ms; an empty "
                 f"AdwApplicationWindow with a bare GtkSourceView: {bare:.0f} ms; ratio {ours / bare:.2f} (budget "
                 f"1.3), median of {ROUNDS_OF_STARTS}.")

    def write_report(self):
        report = self.options.report
        text = report.read_text()
        if START not in text:
            text += f"\n{START}\n{END}\n"
        before, _, rest = text.partition(START)
        _, _, after = rest.partition(END)
        report.write_text(before + START + "\n" + "\n".join(self.lines) + "\n" + END + after)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a fifth of the texts and of the keys")
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--texts", type=pathlib.Path, required=True)
    parser.add_argument("--report", type=pathlib.Path, help="the Markdown file whose section is replaced")
    options = parser.parse_args()
    bench = Bench(options)

    bench.say("## Editor")
    bench.say()
    bench.say(f"Made by `build-aux/bench editor{' --quick' if options.quick else ''}` on {bench.machine()}; "
              f"{bench.keys} keys for each place. Times are median / 99th percentile of the main thread's processor "
              "time, those for opening, pasting and another encoding are the clock's. The view is 1200 × 900 pixels; "
              "“1 more” allows one millisecond more than the bare view.")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        long_size = 200_000 if options.quick else 1_000_000
        megabytes = 2 if options.quick else 10
        texts = {
            f"English, {megabytes} MB": ((options.texts / "en.txt").read_bytes(), megabytes * 1_000_000, False),
            f"Chinese, {megabytes} MB": ((options.texts / "zh.txt").read_bytes(), megabytes * 1_000_000, False),
            f"Minified JSON in one line, {long_size // 1000} KB": (minified_json(long_size), long_size, True),
            f"Base64 in one line, {long_size // 1000} KB":
                ((options.texts / "p_base64.txt").read_bytes(), long_size, True),
        }
        for title, (data, size, long_line) in texts.items():
            path = folder / "text"
            path.write_bytes(data[:size].decode(errors="ignore").encode())
            bench.text(title, path, long_line=long_line)
        path = folder / "short.txt"
        path.write_bytes((options.texts / "en.txt").read_bytes()[:1000])
        bench.start(path)
    if options.report:
        bench.write_report()


if __name__ == "__main__":
    main()
