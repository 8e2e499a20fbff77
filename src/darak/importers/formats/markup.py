"""Whether a file is markup at all, before signs are looked for in it: program texts may quote any sign."""

from __future__ import annotations

from darak.importers.formats.lines import BOM


def is_markup(head: bytes) -> bool:
    """Whether a file with this head begins with a tag, a comment or a declaration of HTML, XML or SGML."""
    return head.removeprefix(BOM).lstrip()[:1] == b"<"
