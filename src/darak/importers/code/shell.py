"""Shell history: zsh (plain and extended), bash (with and without times), fish, PowerShell. Secrets are left out.

Structural signs: lines such as `: 1594693071:0;ls` (zsh), `#1616723205` before a command (bash), `- cmd: ls` (fish),
`Get-ChildItem` (PowerShell); without times, that most lines begin with the names of common programs. A history that
noted no times at first and then did has them from there on. Locators are "bytes A-B", the entry. Commands
have no ids: identical ones are told apart by their number. A secret is stored nowhere, not even in a bad row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from darak.importers.archive import READ_ERRORS
from darak.importers.code.redaction import redact
from darak.importers.formats.lines import Line, encodings_of, read_lines
from darak.importers.formats.outcomes import unreadable
from darak.importers.importer import BadRow, Flaw, Item, Match, Units
from darak.importers.names import short_name
from darak.importers.tree import Tree
from darak.records.record import Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, from_epoch

_ZSH = re.compile(r": *(\d{9,11}):(\d+);", re.ASCII)
_BASH = re.compile(r"#(\d{9,11})", re.ASCII)
_FISH = re.compile(r"- cmd: ")
_FISH_KEY = re.compile(r"  (?:when: (\d{9,11})|paths:|  - .*)", re.ASCII)
_FISH_ESCAPE = re.compile(r"\\(.)")
_CMDLET = re.compile(r"[A-Z][a-z]+-[A-Z]\w+")
_CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
_DAMAGED_HEADER = re.compile(r": *\S{8,12}:\d+;|[^:]? *\d{9,11}:\d+;|: *\d{9,11}.\d+;|: *\d{9,11}:\d+[^;]")
_PROGRAMS = (
    "ls cd ll la pwd cat head tail grep rg find sed awk sort uniq wc cut tr xargs tee echo printf touch mkdir "
    "rm rmdir mv cp ln chmod chown df du ps top htop kill killall jobs fg bg nohup sudo su ssh scp rsync sftp "
    "curl wget ping dig nslookup ifconfig netstat ss tar zip unzip gzip gunzip git gh hg svn cmake gcc g++ "
    "clang cargo rustc python python3 pip pip3 pipx uv poetry conda jupyter ipython node npm npx yarn pnpm "
    "bun deno ruby gem bundle java javac mvn gradle docker docker-compose podman kubectl helm terraform "
    "ansible ansible-playbook vagrant brew apt apt-get dnf yum pacman snap systemctl journalctl crontab vi "
    "vim nvim nano emacs subl xdg-open whereis alias export source . history exit clear reset tmux screen zsh "
    "bash fish sh env unset mysql psql sqlite3 redis-cli mongo aws gcloud az heroku ffmpeg diff patch cal "
    "whoami uname hostname passwd mount umount dd fdisk lsblk free "
)
_COMMON = frozenset(_PROGRAMS.split())
LONGEST = 64 * 1024
"""Characters of a command that are kept; more is data that was pasted."""


@dataclass(frozen=True, slots=True)
class _Shell:
    """One way to write a history. `begins` opens an entry; without one every line is a command without a time."""

    name: str
    begins: re.Pattern[str] | None
    parse: Callable[[list[Line]], tuple[str, Time, int | None] | None]
    """(command, time, seconds it took) of an entry's lines."""
    torn: re.Pattern[str] = re.compile(r"(?!)")
    """The beginning of an entry that the end of the file has torn."""


def _zsh(lines: list[Line]) -> tuple[str, Time, int | None] | None:
    lines = [line._replace(text=_unmetafied(line)) for line in lines]
    header = _ZSH.match(lines[0].text)
    first = lines[0].text[header.end() :] if header else lines[0].text
    text = "\n".join(line[:-1] if _CONTINUED.search(line) else line for line in [first, *_texts(lines[1:])])
    if header is None:
        damaged = _DAMAGED_HEADER.match(text)
        return None if damaged else (text, UNKNOWN_TIME, None)
    return text, from_epoch(int(header[1]), header[1]), int(header[2])


def _bash(lines: list[Line]) -> tuple[str, Time, int | None] | None:
    header = _BASH.fullmatch(lines[0].text)
    if header is None:
        return "\n".join(_texts(lines)), UNKNOWN_TIME, None
    return "\n".join(_texts(lines[1:])), from_epoch(int(header[1]), header[1]), None


def _fish(lines: list[Line]) -> tuple[str, Time, int | None] | None:
    if not _FISH.match(lines[0].text):
        return None
    keys = [_FISH_KEY.fullmatch(line.text) for line in lines[1:]]
    when = next((key[1] for key in keys if key and key[1]), None)
    text = _FISH_ESCAPE.sub(lambda escape: {"n": "\n"}.get(escape[1], escape[1]), lines[0].text[len("- cmd: ") :])
    return (text, from_epoch(int(when), when) if when else UNKNOWN_TIME, None) if all(keys) else None


def _plain(lines: list[Line]) -> tuple[str, Time, int | None] | None:
    if _BASH.fullmatch(lines[0].text):
        return _bash(lines)
    return _zsh(lines) if _ZSH.match(lines[0].text) else (_unmetafied(lines[0]), UNKNOWN_TIME, None)


def _powershell(lines: list[Line]) -> tuple[str, Time, int | None] | None:
    return "\n".join(line.removesuffix("`") for line in _texts(lines)), UNKNOWN_TIME, None


_NEVER_TYPED = bytes(sorted(set(range(1, 32)) - set(b"\t\n\v\f\r\x1b")))
"""Many of these at the beginning tell a picture or a program at a glance."""
_SHELLS = (
    _Shell("zsh", _ZSH, _zsh, re.compile(r": *\d*(?::\d*)?", re.ASCII)),
    _Shell("bash", _BASH, _bash, re.compile(r"#\d*", re.ASCII)),
    _Shell("fish", _FISH, _fish, re.compile(r"-(?: (?:c(?:m(?:d(?::)?)?)?)?)?")),
    _Shell("powershell", None, _powershell),
    _Shell("", None, _plain),
)
_TIMED, _POWERSHELL, _PLAIN = _SHELLS[:-2], _SHELLS[-2], _SHELLS[-1]


class ShellImporter:
    """Shell history: zsh, bash, fish and PowerShell, with secrets left out"""

    name = "shell"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            found = _recognise(tree.head(member.name), short_name(member.name))
            if found:
                shell, score, why = found
                matches.append(Match(self.name, (member.name,), score, f"{why} ({shell.name or 'a shell'})"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        (member,) = match.members
        head = tree.head(member)
        found = _recognise(head, short_name(member))
        shell = found[0] if found else _PLAIN
        position = 0
        try:
            with tree.open(member) as stream:
                for entry in _entries(read_lines(stream, _encodings(head)), shell):
                    position = entry[-1].end
                    yield from _items(entry, shell, member)
        except READ_ERRORS as error:
            yield from unreadable(member, position, error)


def _recognise(head: bytes, name: str) -> tuple[_Shell, float, str] | None:
    first = head[:4096]
    typed = len(first.translate(None, _NEVER_TYPED)) * 20 >= len(first) * 19
    if not head.strip() or not typed or head.count(0) > len(head) // 100 + 1:
        return None
    lines = head.decode("utf-8", "replace").splitlines()
    named = "history" in name.lower() or name.lower().endswith(("_hist", ".hist"))
    filled = [line for line in lines if line.strip()]
    common = sum(line.split()[0] in _COMMON for line in filled)
    cmdlets = sum(_CMDLET.match(line) is not None for line in filled)
    commands = common + cmdlets
    plain = len(filled) == len(lines) and commands * (4 if named else 2) >= len(lines) and (named or commands >= 5)
    # Of an entry that goes on over many lines, the head may hold only the first.
    for shell in _TIMED:
        assert shell.begins is not None
        begins = shell.begins.match if shell.begins is not _BASH else shell.begins.fullmatch
        count = sum(begins(line) is not None for line in lines)
        if begins(lines[0]) or (count > 1 and count * 4 >= len(lines)) or (count and (named or plain)):
            return shell, 0.9, "commands with their times"
    if plain:
        shell = _POWERSHELL if cmdlets * 5 >= len(lines) else _PLAIN
        return shell, 0.7 if named else 0.55, "lines that begin with the names of common programs"
    return None


def _entries(lines: Iterator[Line], shell: _Shell) -> Iterator[list[Line]]:
    """The lines of each entry; lines without a beginning are entries of their own, unless the one before goes on."""
    entry: list[Line] = []
    for line in lines:
        if entry and _ends_before(line, entry, shell):
            yield entry
            entry = []
        if entry or line.text.strip():
            entry.append(line)
    if entry:
        yield entry


def _ends_before(line: Line, entry: list[Line], shell: _Shell) -> bool:
    if not line.ended and shell.torn.fullmatch(line.text):
        return True
    if shell.begins is _ZSH:
        return _ZSH.match(line.text) is not None or not _CONTINUED.search(entry[-1].text)
    if shell.begins is _BASH:
        return _BASH.fullmatch(line.text) is not None or not _BASH.fullmatch(entry[0].text)
    if shell.begins is _FISH:
        return _FISH.match(line.text) is not None
    if shell is _POWERSHELL:
        return not entry[-1].text.endswith("`")
    return len(entry) > 1 or not _BASH.fullmatch(entry[0].text)


def _items(entry: list[Line], shell: _Shell, member: str) -> Iterator[Item]:
    origin = Origin(member, f"bytes {entry[0].start}-{entry[-1].end}")
    parsed = shell.parse(entry)
    cut = not entry[-1].ended
    yield Units(1)
    if parsed is None or not parsed[0].strip() or (cut and len(entry) == 1 and shell.torn.fullmatch(entry[0].text)):
        code, message = _CUT if cut else ("bad-entry", "no command can be read here")
        yield BadRow(code, origin, message, redact("\n".join(_texts(entry))[:LONGEST]).encode())
        return
    command, time, seconds = parsed
    extra = {"shell": shell.name, "seconds": seconds}
    yield Record(
        source="shell",
        kind="other",
        time=time,
        origin=origin,
        text=redact(command.strip()[:LONGEST]),
        extra={"activity": "command", **{key: value for key, value in extra.items() if value}},
    )
    if cut:
        yield Flaw(_CUT[0], origin, _CUT[1])
    elif len(command) > LONGEST:
        yield Flaw("too-long", origin, "only the first 64 KB of this command are kept")
    elif "\ufffd" in command and not all(line.intact for line in entry):
        yield Flaw("undecodable-text", origin, "some of its bytes could not be decoded")


_CUT = ("cut-off", "the file ends here without a line end: the command may be cut off")


def _texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def _encodings(head: bytes) -> tuple[str, ...]:
    """What zsh has hidden is no UTF-8; what another program has written in its place may be."""
    found = encodings_of(head)
    return found if found[0] == "utf-8" else encodings_of(_demeta(head))


def _demeta(data: bytes) -> bytes:
    """zsh writes bytes that mean something to it as 0x83 and the byte with bit 5 turned."""
    return re.sub(rb"\x83(.)", lambda escape: bytes((escape[1][0] ^ 32,)), data, flags=re.DOTALL)


def _unmetafied(line: Line) -> str:
    if b"\x83" not in line.raw:
        return line.text
    try:
        return _demeta(line.raw).decode()
    except UnicodeDecodeError:
        return line.text
