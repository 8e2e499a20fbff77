"""Apple Health's export.zip with export.xml, in a phone set to Korean."""

# ruff: noqa: E501 (the document type is as the phone writes it)

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import quoteattr

from darak.sample.model import HealthSample, Pressure, Workout

_DTD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary|ClinicalRecord|Audiogram|VisionPrescription)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!ELEMENT ExportDate EMPTY>
<!ATTLIST ExportDate
  value CDATA #REQUIRED
>
<!ELEMENT Me EMPTY>
<!ATTLIST Me
  HKCharacteristicTypeIdentifierDateOfBirth         CDATA #REQUIRED
  HKCharacteristicTypeIdentifierBiologicalSex       CDATA #REQUIRED
  HKCharacteristicTypeIdentifierBloodType           CDATA #REQUIRED
  HKCharacteristicTypeIdentifierFitzpatrickSkinType CDATA #REQUIRED
>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
  value         CDATA #IMPLIED
  sourceName    CDATA #REQUIRED
  sourceVersion CDATA #IMPLIED
  device        CDATA #IMPLIED
  creationDate  CDATA #IMPLIED
  startDate     CDATA #REQUIRED
  endDate       CDATA #REQUIRED
>
<!ELEMENT Correlation ((MetadataEntry|Record)*)>
<!ATTLIST Correlation
  type          CDATA #REQUIRED
  sourceName    CDATA #REQUIRED
  sourceVersion CDATA #IMPLIED
  device        CDATA #IMPLIED
  creationDate  CDATA #IMPLIED
  startDate     CDATA #REQUIRED
  endDate       CDATA #REQUIRED
>
<!ELEMENT Workout ((MetadataEntry|WorkoutEvent|WorkoutRoute|WorkoutStatistics)*)>
<!ATTLIST Workout
  workoutActivityType   CDATA #REQUIRED
  duration              CDATA #IMPLIED
  durationUnit          CDATA #IMPLIED
  totalDistance         CDATA #IMPLIED
  totalDistanceUnit     CDATA #IMPLIED
  totalEnergyBurned     CDATA #IMPLIED
  totalEnergyBurnedUnit CDATA #IMPLIED
  sourceName            CDATA #REQUIRED
  sourceVersion         CDATA #IMPLIED
  device                CDATA #IMPLIED
  creationDate          CDATA #IMPLIED
  startDate             CDATA #REQUIRED
  endDate               CDATA #REQUIRED
>
<!ELEMENT MetadataEntry EMPTY>
<!ATTLIST MetadataEntry
  key   CDATA #REQUIRED
  value CDATA #REQUIRED
>
]>
"""
_CATEGORIES = frozenset({"SleepAnalysis"})
_PRESSURE = (("BloodPressureSystolic", "systolic"), ("BloodPressureDiastolic", "diastolic"))
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_apple_health(
    samples: Sequence[HealthSample],
    pressures: Sequence[Pressure],
    workouts: Sequence[Workout],
    born: str,
    saved: datetime,
    path: Path,
) -> None:
    """`export.zip` with `apple_health_export/export.xml`; `born` is the owner's ISO date of birth."""
    path.parent.mkdir(parents=True, exist_ok=True)
    parts = [_DTD, '<HealthData locale="ko_KR">\n', f' <ExportDate value="{_stamp(saved)}"/>\n', _me(born)]
    parts += _records(samples)
    parts += [_pressure_record(one, kind, field) for kind, field in _PRESSURE for one in pressures]
    parts += [_correlation(one) for one in pressures]
    parts += [_workout(one) for one in workouts]
    parts.append("</HealthData>\n")
    info = zipfile.ZipInfo("apple_health_export/export.xml", _ZIP_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "".join(parts).encode("utf-8"), compresslevel=4)


def _me(born: str) -> str:
    prefix = "HKCharacteristicTypeIdentifier"
    return (
        f' <Me {prefix}DateOfBirth="{born}" {prefix}BiologicalSex="HKBiologicalSexNotSet"'
        f' {prefix}BloodType="HKBloodTypeNotSet" {prefix}FitzpatrickSkinType="HKFitzpatrickSkinTypeNotSet"/>\n'
    )


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} +0900"


def _records(samples: Iterable[HealthSample]) -> list[str]:
    out: list[str] = []
    heads: dict[tuple[str, str, str], str] = {}
    for one in samples:
        key = (one.kind, one.device, one.unit)
        head = heads.get(key)
        if head is None:
            head = heads[key] = _record_head(one.kind, one.device, one.unit)
        start = one.start.isoformat(" ")
        end = start if one.end is one.start else one.end.isoformat(" ")
        out.append(
            f'{head} creationDate="{end} +0900" startDate="{start} +0900" endDate="{end} +0900" value="{one.value}"/>\n'
        )
    return out


def _record_head(kind: str, device: str, unit: str) -> str:
    family = "HKCategoryTypeIdentifier" if kind in _CATEGORIES else "HKQuantityTypeIdentifier"
    version = "10.1" if "Watch" in device else "17.2"
    unit_part = f' unit="{unit}"' if unit else ""
    return f' <Record type="{family}{kind}" sourceName={quoteattr(device)} sourceVersion="{version}"{unit_part}'


def _pressure_record(one: Pressure, kind: str, field: str, indent: str = " ") -> str:
    stamp = _stamp(one.time)
    return (
        f'{indent}<Record type="HKQuantityTypeIdentifier{kind}" sourceName={quoteattr(one.device)} unit="mmHg"'
        f' creationDate="{stamp}" startDate="{stamp}" endDate="{stamp}" value="{getattr(one, field)}"/>\n'
    )


def _correlation(one: Pressure) -> str:
    stamp = _stamp(one.time)
    inside = "".join(_pressure_record(one, kind, field, "  ") for kind, field in _PRESSURE)
    return (
        f' <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName={quoteattr(one.device)}'
        f' creationDate="{stamp}" startDate="{stamp}" endDate="{stamp}">\n{inside} </Correlation>\n'
    )


def _workout(one: Workout) -> str:
    end = one.start + timedelta(seconds=round(one.minutes * 60))
    return (
        f' <Workout workoutActivityType="HKWorkoutActivityType{one.activity}" duration="{one.minutes:.4f}"'
        f' durationUnit="min" totalDistance="{one.kilometres:.3f}" totalDistanceUnit="km"'
        f' sourceName={quoteattr(one.device)} creationDate="{_stamp(end)}" startDate="{_stamp(one.start)}"'
        f' endDate="{_stamp(end)}">\n  <MetadataEntry key="HKTimeZone" value="Asia/Seoul"/>\n </Workout>\n'
    )
