"""What mail headers say: encoded words, addresses, message ids, dates, Gmail's labels."""

from __future__ import annotations

import binascii
import quopri
import re
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from darak.importers.formats.decoding import decode
from darak.records.record import Identity
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource, from_datetime, parse_iso

_ENCODED = re.compile(r"=\?([^?*\s]+)(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_TWO_SIDES = re.compile(r"[^<@]@[^@>]")
_SPACES = re.compile(r"\s+")
_TOKENS = re.compile(
    r"""=\?[^?\s]+\?[bBqQ]\?[^?]*\?=       # an encoded word, whatever it holds
      | "(?:[^"\\]|\\.)*"                  # a quoted name
      | \((?:[^()\\]|\\.|\([^()]*\))*\)    # a comment
      | <[^<>]*> | [,;:] | [^"(<,;:=]+ | .""",
    re.DOTALL | re.VERBOSE,
)
_COMMENTS = re.compile(r"\([^()]*\)")
_ZONE_NAMES = {"KST": "+0900", "JST": "+0900", "CET": "+0100", "CEST": "+0200", "MET": "+0100", "EET": "+0200"}
"""Names beside those of RFC 5322 that mean one offset only."""
_ZONE_NAME = re.compile(rf"\b({'|'.join(_ZONE_NAMES)})$")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-]\d{2}):?(\d{2})$")
_FIRST_YEAR = 1970
"""No mail is older; what says so was written with a clock that was never set."""
_NO_YEAR = re.compile(r"(?<![+-])\b0\d{3}\b")
"""A year such as 0001, which the standard library would take for 2001."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d))?")
_GLUED_OFFSET = re.compile(r"(\d)([+-]\d{4})$")


def header_text(value: bytes | None) -> str:
    """The value as text: encoded words decoded, raw 8-bit text read as UTF-8 or cp949, white space single."""
    if value is None:
        return ""
    text, _ = decode(value)
    return _SPACES.sub(" ", decode_words(text).replace("\0", "")).strip()


def decode_words(text: str) -> str:
    """RFC 2047. Neighbouring words of one charset are joined as bytes: Korean mailers cut characters in two."""
    if "=?" not in text:
        return text
    out: list[str] = []
    pending: list[bytes] = []
    charset = ""
    position = 0
    for word in _ENCODED.finditer(text):
        between = text[position : word.start()]
        position = word.end()
        if pending and (between.strip() or word[1].lower() != charset):
            out.append(decode(b"".join(pending), charset)[0])
            pending = []
            between = between if between.strip() else ""
        elif pending:
            between = ""
        if between:
            out.append(between)
        charset = word[1].lower()
        pending.append(_word_bytes(word[2].lower(), word[3]))
    if pending:
        out.append(decode(b"".join(pending), charset)[0])
    return "".join(out) + text[position:]


def _word_bytes(encoding: str, payload: str) -> bytes:
    raw = payload.encode("utf-8", "surrogateescape")
    if encoding == "q":
        return quopri.decodestring(raw.replace(b"_", b" "))
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def addresses(values: list[bytes]) -> list[Identity]:
    """The people of address headers, each handle once: `Name <a@b>`, `a@b (Name)`, bare addresses, groups."""
    found: dict[str, Identity] = {}
    for value in values:
        for person in _address_list(decode(value)[0]):
            known = found.get(person.handle)
            if known is None or (known.name is None and person.name is not None):
                found[person.handle] = person
    return list(found.values())


def _address_list(text: str) -> list[Identity]:
    people: list[Identity] = []
    words: list[str] = []
    comments: list[str] = []
    address: str | None = None

    def close() -> None:
        nonlocal address
        person = _person("".join(words), address, comments)
        if person is not None:
            people.append(person)
        words.clear()
        comments.clear()
        address = None

    for token in _TOKENS.findall(text):
        if token in (",", ";"):
            close()
        elif token == ":" and "@" not in "".join(words) and address is None:
            words.clear()  # the name of a group
        elif token[0] == "<" and token[-1] == ">":
            address = token[1:-1]
        elif token[0] == "(" and len(token) > 1:
            comments.append(token[1:-1])
        else:
            words.append(token)
    close()
    return people


def _person(words: str, address: str | None, comments: list[str]) -> Identity | None:
    name = _SPACES.sub(" ", decode_words(re.sub(r'"((?:[^"\\]|\\.)*)"', _unquoted, words))).strip(" \t\0'\"")
    if address is None:
        address, name = words, decode_words(" ".join(comments)).strip()
    handle = _SPACES.sub("", address.rpartition(":")[2]).strip("<>'\"\0").lower()
    if not handle:
        # Only a name is known: "undisclosed-recipients" and the like end up empty and are nobody.
        return Identity(name, None) if name else None
    return Identity(handle, name if name and name.lower() != handle else None)


def _unquoted(match: re.Match[str]) -> str:
    return re.sub(r"\\(.)", r"\1", match[1])


def message_ids(values: list[bytes]) -> list[str]:
    """Every <message-id> in the values of References or In-Reply-To, in order."""
    return [found for value in values for found in _MESSAGE_ID.findall(decode(value)[0])]


def message_id(value: bytes | None) -> str | None:
    """The Message-ID with its angle brackets, or what stands there when it has none.

    None when it has no two sides around an "@": such ids are some program's constant and tell no mails apart.
    """
    if value is None:
        return None
    ids = message_ids([value])
    own = ids[0] if ids else _SPACES.sub("", decode(value)[0])
    return own if _TWO_SIDES.search(own) else None


def date(value: bytes | None) -> Time | None:
    """The time a Date header names; None when there is none that can be read.

    "-0000" says that the clock is UTC and the writer's own zone unknown (RFC 5322 3.3).
    """
    if value is None:
        return None
    written = _SPACES.sub(" ", decode(value)[0]).strip()
    text = _COMMENTS.sub("", written).strip()
    text = _GMT_OFFSET.sub(r"\1\2", text)
    text = _ZONE_NAME.sub(lambda match: _ZONE_NAMES[match[1]], text)
    text = _GLUED_OFFSET.sub(r"\1 \2", text)
    try:
        if _ISO.fullmatch(text):  # no mail standard's, but some programs'; it can be read in one way only
            time = parse_iso(re.sub(r"(:[\d.]+) ", r"\1", text))
            return replace(time, written=written) if time.local and time.local.year >= _FIRST_YEAR else None
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.year < _FIRST_YEAR or _NO_YEAR.search(text):
        return None
    precision = Precision.SECOND if text.count(":") >= 2 else Precision.MINUTE
    if moment.tzinfo is None and text.endswith("-0000"):
        return from_datetime(moment, written, precision, "UTC", ZoneSource.UTC)
    return from_datetime(moment, written, precision)


def received(values: list[bytes]) -> Time:
    """The time of the last hop, for a mail whose own date is missing."""
    for value in values:
        if time := date(value.rpartition(b";")[2]):
            return time
    return UNKNOWN_TIME


def labels(value: bytes | None) -> list[str]:
    """Gmail's labels: comma-separated, quoted when a label holds a comma."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|([^,]+)', header_text(value))
    return [label for quoted, bare in found if (label := (quoted or bare).strip())]
