"""Calendars in, records out: times and zones, series, people, and files that are broken in places."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import icalendar
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from darak.importers.calendars.calendar import CalendarImporter
from darak.importers.calendars.ics_lines import parse_property
from darak.records.record import Identity, Place
from darak.records.time import Precision, ZoneSource

CALENDAR = CalendarImporter()
ZONE = """BEGIN:VTIMEZONE
TZID:Office time
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def ics(*bodies: str, kind: str = "VEVENT", head: str = "", tail: str = "") -> bytes:
    parts = "".join(f"BEGIN:{kind}\n{body.strip()}\nEND:{kind}\n" for body in bodies)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{parts}{tail}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


@pytest.fixture
def read_ics(tmp_path, read):
    def read_bytes(data: bytes):
        (tmp_path / "a.ics").write_bytes(data)
        return read(CALENDAR, tmp_path / "a.ics")

    return read_bytes


def test_an_event_has_its_title_words_place_people_and_link(read_ics):
    record = read_ics(
        ics(
            "UID:1@x\nSUMMARY:팀 회의\nDTSTART;TZID=Asia/Seoul:20210304T150000\nDTEND;TZID=Asia/Seoul:20210304T160000\n"
            "DESCRIPTION:첫 줄\\n둘째\\, 줄\nLOCATION:서울\\, 3층\nGEO:37.5;127.0\nURL:https://x.org/1\n"
            'ORGANIZER;CN=김하늘:mailto:Haneul@x.org\nATTENDEE;CN="Lee, Ann";PARTSTAT=ACCEPTED:mailto:ann@x.org\n'
            "ATTENDEE;CUTYPE=RESOURCE;CN=Room 3:mailto:room3@x.org"
        )
    ).records[0]
    assert (record.kind, record.native_id, record.title) == ("event", "1@x", "팀 회의")
    assert record.text == "첫 줄\n둘째, 줄"
    assert record.place == Place("서울, 3층", 37.5, 127.0)
    assert record.author == Identity("haneul@x.org", "김하늘")
    assert record.people == (Identity("ann@x.org", "Lee, Ann"),)
    assert record.extra == {"responses": {"ann@x.org": "accepted"}, "rooms": ["Room 3"]}
    assert (record.time.iso(), record.time.zone) == ("2021-03-04T15:00:00", "Asia/Seoul")
    assert record.time.written == "20210304T150000"
    assert record.end is not None and record.end.iso() == "2021-03-04T16:00:00"


@pytest.mark.parametrize(
    ("start", "iso", "zone"),
    [
        ("DTSTART:20210304T150000", "2021-03-04T15:00:00", None),
        ("DTSTART:20210304T150000Z", "2021-03-04T15:00:00Z", "UTC"),
        ("DTSTART;TZID=Asia/Seoul:20210304T150000", "2021-03-04T15:00:00", "Asia/Seoul"),
        ("DTSTART;TZID=Korea Standard Time:20210304T150000", "2021-03-04T15:00:00", "Asia/Seoul"),
        ("DTSTART;TZID=/example.org/2020_1/Europe/Paris:20210304T150000", "2021-03-04T15:00:00", "Europe/Paris"),
        ("DTSTART;TZID=/Europe/Paris:20210304T150000", "2021-03-04T15:00:00", "Europe/Paris"),
        ('DTSTART;TZID="America/Indiana/Knox":20210304T150000', "2021-03-04T15:00:00", "America/Indiana/Knox"),
        ("DTSTART;TZID=Office time:20210304T150000", "2021-03-04T15:00:00+01:00", "+01:00"),
        ("DTSTART;TZID=Office time:20210704T150000", "2021-07-04T15:00:00+02:00", "+02:00"),
        ("DTSTART;VALUE=DATE:20210304", "2021-03-04", None),
        ("DTSTART: 20210304T1500", "2021-03-04T15:00", None),
    ],
)
def test_times_keep_their_zone_and_precision(read_ics, start, iso, zone):
    reading = read_ics(ics(f"UID:1\nSUMMARY:x\n{start}", tail=ZONE))
    assert (reading.records[0].time.iso(), reading.records[0].time.zone) == (iso, zone)
    assert reading.flaws == []


def test_a_utc_time_is_told_on_the_clock_of_the_calendars_owner(read_ics):
    data = ics("UID:1\nDTSTART:20210304T230000Z\nDTEND:20210305T000000Z", head="X-WR-TIMEZONE:Asia/Seoul\n")
    record = read_ics(data).records[0]
    assert (record.time.iso(), record.time.zone, record.time.zone_source) == (
        "2021-03-05T08:00:00",
        "Asia/Seoul",
        ZoneSource.OWNER,
    )
    assert record.time.written == "20210304T230000Z"
    assert record.end is not None and record.end.iso() == "2021-03-05T09:00:00"


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("(UTC+09:00) Seoul", "Asia/Seoul"),  # should stand in quotes, for its colon
        ('"(UTC+01:00) Amsterdam, Berlin, Bern"', "Europe/Amsterdam"),
        ('"Kuala Lumpur, Singapore"', "Asia/Kuala_Lumpur"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ('"Pacific Time (US & Canada), Tijuana"', "America/Los_Angeles"),
        ("KST", "Asia/Seoul"),
        ("GMT+0900", "+09:00"),
        ("UTC-3:30", "-03:30"),
    ],
)
def test_zones_by_the_names_that_programs_give_them(read_ics, tzid, zone):
    (record,) = read_ics(ics(f"UID:1\nDTSTART;TZID={tzid}:20210304T150000")).records
    assert record.time.iso()[:19] == "2021-03-04T15:00:00"
    assert (record.time.zone, record.time.zone_source) == (zone, ZoneSource.EXPLICIT)


def test_an_unknown_zone_is_a_flaw_and_not_a_guess(read_ics):
    reading = read_ics(ics("UID:1\nDTSTART;TZID=Nowhere:20210304T150000\nDTEND;TZID=Nowhere:20210304T160000"))
    assert reading.records[0].time.zone is None
    assert reading.records[0].end is not None
    assert [flaw.code for flaw in reading.flaws] == ["unknown-zone"]


@pytest.mark.parametrize(
    ("rest", "end"),
    [
        ("DTEND;VALUE=DATE:20210305", None),
        ("DTEND;VALUE=DATE:20210307", "2021-03-06"),
        ("DURATION:P1D", None),
        ("DURATION:P1W", "2021-03-10"),
        ("", None),
    ],
)
def test_an_all_day_event_ends_on_its_last_day(read_ics, rest, end):
    record = read_ics(ics(f"UID:1\nDTSTART;VALUE=DATE:20210304\n{rest}")).records[0]
    assert record.time.precision is Precision.DAY
    assert (record.end.iso() if record.end else None) == end


@pytest.mark.parametrize(
    ("duration", "end"),
    [
        ("PT1H30M", "2021-03-28T03:30:00"),
        ("P1DT2H", "2021-03-29T04:00:00"),
        ("P1D", "2021-03-29T01:00:00"),
        ("soon", None),
    ],
)
def test_a_duration_gives_the_end_also_over_a_change_of_clocks(read_ics, duration, end):
    reading = read_ics(ics(f"UID:1\nDTSTART;TZID=Europe/Paris:20210328T010000\nDURATION:{duration}"))
    record = reading.records[0]
    assert (record.end.iso() if record.end else None) == end
    assert len(reading.flaws) == (end is None)


def test_a_series_is_one_record_and_a_moved_occurrence_another(read_ics):
    master = "UID:s@x\nSUMMARY:산책\nDTSTART;TZID=Asia/Seoul:20210301T070000\nRRULE:FREQ=WEEKLY;BYDAY=MO\n"
    dates = "EXDATE;TZID=Asia/Seoul:20210308T070000,20210315T070000\nEXDATE;TZID=Asia/Seoul:20210405T070000"
    moved = (
        "UID:s@x\nSUMMARY:늦은 산책\nRECURRENCE-ID;TZID=Asia/Seoul:20210322T070000\n"
        "DTSTART;TZID=Asia/Seoul:20210322T090000"
    )
    series, occurrence = read_ics(ics(master + dates, moved)).records
    assert series.extra == {
        "rrule": "FREQ=WEEKLY;BYDAY=MO",
        "exdate": ["20210308T070000", "20210315T070000", "20210405T070000"],
    }
    assert (series.native_id, series.thread, series.parent) == ("s@x", "s@x", None)
    assert (occurrence.native_id, occurrence.thread, occurrence.parent) == ("s@x#20210322T070000", "s@x", "s@x")


def test_tasks_are_events_and_journals_notes(read_ics):
    tasks = ics(
        "UID:t\nSUMMARY:세금 신고\nDUE;VALUE=DATE:20210531\nPRIORITY:1\nPERCENT-COMPLETE:50\n"
        "STATUS:IN-PROCESS\nCATEGORIES:돈,home\\, and garden",
        kind="VTODO",
    )
    task = read_ics(tasks).records[0]
    assert (task.kind, task.time.iso(), task.time.precision) == ("event", "2021-05-31", Precision.DAY)
    assert task.extra == {
        "type": "task",
        "due": "2021-05-31",
        "priority": 1,
        "percent_complete": 50,
        "status": "in-process",
        "categories": ["돈", "home, and garden"],
    }
    journal = read_ics(ics("UID:j\nDTSTART;VALUE=DATE:20210304\nDESCRIPTION:비가 왔다", kind="VJOURNAL")).records[0]
    assert (journal.kind, journal.text, journal.extra) == ("note", "비가 왔다", {"type": "journal"})


def test_an_alarm_leaves_its_reminder_and_not_its_words(read_ics):
    alarm = "BEGIN:VALARM\nTRIGGER:-PT15M\nDESCRIPTION:This is an alarm\nEND:VALARM"
    record = read_ics(ics(f"UID:1\nDTSTART:20210304T150000\nSUMMARY:x\n{alarm}")).records[0]
    assert (record.text, record.extra) == ("", {"reminders": ["-PT15M"]})


def test_free_and_busy_times_and_unknown_components_are_ignored(read_ics):
    data = ics("FREEBUSY:20210304T150000Z/PT1H", kind="VFREEBUSY", tail="BEGIN:X-THING\nA:1\nEND:X-THING\n")
    assert (read_ics(data).records, read_ics(data).ignored) == ([], 2)


def test_html_in_a_description_becomes_text_and_an_inline_file_a_blob(read_ics):
    record = read_ics(
        ics(
            "UID:1\nDTSTART:20210304T150000\nDESCRIPTION:<b>see</b> you<br>there\n"
            "ATTACH;ENCODING=BASE64;VALUE=BINARY;FMTTYPE=text/plain:aGk="
        )
    ).records[0]
    assert record.text == "see you\nthere"
    assert [(blob.mime, blob.data) for blob in record.blobs] == [("text/plain", b"hi")]


def test_lines_folded_inside_a_character_are_joined(read_ics):
    text = ics("UID:1\nDTSTART:20210304T150000\nSUMMARY:가나다라").decode().encode()
    cut = text.index("나".encode()) + 1
    assert read_ics(text[:cut] + b"\r\n " + text[cut:]).records[0].title == "가나다라"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_calendars_in_korean_encodings_are_read(read_ics, encoding):
    data = ics("UID:1\nDTSTART:20210304T150000\nSUMMARY:치과 예약").decode().encode(encoding)
    assert read_ics(data).records[0].title == "치과 예약"


def test_the_origin_leads_back_to_the_lines(read_ics, tmp_path):
    records = read_ics(ics("UID:1\nSUMMARY:one", "UID:2\nSUMMARY:two\nBEGIN:VALARM\nEND:VALARM", head=ZONE)).records
    lines = (tmp_path / "a.ics").read_bytes().split(b"\r\n")
    for record in records:
        first, last = map(int, record.origin.locator.removeprefix("lines ").split("-"))
        assert (lines[first - 1], lines[last - 1]) == (b"BEGIN:VEVENT", b"END:VEVENT")
        assert f"UID:{record.native_id}".encode() in lines[first - 1 : last]


# Broken files


THREE = (
    "UID:1\nSUMMARY:one\nDTSTART:20210301T070000",
    "UID:2\nSUMMARY:two\nDTSTART:20210302T070000",
    "UID:3\nSUMMARY:three\nDTSTART:20210303T070000",
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"BEGIN:VEVENT\r\nUID:2", b"BEGIN:VEVXNT\r\nUID:2"),
        (b"BEGIN:VEVENT\r\nUID:2", b"BXGIN:VEVENT\r\nUID:2"),
        (b"BEGIN:VEVENT\r\nUID:2", b"BEGIN:VEVENT\xffUID:2"),
        (b"20210302T070000\r\nEND:VEVENT", b"20210302T070000\r\nEND:VEVE?T"),
        (b"20210302T070000\r\nEND:VEVENT", b"20210302T070000\r\nENDxVEVENT"),
        (b"20210302T070000", b"2021\xff302T070000"),
        (b"SUMMARY:two", b"SUMMARYxtwo"),
        (b"DTSTART:20210302T070000", b"DTSTART:20219902T070000"),
    ],
)
def test_damage_costs_only_the_component_it_stands_in(read_ics, old, new):
    data = ics(*THREE)
    assert old in data
    reading = read_ics(data.replace(old, new))
    kept = [record.title for record in reading.records]
    assert kept[0] == "one" and kept[-1] == "three"
    assert len(reading.flaws) + len(reading.bad) == 1


def test_one_damaged_byte_anywhere_costs_at_most_one_event(read_ics):
    rng = random.Random(3)
    whole = ics(*THREE)
    intact = {(r.title, r.time.iso()) for r in read_ics(whole).records}
    for _ in range(300):
        place = rng.randrange(len("BEGIN:VCALENDAR\r\n"), len(whole))
        reading = read_ics(whole[:place] + bytes([rng.randrange(256)]) + whole[place + 1 :])
        assert len(intact - {(r.title, r.time.iso()) for r in reading.records}) <= 1
        assert len(reading.bad) <= 1


@pytest.mark.parametrize("cut", range(60, 250, 10))
def test_a_cut_off_file_gives_what_is_whole_and_one_bad_row(read_ics, cut):
    data = ics(*THREE)[:cut]
    reading = read_ics(data)
    assert len(reading.records) == data.count(b"END:VEVENT")
    assert [bad.code for bad in reading.bad] == ["cut-off"]


def test_an_event_without_a_date_or_without_anything(read_ics):
    reading = read_ics(ics("SUMMARY:someday", ""))
    assert [(record.title, record.time.precision) for record in reading.records] == [("someday", Precision.UNKNOWN)]
    assert [flaw.code for flaw in reading.flaws] == ["missing-date"]
    assert [bad.code for bad in reading.bad] == ["empty-component"]


def test_each_folder_of_calendars_is_one_export(tmp_path, read):
    for name in ("home/a.ics", "home/b", "work/c.ics"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(ics(f"UID:{name}\nDTSTART:20210304T150000"))
    (tmp_path / "contact.vcf").write_text("BEGIN:VCARD\nFN:x\nEND:VCARD\n")
    reading = read(CALENDAR, tmp_path)
    assert [match.members for match in reading.matches] == [("home/a.ics", "home/b"), ("work/c.ics",)]
    assert len(reading.records) == 3


# Whatever is written is read


texts = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), max_size=80).map(str.strip)
moments = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(texts, texts, texts, moments, st.integers(1, 90000)), min_size=1, max_size=4))
def test_what_a_calendar_program_writes_is_read_back(read_ics, events):
    calendar = icalendar.Calendar()
    for number, (title, text, place, start, seconds) in enumerate(events):
        event = icalendar.Event()
        start = start.replace(microsecond=0)
        event.add("uid", f"{number}@x")
        event.add("summary", title)
        event.add("description", text)
        event.add("location", place)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(seconds=seconds))
        calendar.add_component(event)
    records = read_ics(calendar.to_ical()).records
    assert len(records) == len(events)
    for record, (title, text, place, start, seconds) in zip(records, events, strict=True):
        assert record.title == (title or None)
        assert "<" in text or record.text == text
        assert (record.place.name if record.place else None) == (place or None)
        assert record.time.local == start.replace(microsecond=0)
        assert record.end is not None and record.end.local == start.replace(microsecond=0) + timedelta(seconds=seconds)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_no_line_makes_the_parser_raise(line):
    parse_property(line)
