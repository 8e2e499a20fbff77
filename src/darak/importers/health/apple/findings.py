"""What lies beside Apple's export.xml as files of their own: electrocardiograms, and clinical records of hospitals.

A clinical record is a FHIR resource (DSTU2 or R4, hl7.org/fhir): what it is of, when, and every text and value in it.
An electrocardiogram is told by the lines above its curve; the curve itself is kept as a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import orjson

from darak.importers.formats.decoding import decode
from darak.importers.formats.json_values import Json, as_dict, as_dicts, as_list, as_text
from darak.importers.formats.members import whole_file
from darak.importers.health.apple.times import moment, utc
from darak.importers.health.apple.workouts import SOURCE
from darak.importers.importer import BadRow, Ignored, Item
from darak.importers.names import short_name
from darak.importers.tree import Tree
from darak.records.record import Blob, Identity, Origin, Record
from darak.records.time import UNKNOWN_TIME, Time, parse_iso

_LARGEST = 16 << 20
_HEADING = 4096
"""Bytes within which an electrocardiogram tells what it is of."""
_PERSONAL = 2
"""Lines at its top, of the owner's name and birthday."""
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_OF_THE_OWNER = ("Patient", "Organization", "Practitioner", "Location", "Binary")
_TIMES = (
    *("effectiveDateTime", "occurrenceDateTime", "performedDateTime", "onsetDateTime", "collectedDateTime"),
    *("effectivePeriod", "occurrencePeriod", "performedPeriod", "onsetPeriod", "period", "authoredOn", "dateWritten"),
    *("date", "issued", "recordedDate", "assertedDate", "dateRecorded", "created"),
)
"""Where a resource says when it was, best first."""
_NAMES = ("code", "vaccineCode", "medicationCodeableConcept", "medicationReference", "substance", "type", "category")
"""Where it says what it is of, best first."""
_BY = ("performer", "recorder", "requester", "prescriber", "asserter", "author", "practitioner")
_LIST = (
    "interpretation",
    "referenceRange",
    "reaction",
    "component",
    "dosageInstruction",
    "dosage",
    "note",
    "reasonCode",
)
_SAID = ("status", "clinicalStatus", "verificationStatus", "valueString", "conclusion", "description", "comments")


def electrocardiogram(tree: Tree, member: str) -> Iterator[Item]:
    """The record of one recording: the one unit of its file."""
    data = yield from whole_file(tree, member, _LARGEST)
    if data is None:
        return
    origin = Origin(member, f"bytes 0-{len(data)}")
    rows = [row for row in csv.reader(decode(data[:_HEADING])[0].splitlines()) if len(row) > 1]
    time = next((time for row in rows if (time := moment(row[1].strip()))), None)
    if time is None:
        yield BadRow("bad-time", origin, "an electrocardiogram that does not say when it was recorded", data)
        return
    said = [(label.strip(), value.strip()) for label, value, *_ in rows[_PERSONAL:]]
    yield Record(
        source=SOURCE,
        kind="other",
        time=time,
        origin=origin,
        native_id=f"electrocardiogram/{utc(time).isoformat()}Z",
        title="Electrocardiogram (심전도)",
        text="\n".join(f"{label}: {value}" for label, value in said if value and value != time.written),
        blobs=(Blob.of(data, short_name(member), "text/csv"),),
    )


def clinical_record(tree: Tree, member: str) -> Iterator[Item]:
    """The record of one resource: the one unit of its file."""
    data = yield from whole_file(tree, member, _LARGEST)
    if data is None:
        return
    origin = Origin(member, f"bytes 0-{len(data)}")
    found: Json = {}
    with suppress(orjson.JSONDecodeError):
        found = as_dict(orjson.loads(data))
    kind = as_text(found.get("resourceType"))
    if not kind:
        yield BadRow("damaged-clinical-record", origin, "it is no whole resource of FHIR", data)
    elif kind in _NOT_OF_THE_OWNER:
        yield Ignored("not-of-the-owner", origin)
    else:
        yield _resource(found, kind, origin)


def _resource(found: Json, kind: str, origin: Origin) -> Record:
    what = next((text for name in _NAMES if (text := _concept(found.get(name)))), "")
    sort = _WORDS.sub(" ", kind)
    lines = [text for name in _SAID if (text := _concept(found.get(name)))]
    lines += [text for name, value in found.items() if name.startswith("value") and (text := _value(value))]
    lines += [text for name in _LIST for part in as_list(found.get(name)) if (text := _part(part))]
    doctors = [text for name in _BY for one in _several(found.get(name)) if (text := _concept(one))]
    identifier = as_text(found.get("id")) or origin.member
    return Record(
        source=SOURCE,
        kind="document",
        time=next((time for name in _TIMES if (time := _time(found.get(name)))), UNKNOWN_TIME),
        origin=origin,
        native_id=f"fhir/{kind}/{identifier}",
        people=tuple(Identity(name) for name in dict.fromkeys(doctors)),
        title=f"{sort}: {what}" if what else sort,
        text="\n".join(dict.fromkeys(lines)),
        extra={"type": "clinical-record", "resource": kind},
    )


def _several(value: Any) -> list[Any]:
    return list(as_list(value)) or [value]


def _time(value: Any) -> Time | None:
    """The time of a FHIR date, from a year to a second with its offset, or of the beginning of a period."""
    written = as_text(value) or as_text(as_dict(value).get("start"))
    try:
        return parse_iso(written)
    except ValueError:
        return None


def _concept(value: Any) -> str:
    """The words of a text, a CodeableConcept, a Coding or a Reference."""
    if isinstance(value, list):
        return ", ".join(text for one in as_list(value) if (text := _concept(one)))
    if isinstance(value, str):
        return value.strip()
    said = as_dict(value)
    if said.get("actor"):
        return _concept(said["actor"])
    own = as_text(said.get("text")) or as_text(said.get("display"))
    return (own or next((text for one in as_dicts(said.get("coding")) if (text := _concept(one))), "")).strip()


def _value(value: Any) -> str:
    """A measured value: "5.4 mmol/L", "1 - 2 mg", the words of a concept."""
    said = as_dict(value)
    if "value" in said:
        comparator, unit = as_text(said.get("comparator")), as_text(said.get("unit")) or as_text(said.get("code"))
        return f"{comparator}{said['value']} {unit}".strip()
    if "low" in said or "high" in said:
        return f"{_value(said.get('low'))} – {_value(said.get('high'))}".strip(" –")
    return str(value) if isinstance(value, (int, float)) else _concept(value)


def _part(part: Any) -> str:
    """What stands in a part of a resource: a name and its value, a range, a remark, a dose, a reaction."""
    said = as_dict(part)
    name = _concept(said.get("code")) or _concept(said.get("manifestation")) or _concept(said)
    values = [text for key, value in said.items() if key.startswith("value") and (text := _value(value))]
    limits = _value(said) if "low" in said or "high" in said else ""
    return ": ".join(filter(None, (name, *values, limits)))
