"""What lies beside the readings in an Apple Health export: electrocardiograms and the records of hospitals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from darak.importers.health.apple.apple_health import AppleHealthImporter

HEALTH = AppleHealthImporter()


def _export(folder: Path) -> None:
    """An export without readings."""
    (folder / "export.xml").write_text('<HealthData locale="ko_KR"></HealthData>', "utf-8")


def test_an_electrocardiogram_is_a_record_with_its_curve(tmp_path: Path, read: Callable) -> None:
    ecg = (
        "이름,박가온\n생년월일,1990. 1. 1.\n기록된 날짜,2025-03-05 09:00:00 +0900\n분류,동리듬\n증상,\n"
        '기기,"Watch6,1"\n샘플률,512 Hz\n\n\n리드,리드 I\n단위,µV\n\n-12.3\n4.5\n'
    )
    _export(tmp_path)
    (tmp_path / "electrocardiograms").mkdir()
    (tmp_path / "electrocardiograms" / "ecg_2025-03-05.csv").write_text(ecg, "utf-8")
    (tmp_path / "electrocardiograms" / "ecg_none.csv").write_text("이름,x\n", "utf-8")
    reading = read(HEALTH, tmp_path)
    (record,) = reading.records
    assert (record.title, record.time.iso()) == ("Electrocardiogram (심전도)", "2025-03-05T09:00:00+09:00")
    assert record.text.split("\n") == ["분류: 동리듬", "기기: Watch6,1", "샘플률: 512 Hz", "리드: 리드 I", "단위: µV"]
    assert [blob.data for blob in record.blobs] == [ecg.encode()]
    assert [bad.code for bad in reading.bad] == ["bad-time"]


CLINICAL = [
    (
        {
            "resourceType": "Immunization",
            "id": "7",
            "status": "completed",
            "vaccineCode": {"coding": [{"display": "인플루엔자 백신"}]},
            "occurrenceDateTime": "2024-10-05",
            "performer": [{"actor": {"display": "Dr. Han"}}],
        },
        ("Immunization: 인플루엔자 백신", "2024-10-05", "completed", ["Dr. Han"]),
    ),
    (
        {
            "resourceType": "Observation",
            "code": {"text": "HbA1c"},
            "effectiveDateTime": "2024-10-05T08:30:00+09:00",
            "valueQuantity": {"value": 5.4, "unit": "%"},
            "referenceRange": [{"low": {"value": 4, "unit": "%"}, "high": {"value": 5.6, "unit": "%"}}],
        },
        ("Observation: HbA1c", "2024-10-05T08:30:00+09:00", "5.4 %\n4 % – 5.6 %", []),
    ),
    (
        {
            "resourceType": "MedicationOrder",
            "medicationReference": {"display": "Metformin 500 mg"},
            "dateWritten": "2024-10",
            "prescriber": {"display": "Dr. Han"},
            "dosageInstruction": [{"text": "twice a day"}],
        },
        ("Medication Order: Metformin 500 mg", "2024-10", "twice a day", ["Dr. Han"]),
    ),
    (
        {
            "resourceType": "AllergyIntolerance",
            "substance": {"text": "땅콩"},
            "recordedDate": "2020",
            "reaction": [{"manifestation": [{"text": "두드러기"}]}],
        },
        ("Allergy Intolerance: 땅콩", "2020", "두드러기", []),
    ),
]


@pytest.mark.parametrize(("resource", "told"), CLINICAL)
def test_a_clinical_record_tells_what_when_and_how_much(
    resource: dict[str, Any], told: tuple[str, str, str, list[str]], tmp_path: Path, read: Callable
) -> None:
    _export(tmp_path)
    (tmp_path / "clinical-records").mkdir()
    (tmp_path / "clinical-records" / "a.json").write_text(json.dumps(resource), "utf-8")
    (tmp_path / "clinical-records" / "b.json").write_text('{"resourceType": "Patient"}', "utf-8")
    (tmp_path / "clinical-records" / "c.json").write_text('{"resourceType": ', "utf-8")
    reading = read(HEALTH, tmp_path)
    (record,) = reading.records
    assert (record.title, record.time.iso(), record.text, [person.handle for person in record.people]) == told
    assert [bad.code for bad in reading.bad] == ["damaged-clinical-record"]
