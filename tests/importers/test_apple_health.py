"""Apple Health in, samples and workouts out: units, zones, repeated readings, attacks, damage, and resuming."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.health.apple.apple_health import AppleHealthImporter
from darak.importers.health.apple.metrics import (
    DURATIONS,
    QUANTITIES,
    SLEEP_STAGES,
    category,
    convert,
    quantity,
    snake_case,
)
from darak.importers.health.apple.times import moment
from darak.records.record import Sample

HEALTH = AppleHealthImporter()
DTD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 13 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout)*)>
<!ATTLIST Record
  type CDATA #REQUIRED
  startDate       CDATA #REQUIRED
  this line is malformed >
]>
"""


def record(
    kind: str, value: str | None, unit: str | None = None, start: str = "2024-01-02 08:00:00 +0900", **other: str
) -> str:
    family = "Category" if unit is None else "Quantity"
    attributes = {"type": f"HK{family}TypeIdentifier{kind}", "sourceName": "손목 시계", "startDate": start}
    attributes |= {"endDate": other.pop("end", start)}
    attributes |= {name: text for name, text in (("unit", unit), ("value", value)) if text is not None} | other
    return " <Record " + " ".join(f"{name}={quoteattr(text)}" for name, text in attributes.items()) + "/>\n"


PRESSURE = record("BloodPressureSystolic", "121", "mmHg") + record("BloodPressureDiastolic", "78", "mmHg")
CORRELATION = (
    ' <Correlation type="HKCorrelationTypeIdentifierBloodPressure" sourceName="cuff"'
    ' startDate="2024-01-02 08:00:00 +0900" endDate="2024-01-02 08:00:00 +0900">\n'
    f"{PRESSURE} </Correlation>\n"
)
WORKOUT = """ <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="31.5" durationUnit="min"
   totalDistance="3" totalDistanceUnit="mi" totalEnergyBurned="1000" totalEnergyBurnedUnit="kJ" sourceName="시계"
   startDate="2023-11-14 07:25:41 -0700" endDate="2023-11-14 07:57:11 -0700">
  <MetadataEntry key="HKTimeZone" value="America/Los_Angeles"/>
  <WorkoutEvent type="HKWorkoutEventTypePause" date="2023-11-14 07:30:00 -0700"/>
  <WorkoutRoute sourceName="시계"><FileReference path="/workout-routes/route_1.gpx"/></WorkoutRoute>
 </Workout>
"""
NEW_WORKOUT = """ <Workout workoutActivityType="HKWorkoutActivityTypeHiking" duration="1.5" durationUnit="hr"
   sourceName="시계" startDate="2023-11-14 07:00:00 +0900" endDate="2023-11-14 08:30:00 +0900">
  <WorkoutActivity uuid="x" startDate="2023-11-14 07:00:00 +0900">
   <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="1" unit="km"/>
  </WorkoutActivity>
  <WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="5.2" unit="km"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierActiveEnergyBurned" sum="320" unit="Cal"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="128.4" minimum="90" unit="count/min"/>
 </Workout>
"""


def document(*parts: str, prolog: str = DTD) -> str:
    head = ' <ExportDate value="2024-02-01 10:00:00 +0900"/>\n <Me HKCharacteristicTypeIdentifierDateOfBirth=""/>\n'
    return f'{prolog}<HealthData locale="ko_KR">\n{head}{"".join(parts)}</HealthData>\n'


def write(tmp_path: Path, text: str | bytes, name: str = "내보내기.xml") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def measured(reading: object) -> list[tuple[str, float, str]]:
    return [(s.metric, s.value, s.unit) for s in reading.of(Sample)]  # type: ignore[attr-defined]


UNITS = [
    ("StepCount", "1424", "count", ("steps", 1424, "count")),
    ("BodyMass", "200", "lb", ("body_mass", 90.718474, "kg")),
    ("BodyMass", "70.5", "kg", ("body_mass", 70.5, "kg")),
    ("DistanceWalkingRunning", "2", "mi", ("distance_walking_running", 3.218688, "km")),
    ("HeartRate", "1.2", "count/s", ("heart_rate", 72, "count/min")),
    ("OxygenSaturation", "0.97", "%", ("oxygen_saturation", 97, "%")),
    ("BodyTemperature", "98.6", "degF", ("body_temperature", 37, "degC")),
    ("BloodGlucose", "5.5", "mmol<180.1558800000541>/L", ("blood_glucose", 99.085734, "mg/dL")),
    ("ActiveEnergyBurned", "41.84", "kJ", ("active_energy", 10, "kcal")),
    ("DietaryProtein", "12.5", "g", ("dietary_protein", 12.5, "g")),
    ("UVExposure", "3", "count", ("uv_exposure", 3, "count")),
    ("Height", "5", "furlong", ("height", 5, "furlong")),
]


@pytest.mark.parametrize(("kind", "value", "unit", "expected"), UNITS)
def test_quantities_have_darak_names_and_one_unit(
    kind: str, value: str, unit: str, expected: tuple[str, float, str], tmp_path: Path, read: Callable
) -> None:
    assert measured(read(HEALTH, write(tmp_path, document(record(kind, value, unit))))) == [expected]


CATEGORIES = [
    ("SleepAnalysis", "HKCategoryValueSleepAnalysisAsleepREM", ("sleep_rem", 90, "min")),
    ("SleepAnalysis", "HKCategoryValueSleepAnalysisInBed", ("sleep_in_bed", 90, "min")),
    ("SleepAnalysis", "1", ("sleep_asleep", 90, "min")),
    ("MindfulSession", "HKCategoryValueNotApplicable", ("mindful_minutes", 90, "min")),
    ("AppleStandHour", "HKCategoryValueAppleStandHourStood", ("stand_hours", 1, "count")),
    ("AppleStandHour", "HKCategoryValueAppleStandHourIdle", ("stand_hours", 0, "count")),
    ("Headache", "HKCategoryValueSeverityMild", ("headache_severity_mild", 1, "count")),
    ("HandwashingEvent", "HKCategoryValueNotApplicable", ("handwashing_event", 1, "count")),
]


@pytest.mark.parametrize(("kind", "value", "expected"), CATEGORIES)
def test_categories_become_minutes_or_counts(
    kind: str, value: str, expected: tuple[str, float, str], tmp_path: Path, read: Callable
) -> None:
    text = record(kind, value, end="2024-01-02 09:30:00 +0900")
    assert measured(read(HEALTH, write(tmp_path, document(text)))) == [expected]


def test_a_sample_knows_its_times_and_its_device(tmp_path: Path, read: Callable) -> None:
    one = record("StepCount", "10", "count", end="2024-01-02 08:20:00 +0900", sourceName="Minho\u2019s Apple\xa0Watch")
    two = record("HeartRate", "60", "count/min")
    first, second = read(HEALTH, write(tmp_path, document(one, two))).of(Sample)
    assert (first.time.iso(), first.end.iso()) == ("2024-01-02T08:00:00+09:00", "2024-01-02T08:20:00+09:00")
    assert first.time.written == "2024-01-02 08:00:00 +0900" and first.device == "Minho\u2019s Apple Watch"
    assert second.end is None and second.device == "손목 시계"


def test_an_element_that_names_its_zone_is_put_on_its_clock(tmp_path: Path, read: Callable) -> None:
    open_record = record("HeartRate", "60", "count/min", start="2023-11-14 07:25:41 -0700").replace(
        "/>", '><MetadataEntry key="HKTimeZone" value="America/Los_Angeles"/></Record>'
    )
    (sample,) = read(HEALTH, write(tmp_path, document(open_record))).of(Sample)
    assert sample.time.iso() == "2023-11-14T06:25:41-08:00"
    assert sample.time.written == "2023-11-14 07:25:41 -0700"


def test_a_workout_is_a_record(tmp_path: Path, read: Callable) -> None:
    run, hike = read(HEALTH, write(tmp_path, document(WORKOUT, NEW_WORKOUT))).records
    assert (run.kind, run.title, run.text) == ("other", "Running (달리기)", "32 min, 4.83 km, 239 kcal")
    assert run.extra == {
        "activity": "running", "duration_min": 31.5, "distance_km": 4.828, "energy_kcal": 239.006, "device": "시계",
        "zone": "America/Los_Angeles", "routes": ["/workout-routes/route_1.gpx"],
    }  # fmt: skip
    assert (run.time.iso(), run.end.iso()) == ("2023-11-14T06:25:41-08:00", "2023-11-14T06:57:11-08:00")
    measures = {key: hike.extra[key] for key in ("duration_min", "distance_km", "energy_kcal", "heart_rate")}
    assert measures == {"duration_min": 90, "distance_km": 5.2, "energy_kcal": 320, "heart_rate": 128.4}


def test_a_workout_keeps_its_id_when_the_export_was_made_in_another_zone(tmp_path: Path, read: Callable) -> None:
    (here,) = read(HEALTH, write(tmp_path, document(WORKOUT), "a.xml")).records
    elsewhere = WORKOUT.replace("07:25:41 -0700", "23:25:41 +0900").replace("07:57:11 -0700", "23:57:11 +0900")
    (there,) = read(HEALTH, write(tmp_path, document(elsewhere), "a.xml")).records
    assert here.native_id == there.native_id


def test_the_points_of_a_route_are_positions(tmp_path: Path, read: Callable) -> None:
    location = '   <Location date="2023-11-14 07:25:44 -0700" latitude="37.5" longitude="126.9" altitude="21.5"/>\n'
    old = WORKOUT.replace('<FileReference path="/workout-routes/route_1.gpx"/>', f"\n{location}")
    reading = read(HEALTH, write(tmp_path, document(old, PRESSURE)))
    assert measured(reading)[:3] == [("latitude", 37.5, "deg"), ("longitude", 126.9, "deg"), ("altitude", 21.5, "m")]
    assert {sample.time.iso() for sample in reading.of(Sample)[:3]} == {"2023-11-14T06:25:44-08:00"}
    assert len(reading.records) == 1 and len(reading.of(Sample)) == 5


@pytest.mark.parametrize("parts", [(PRESSURE, CORRELATION), (CORRELATION, PRESSURE), (CORRELATION,)])
def test_a_reading_within_a_correlation_counts_once(parts: tuple[str, ...], tmp_path: Path, read: Callable) -> None:
    reading = read(HEALTH, write(tmp_path, document(*parts)))
    assert Counter(metric for metric, _, _ in measured(reading)) == {
        "blood_pressure_systolic": 1, "blood_pressure_diastolic": 1,
    }  # fmt: skip


def test_what_is_no_sample_is_ignored_and_counted(tmp_path: Path, read: Callable) -> None:
    rings = ' <ActivitySummary dateComponents="2024-01-02" activeEnergyBurned="1"/>\n'
    clinical = ' <ClinicalRecord type="x" identifier="y"/>\n'
    reading = read(HEALTH, write(tmp_path, document(rings, clinical)))
    assert reading.ignored == 4 and not reading.bad


def test_an_export_lies_in_its_zip_with_routes_beside_it(tmp_path: Path, read: Callable) -> None:
    path = tmp_path / "export.zip"
    point = '<trkpt lon="126.9" lat="37.5"><ele>21.5</ele><time>2023-11-14T14:25:44Z</time></trkpt>'
    gpx = (
        '<?xml version="1.0"?><gpx version="1.1" creator="Apple Health Export">'
        f"<trk><name>Route 2023-11-14 7:57am</name><trkseg>{point}</trkseg></trk></gpx>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("apple_health_export/export.xml", document(PRESSURE))
        archive.writestr("apple_health_export/workout-routes/route.gpx", gpx)
        archive.writestr("apple_health_export/export_cda.xml", '<ClinicalDocument xmlns="urn:hl7-org:v3"><!-- HL7 -->')
        archive.writestr("notes.txt", "other")
    reading = read(HEALTH, path)
    positions, readings = reading.of(Sample)[:3], reading.of(Sample)[3:]
    assert [(sample.metric, sample.source) for sample in positions] == [
        (metric, "apple-health") for metric in ("latitude", "longitude", "altitude")
    ]
    assert len(readings) == 2 and reading.ignored == 4 and not reading.records
    assert {name.rpartition("/")[2] for name in reading.matches[0].members} == {
        "export.xml",
        "export_cda.xml",
        "route.gpx",
    }


BAD = [
    (record("HeartRate", "fast", "count/min"), "no-value"),
    (record("HeartRate", "nan", "count/min"), "no-value"),
    (record("HeartRate", None, "count/min"), "no-value"),
    (record("HeartRate", "60", "count/min", start="yesterday"), "bad-time"),
    (record("HeartRate", "60", "count/min", start="2024-13-02 08:00:00 +0900"), "bad-time"),
    (record("HeartRate", "60", "count/min", start="0001-01-01 00:00:00 +0900"), "bad-time"),
    (record("HeartRate", "60", "count/min").replace("type=", "kind="), "no-type"),
    (" <Hologram beam='1'/>\n", "unknown-element"),
    (WORKOUT.replace("startDate", "began"), "bad-time"),
    (record("HeartRate", "&undeclared;", "count/min").replace("&amp;", "&"), "damaged-element"),
]


@pytest.mark.parametrize(("part", "code"), BAD)
def test_what_cannot_be_read_is_one_bad_row_with_its_bytes(
    part: str, code: str, tmp_path: Path, read: Callable
) -> None:
    reading = read(HEALTH, write(tmp_path, document(PRESSURE, part, record("StepCount", "7", "count"))))
    assert [row.code for row in reading.bad] == [code]
    assert reading.bad[0].raw.decode().strip() == part.strip()
    assert len(reading.of(Sample)) == 3


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY secret SYSTEM "file:///etc/hostname">',
        '<!ENTITY % remote SYSTEM "http://localhost/x.dtd"> %remote;',
    ],
)
def test_a_file_that_declares_entities_is_refused(declaration: str, tmp_path: Path, read: Callable) -> None:
    prolog = f"<!DOCTYPE HealthData [\n{declaration}\n]>\n"
    reading = read(HEALTH, write(tmp_path, document(record("HeartRate", "60", "count/min"), prolog=prolog)))
    assert [row.code for row in reading.bad] == ["entities-refused"] and not reading.of(Sample)


def test_origins_lead_back_to_the_element(tmp_path: Path, read: Callable) -> None:
    path = write(tmp_path, document(PRESSURE, WORKOUT, record("StepCount", "7", "count"), NEW_WORKOUT))
    data = path.read_bytes()
    reading = read(HEALTH, path)
    for item in (*reading.of(Sample), *reading.records):
        start, end = map(int, item.origin.locator.removeprefix("bytes ").split("-"))
        place = data[start:end].decode()
        assert place.startswith(("<Record ", "<Workout ")) and place.endswith(("/>", "</Workout>"))
        assert item.time.written in place


def many(count: int) -> str:
    return document(*(record("StepCount", str(i), "count") + (WORKOUT if i % 40 == 0 else "") for i in range(count)))


def test_a_file_that_is_cut_anywhere_keeps_what_stands_before(tmp_path: Path, read: Callable) -> None:
    data = document(record("StepCount", "1", "count"), WORKOUT, PRESSURE, CORRELATION).encode()
    whole = [sample[:2] for sample in measured(read(HEALTH, write(tmp_path, data)))]
    for size in range(data.index(b"<Me"), len(data) - 1, 3):
        reading = read(HEALTH, write(tmp_path, data[:size]))
        assert [row.code for row in reading.bad] == ["cut-off"]
        got = [sample[:2] for sample in measured(reading)]
        assert got == whole[: len(got)]
        assert len(got) >= data[:size].count(b"/>\n", 0, data.index(b"<Correlation")) - 5


@pytest.mark.parametrize("byte", [0x00, 0x22, 0x26, 0x3C, 0x3E, 0x41, 0xFF])
def test_one_damaged_byte_costs_at_most_one_element(byte: int, tmp_path: Path, read: Callable) -> None:
    open_record = record("HeartRate", "61", "count/min").replace("/>", '><MetadataEntry key="k" value="v"/></Record>')
    last = record("HeartRate", "9", "x")
    parts = (record("StepCount", "1", "count"), open_record, PRESSURE, CORRELATION, WORKOUT, last)
    data = document(*parts, prolog="").encode()
    expected = Counter(measured(read(HEALTH, write(tmp_path, data)))) + Counter([("run", 1.0, "")])
    for position in range(data.index(b"<ExportDate"), data.index(b"</HealthData"), 5):
        reading = read(HEALTH, write(tmp_path, data[:position] + bytes([byte]) + data[position + 1 :]))
        got = Counter(measured(reading)) + Counter([("run", 1.0, "")] * len(reading.records))
        assert (expected - got).total() <= 1
        assert len(reading.bad) <= 2
        assert reading.bad or not expected - got or got - expected


def test_reading_goes_on_from_every_checkpoint(tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("darak.importers.formats.xml_children.CHUNK", 3000)
    monkeypatch.setattr("darak.importers.health.apple.apple_health._CHECKPOINT_EVERY", 30)
    path = write(tmp_path, many(200))
    whole = read(HEALTH, path)
    items = [(item.time, item.origin) for item in (*whole.of(Sample), *whole.records)]
    assert len(whole.of(Sample)) == 200 and len(whole.records) == 5 and len(whole.checkpoints) >= 4
    for position in whole.checkpoints:
        rest = read(HEALTH, path, position)
        assert 0 < len(rest.of(Sample)) < 200
        assert [sample.value for sample in rest.of(Sample)] == [*range(200)][200 - len(rest.of(Sample)) :]
        assert {(item.time, item.origin) for item in (*rest.of(Sample), *rest.records)} <= set(items)


@given(chunk=st.integers(1, 400))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_size_of_the_pieces_does_not_matter(chunk: int, tmp_path: Path, read: Callable) -> None:
    parts = (record("StepCount", "1", "count"), CORRELATION, PRESSURE, WORKOUT, " <Record type='half\n", PRESSURE)
    path = write(tmp_path, document(*parts))
    expected = read(HEALTH, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("darak.importers.formats.xml_children.CHUNK", chunk)
        reading = read(HEALTH, path)
    assert [row.code for row in reading.bad] == [row.code for row in expected.bad]
    assert reading.of(Sample) == expected.of(Sample) and reading.records == expected.records


@pytest.mark.parametrize(
    ("junk", "code"),
    [
        ("x> " * 3000, "stray-text"),
        ('<Workout startDate="' + "y" * 9000, "damaged-element"),
        ("<Workout>" + "<Deep/>" * 2000, "damaged-element"),
    ],
)
def test_an_endless_element_is_told_once_and_not_kept(
    junk: str, code: str, tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("CHUNK", 200), ("MAX_TAG", 400), ("MAX_CHILD", 1500)):
        monkeypatch.setattr(f"darak.importers.formats.xml_children.{name}", size)
    last = record("StepCount", "2", "count")
    reading = read(HEALTH, write(tmp_path, document(record("StepCount", "1", "count"), junk, "\n", last, PRESSURE)))
    assert [row.code for row in reading.bad] == [code]
    assert [value for _, value, _ in measured(reading)] == [1, 2, 121, 78]


def test_other_xml_is_left_alone(tmp_path: Path, read: Callable) -> None:
    assert not read(HEALTH, write(tmp_path, "<?xml version='1.0'?><smses count='1'><sms/></smses>")).matches


@pytest.mark.parametrize("text", ["", "2024-01-02", "2024-01-02 08:00:00", "2024-01-02 08:00:00 +99", "x" * 25])
def test_what_is_no_time_is_none(text: str) -> None:
    assert moment(text) is None


@given(st.floats(0.001, 1e6), st.sampled_from([("lb", "kg"), ("mi", "km"), ("Cal", "kcal"), ("m/s", "km/hr")]))
def test_conversion_keeps_order_and_sign(value: float, units: tuple[str, str]) -> None:
    converted = convert(value, *units)
    assert converted is not None and converted >= 0
    assert convert(value * 2, *units) == pytest.approx(converted * 2, rel=1e-3, abs=1e-5)


def test_the_page_of_metrics_lists_what_the_importer_gives() -> None:
    page = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")
    listed = {(name, unit) for name, unit in re.findall(r"^\| `(\w+)` \| ([^|]+?) \|", page, re.MULTILINE)}
    minutes = {(name, "min") for name in (*SLEEP_STAGES.values(), *DURATIONS.values())}
    assert listed == {*QUANTITIES.values(), *minutes, ("stand_hours", "count")}


def test_names_follow_from_types() -> None:
    assert snake_case("SixMinuteWalkTestDistance") == "six_minute_walk_test_distance"
    assert quantity("HeartRate", 60.0, "count/min") == ("heart_rate", 60.0, "count/min")
    assert category("SleepAnalysis", "HKCategoryValueSleepAnalysisNapping", 20) == ("sleep_napping", 20, "min")
