"""Apple Health's export: `export.xml` (phones in other languages name it otherwise), alone or with what lies beside it.

Locators are "bytes A-B", the element. The points of a workout's route, in the element or in the GPX file beside, become
samples of their positions. Watch and phone measure the same steps: samples keep their device, and whoever
adds them up has to choose. Times have the zone that the phone was in at the export; where an element names its own
zone, its clock is that zone's.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from darak.importers.archive import READ_ERRORS
from darak.importers.formats.members import read_each
from darak.importers.formats.outcomes import unreadable
from darak.importers.formats.xml_children import Batch, EntitiesRefused, read_children
from darak.importers.formats.xml_parser import Child, Schema
from darak.importers.formats.xml_pieces import encoding_of
from darak.importers.health.apple.findings import clinical_record, electrocardiogram
from darak.importers.health.apple.metrics import IN_CORRELATIONS, category, quantity, short_type
from darak.importers.health.apple.times import Inner, minutes_between, span
from darak.importers.health.apple.workouts import SOURCE, route, workout
from darak.importers.health.gpx import GpxFile
from darak.importers.importer import BadRow, Checkpoint, Flaw, Ignored, Item, Match, Units
from darak.importers.names import folder_of
from darak.importers.resume import skip
from darak.importers.tree import Tree
from darak.records.record import Origin, Record, Sample

_IGNORED = {
    "ExportDate": "export-date",
    "Me": "characteristics",
    "ActivitySummary": "activity-summary",
    "ClinicalRecord": "clinical-record",
    "Audiogram": "audiogram",
    "VisionPrescription": "vision-prescription",
}
"""What is in the file and becomes no record; the rings of a day repeat what the samples say."""
SCHEMA = Schema(
    root="HealthData",
    children=frozenset(("Record", "Workout", "Correlation", *_IGNORED)),
    containers=frozenset(("Correlation",)),
    nested=frozenset(("Record",)),
    kept=frozenset(("Record", "MetadataEntry", "WorkoutStatistics", "FileReference", "Location")),
    inner=frozenset(
        (
            "WorkoutEvent",
            "WorkoutActivity",
            "WorkoutRoute",
            "SensitivityPoint",
            "Prescription",
            "Attachment",
            "HeartRateVariabilityMetadataList",
            "InstantaneousBeatsPerMinute",
        )
    ),
)
_UNIT = SCHEMA.starts(SCHEMA.children)
_ROUTE = "workout-route"
_BESIDE = {"electrocardiograms/": electrocardiogram, "clinical-records/": clinical_record}
"""The folders beside export.xml, and what reads a file of each."""
_DOCUMENT = "clinical-document"
_KEY = ("type", "startDate", "endDate", "value", "unit", "sourceName")
_CATEGORY = "HKCategoryTypeIdentifier"
_CHECKPOINT_EVERY = 20_000
_LONGEST_RAW = 64 * 1024
_PROBLEMS = {
    "damaged-element": "an element is damaged and cannot be read",
    "stray-text": "text between the elements, where none belongs",
    "cut-off": "the file ends within the data; export or download it again",
    "no-type": "a record that does not say what it measures",
    "bad-time": "the element's startDate or endDate is no time",
    "no-value": "a record without a number as its value",
    "unknown-element": "an element that health exports are not known to have",
}


class AppleHealthImporter:
    name = SOURCE
    version = 1

    def detect(self, tree: Tree) -> list[Match]:
        matches: list[Match] = []
        for member in tree.members():
            head = tree.head(member.name).removeprefix(b"\xef\xbb\xbf").lstrip()
            if head.startswith(b"<") and (b"<HealthData" in head or b"<!DOCTYPE HealthData" in head):
                members = (member.name, *_beside(tree, member.name))
                matches.append(Match(self.name, members, 0.95, "HealthData of Apple Health"))
        return matches

    def read(self, tree: Tree, match: Match, resume: str | None = None) -> Iterator[Item]:
        member, *others = match.members
        beside = _beside(tree, member)
        if resume is None:
            for other in others:
                if reader := _BESIDE.get(beside[other]):
                    yield Units(1)
                    yield from reader(tree, other)
                elif beside[other] == _DOCUMENT:
                    yield Units(1)
                    yield Ignored(_DOCUMENT, Origin(other, ""))
            routes = [other for other in others if beside[other] == _ROUTE]
            yield from read_each(routes, lambda route: _positions(tree, route))
        yield from _Reader(member).read(tree, int(resume or 0))


class _Reader:
    """Reads one export.xml."""

    def __init__(self, member: str) -> None:
        self._member = member
        # A reading of blood pressure stands on its own and within a correlation, in any order: it counts once.
        self._alone: set[int] = set()
        self._correlated: set[int] = set()

    def read(self, tree: Tree, start: int) -> Iterator[Item]:
        position = start
        pending = 0
        try:
            with tree.open(self._member) as stream:
                skip(stream, start)
                for batch in read_children(stream, SCHEMA, start):
                    yield Units(len(_UNIT.findall(batch.raw)))
                    for child in batch.children:
                        yield from self._child(child, batch)
                    position = batch.end
                    pending += len(batch.children)
                    if pending >= _CHECKPOINT_EVERY and batch.children and not batch.children[-1].problem:
                        yield Checkpoint(str(position))
                        pending = 0
        except EntitiesRefused:
            message = "the file declares XML entities, which no export does; it was not read"
            yield Units(1)
            yield BadRow("entities-refused", Origin(self._member, "bytes 0-"), message)
        except READ_ERRORS as error:
            yield from unreadable(self._member, position, error)

    def _child(self, child: Child, batch: Batch) -> Iterator[Item]:
        origin = Origin(self._member, f"bytes {child.start}-{child.end}")
        name = child.name
        if child.problem:
            counted = len(_UNIT.findall(batch.raw_of(child)))
            if not counted:
                yield Units(1)
            yield self._bad(child.problem, origin, child, batch)
            if counted > 1:
                yield Ignored("in-damaged-element", origin, counted - 1)
        elif name == "Record":
            yield self._record(child, child.attributes, origin, batch)
        elif name == "Workout":
            record = workout(child, origin)
            yield record or self._bad("bad-time", origin, child, batch)
            if record and (positions := route(child, origin)):
                yield Units(len(positions))
                yield from positions
        elif name in _IGNORED:
            yield Ignored(_IGNORED[name], origin)
        elif name != "Correlation":
            yield Units(1)
            yield self._bad("unknown-element", origin, child, batch)
        else:
            yield Ignored("correlation", origin)
            for _, kind, attributes in child.inner:
                if kind == "Record":
                    yield self._record(child, attributes, origin, batch)

    def _record(self, child: Child, attributes: dict[str, str], origin: Origin, batch: Batch) -> Item:
        """The item of a record that is `child` or stands in it."""
        if short_type(attributes.get("type", "")).startswith(IN_CORRELATIONS):
            key = hash(tuple(attributes.get(name) for name in _KEY))
            alone = attributes is child.attributes
            here, there = (self._alone, self._correlated) if alone else (self._correlated, self._alone)
            if key in there:
                return Ignored("in-correlation", origin)
            here.add(key)
        sample = sample_of(attributes, child.inner, origin)
        return self._bad(sample, origin, child, batch) if isinstance(sample, str) else sample

    def _bad(self, code: str, origin: Origin, child: Child, batch: Batch) -> BadRow:
        return BadRow(code, origin, _PROBLEMS[code], batch.raw_of(child)[:_LONGEST_RAW])


def sample_of(attributes: dict[str, str], inner: Inner, origin: Origin) -> Sample | str:
    """The sample of a Record element's attributes, or the code of what is wrong with it."""
    identifier = attributes.get("type")
    if not identifier:
        return "no-type"
    times = span(attributes, inner)
    if times is None:
        return "bad-time"
    start, end = times
    short, unit, written = short_type(identifier), attributes.get("unit"), attributes.get("value", "")
    if unit is None and identifier.startswith(_CATEGORY):
        metric, value, unit = category(short, written, minutes_between(start, end))
    else:
        try:
            number = float(written)
        except ValueError:
            return "no-value"
        if not isfinite(number):
            return "no-value"
        metric, value, unit = quantity(short, number, unit or "")
    return Sample(
        source=SOURCE,
        metric=metric,
        value=value,
        unit=unit,
        time=start,
        end=None if end is start or end == start else end,
        origin=origin,
        device=attributes.get("sourceName", "").replace("\xa0", " "),
    )


def _positions(tree: Tree, member: str) -> Iterator[Item]:
    """The positions of a route; its workout stands in export.xml and is told there."""
    with tree.open(member) as stream:
        for item in GpxFile(member, SOURCE, encoding_of(tree.head(member))).read(stream):
            if isinstance(item, Record):
                yield Ignored(_ROUTE, item.origin)
            elif not isinstance(item, Flaw):
                yield item


def _beside(tree: Tree, member: str) -> dict[str, str]:
    """The other members of the same export: each by its folder in `_BESIDE`, or as a route or a document.

    The document says in another format what export.xml says.
    """
    folder = folder_of(member)
    found: dict[str, str] = {}
    for other in tree.members():
        if not other.name.startswith(folder) or other.name == member:
            continue
        place = other.name[len(folder) :]
        code = next((prefix for prefix in _BESIDE if place.startswith(prefix)), None)
        head = b"" if code else tree.head(other.name)
        if b'creator="Apple Health Export"' in head:
            code = _ROUTE
        elif b"<ClinicalDocument" in head and b"HL7" in head:
            code = _DOCUMENT
        if code:
            found[other.name] = code
    return found
