"""Pictures and films: JPEG, HEIC, PNG, WebP, TIFF, GIF, MP4 and MOV, with the XMP or Google's JSON files beside them.

Signs: the magic bytes of these formats; XMP, and JSON with `photoTakenTime`, belong to the picture of their name. One
record a picture: its time, place, camera, people and words are those of EXIF, IPTC and XMP, then of Google, then (said
in `time_from`) of the file's name; the time of the file is the time of a copy and is never used. The native id is the
hash of the file, so that copies in several albums are one; the locator is "bytes 0-N", the whole file. The picture is
kept up to 32 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, cast
from xml.etree import ElementTree

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.members import measured
from darak.importers.formats.mp4_boxes import is_mp4, read_recording
from darak.importers.importer import BadRow, Flaw, Ignored, Item, Match, Units
from darak.importers.names import inner_path, short_name
from darak.importers.photos.beside import described, is_description, is_edit
from darak.importers.photos.exif import Facts, read_picture, read_xmp
from darak.importers.photos.names import time_in_name
from darak.importers.photos.sidecars import Albums, find_albums, is_sidecar, read_sidecar
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Place, Record, nfc
from darak.records.time import UNKNOWN_TIME, Precision, Time, ZoneSource, from_epoch

MAX_KEPT = 32 << 20
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"GIF8", "image/gif"),
)
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_SOUND = (b"M4A ", b"M4B ", b"M4P ", b"crx ", b"3gp4")
_ENDS = {"image/jpeg": (b"\xff\xd9", b"\xff\xda"), "image/png": (b"IEND", b"IHDR")}
"""What stands at a picture's end, and what stands before its pixels: if the latter comes last, the end is missing."""


def mime_of(head: bytes) -> str:
    """The kind of picture or film that a file with this head is; "" for any other."""
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    brand = is_mp4(head)
    if brand in _HEIC:
        return "image/heic"
    if brand in (b"avif", b"avis"):
        return "image/avif"
    if not brand or brand in _SOUND or (b"soun" in head[:16384] and b"vide" not in head):
        return ""
    return "video/quicktime" if brand == b"qt  " else "video/mp4"


class PhotosImporter:
    name = "photos"
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        names = [member.name for member in tree.members()]
        pictures = [name for name in names if mime_of(tree.head(name))]
        sidecars = [name for name in names if name.lower().endswith(".json") and is_sidecar(tree.head(name))]
        beside = [name for name in names if is_description(tree.head(name)) or is_edit(tree.head(name))]
        matches: list[Match] = []
        google = {_folder(name) for name in sidecars}
        if sidecars:
            near = (name for name in (*pictures, *beside) if _folder(name) in google)
            together = tuple(sorted([*sidecars, *near]))
            matches.append(Match(self.name, together, 0.9, "pictures with Google Photos' JSON beside them"))
        if rest := tuple(name for name in (*pictures, *beside) if _folder(name) not in google):
            matches.append(Match(self.name, rest, 0.4, "pictures and films"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        pictures = [name for name in match.members if mime_of(tree.head(name))]
        descriptions = [name for name in match.members if is_description(tree.head(name))]
        edits = [name for name in match.members if is_edit(tree.head(name))]
        rest = {*pictures, *descriptions, *edits}
        jsons = [name for name in match.members if name not in rest]
        albums = find_albums(tree, pictures, jsons)
        known = described(pictures, descriptions)
        told = frozenset(known.values())
        yield Units(len(match.members))
        for member in pictures:
            yield from self._picture(tree, member, albums, known.get(member))
        for member in descriptions:
            yield from self._described(tree, member, member in told)
        for member in edits:
            yield Ignored("edit-of-a-picture", Origin(member, "whole file"))
        for member in jsons:
            origin = Origin(member, "whole file")
            said = read_sidecar(tree, member)
            if said is None:
                yield BadRow("damaged-sidecar", origin, "Google's description of a picture is no whole JSON")
            elif member in albums.alone:
                yield self._alone(said, origin)
            else:
                yield Ignored("description-of-a-picture", origin)

    def _described(self, tree: Tree, member: str, found: bool) -> Iterator[Item]:
        """A description in XMP: told with its picture, or on its own when that is not here."""
        origin = Origin(member, "whole file")
        facts = Facts(extra={"picture": "not in this export"})
        if problem := _add_xmp(tree, member, facts):
            yield BadRow("damaged-description", origin, problem)
        elif found:
            yield Ignored("description-of-a-picture", origin)
        else:
            name = short_name(member).removesuffix(".xmp")
            yield _record(self.name, f"xmp:{inner_path(member)}", name, facts, origin, (), None, "")

    def _picture(self, tree: Tree, member: str, albums: Albums, description: str | None) -> Iterator[Item]:
        name = nfc(short_name(member))
        mime = mime_of(tree.head(member))
        origin = Origin(member, "bytes 0-")
        try:
            data, digest, size = measured(tree, member, MAX_KEPT)
            origin = Origin(member, f"bytes 0-{size}")
            facts = _film(tree, member) if mime.startswith("video/") else read_picture(data, mime == "image/heic")
        except (ValueError, *READ_ERRORS) as error:
            yield BadRow("damaged-picture", origin, f"the file cannot be read: {error}")
            return
        if description:
            _add_xmp(tree, description, facts)  # what is wrong with it is told where it is read for itself
        said = read_sidecar(tree, albums.sidecars[member]) if member in albums.sidecars else None
        facts.extra["albums"] = albums.albums.get((name, size), [])
        url = _add_google(said, facts) if said else None
        if facts.time is None and (time := time_in_name(name)):
            facts.time, facts.time_of = time, "name"
        blobs = (Blob(digest, name, mime, size, data),) if size <= MAX_KEPT else ()
        if not blobs:
            facts.extra["not_kept"] = f"{size >> 20} MB"
        film = mime.startswith("video/")
        yield _record(self.name, digest[:32], name, facts, origin, blobs, url, "film" if film else "")
        if problem := facts.problem or _cut(data, mime):
            yield Flaw("damaged-picture", origin, problem)

    def _alone(self, said: dict[str, Any], origin: Origin) -> Record:
        """What Google tells of a picture that is not in this part of the export."""
        facts = Facts(extra={"picture": "not in this export"})
        url = _add_google(said, facts)
        name = str(said.get("title", ""))
        known = url or f"{name} {facts.time.written if facts.time else ''}"
        return _record(self.name, f"google:{known}", name, facts, origin, (), url, "")


def _folder(member: str) -> str:
    """The folder inside the archive: an export in several archives has its folders in each of them."""
    return inner_path(member).rpartition("/")[0]


def _film(tree: Tree, member: str) -> Facts:
    with tree.open(member) as stream:
        film = read_recording(stream)
    tags = film.tags
    facts = Facts(time=film.created, title=tags.get("©nam", ""))
    written = tags.get("com.apple.quicktime.creationdate", "")
    if (moment := _iso(written)) is not None:
        facts.time = moment
    place = tags.get("com.apple.quicktime.location.ISO6709") or tags.get("©xyz") or ""
    facts.lat, facts.lon = _iso6709(place)
    make, model = tags.get("com.apple.quicktime.make", ""), tags.get("com.apple.quicktime.model", "")
    facts.extra = {"camera": f"{make} {model}".strip(), "seconds": film.seconds}
    facts.caption = tags.get("com.apple.quicktime.description", "") or tags.get("desc", "")
    return facts


def _iso(text: str) -> Time | None:
    """ "2024-01-02T03:04:05+0900" on the clock of the place."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = f"{text[-5:-2]}:{text[-2:]}" if text[-5:-4] in ("+", "-") else text[-6:]
    zoned = moment.tzinfo is not None and offset[:1] in ("+", "-")
    zone, source = (offset, ZoneSource.EXPLICIT) if zoned else (None, ZoneSource.ASSUMED)
    return Time(text, moment.replace(tzinfo=None), Precision.SECOND, zone, source)


def _iso6709(text: str) -> tuple[float | None, float | None]:
    """ "+37.5665+126.9780+038.0/" """
    signs = [place for place, letter in enumerate(text) if letter in "+-/"]
    try:
        return float(text[signs[0] : signs[1]]), float(text[signs[1] : signs[2]])
    except (ValueError, IndexError):
        return None, None


def _add_xmp(tree: Tree, member: str, facts: Facts) -> str:
    """Adds what a description in XMP says; returns what is wrong with it."""
    try:
        with tree.open(member) as stream:
            read_xmp(stream.read(MAX_KEPT), facts)
    except (ElementTree.ParseError, ValueError, *READ_ERRORS) as error:
        return f"the description cannot be read: {error}"
    return ""


def _add_google(said: dict[str, Any], facts: Facts) -> str | None:
    """Adds what Google's description says; returns the picture's address. Its time is an instant, its 0, 0 nowhere."""
    stamp = _object(said.get("photoTakenTime")).get("timestamp")
    if (facts.time is None or facts.time_of) and isinstance(stamp, (str, int)) and str(stamp).lstrip("-").isdecimal():
        facts.time, facts.time_of = from_epoch(int(stamp), str(stamp)), ""
    for key in ("geoData", "geoDataExif"):
        place = _object(said.get(key))
        lat, lon = place.get("latitude"), place.get("longitude")
        if facts.lat is None and isinstance(lat, (int, float)) and isinstance(lon, (int, float)) and (lat or lon):
            facts.lat, facts.lon = round(float(lat), 6), round(float(lon), 6)
    people = cast("list[Any]", said["people"]) if isinstance(said.get("people"), list) else []
    facts.people += [name for person in people if isinstance(name := _object(person).get("name"), str) and name]
    if isinstance(text := said.get("description"), str) and text.strip() and text.strip() != facts.caption:
        facts.caption = f"{facts.caption}\n{text.strip()}".strip()
    for key in ("favorited", "archived", "trashed"):
        if said.get(key) is True:
            facts.extra[key] = True
    url = said.get("url")
    return url if isinstance(url, str) and url.startswith("http") else None


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _record(
    source: str,
    native_id: str,
    name: str,
    facts: Facts,
    origin: Origin,
    blobs: tuple[Blob, ...],
    url: str | None,
    what: str,
) -> Record:
    parts = [facts.extra.pop(key, "") for key in ("place_location", "place_city", "place_state", "place_country")]
    place = ", ".join(dict.fromkeys(part for part in parts if part))
    people = list(dict.fromkeys(nfc(person) for person in facts.people))
    keywords = list(dict.fromkeys(filter(None, facts.keywords)))
    albums: list[str] = facts.extra.get("albums") or []
    words = (facts.caption, ", ".join(people), place, ", ".join(keywords), ", ".join(albums))
    text = "\n".join(nfc(word) for word in words if word)
    extra = {**facts.extra, "type": what, "keywords": keywords, "time_from": facts.time_of, "file": name}
    return Record(
        source=source,
        kind="photo",
        time=facts.time or UNKNOWN_TIME,
        origin=origin,
        native_id=native_id,
        author=Identity(facts.author) if facts.author else None,
        people=tuple(Identity(person) for person in people),
        title=nfc(facts.title) or PurePosixPath(name).stem or None,
        text=text,
        place=Place(place or None, facts.lat, facts.lon) if place or facts.lat is not None else None,
        url=url,
        blobs=blobs,
        extra={key: value for key, value in extra.items() if value},
    )


def _cut(data: bytes, mime: str) -> str:
    """Says so when a picture that was read whole has no end."""
    end, before = _ENDS.get(mime, (b"", b""))
    if end and len(data) < MAX_KEPT and data.rfind(end) < data.rfind(before):
        return "the picture is cut off"
    return ""
