"""Apple's Journal in, records out: entries with their day, prompt, tiles and photos."""

from __future__ import annotations

from pathlib import Path

import pytest

from darak.importers.notes.apple_journal import AppleJournalImporter

JOURNAL = AppleJournalImporter()


def entry(title: str = "", body: str = "words", header: str = "Sunday, 3 November 2024", assets: str = "") -> str:
    return (
        '<!DOCTYPE html>\n<html><body>\n<p class="p1"><span class="s1"><div class=\'pageContainer\'>'
        f'<div class="pageHeader">{header}</div><div class="assetGrid">{assets}</div>'
        f"<div class='title'>{title}</div><div class='bodyText'></span></p>\n"
        f'<p class="p2"><span class="s2">{body}</span></p>\n<p class="p1"><span class="s1"></div></div></span></p>\n'
        "</body></html>"
    )


def put(folder: Path, page: str, name: str = "2024-11-03_Day.html") -> Path:
    path = folder / "AppleJournalEntries" / "Entries" / name
    path.parent.mkdir(parents=True)
    path.write_text(page, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "iso"),
    [
        ("Sunday, 3 November 2024", "2024-11-03"),
        ("Friday, May 10, 2024", "2024-05-10"),
        ("2024년 5월 10일 금요일", "2024-05-10"),
        ("domenica 3 novembre 2024", "2024-11-03"),
    ],
)
def test_an_entry_is_of_the_day_in_its_header_or_its_name(tmp_path, read, header, iso):
    put(tmp_path, entry(header=header))
    assert read(JOURNAL, tmp_path).records[0].time.iso() == iso


def test_an_entry_has_title_prompt_words_and_tiles(tmp_path, read):
    tiles = (
        '<div id="L" class="gridItem assetType_multiPinMap"><div class="gridItemOverlayFooter">망원시장</div></div>'
        '<div id="W" class="gridItem assetType_motionActivity"><div class="activityType">Walking</div>'
        '<div class="activityMetrics">2.5 km</div></div>'
        '</div><div class="reflectionPrompt">How was your day?'
    )
    put(tmp_path, entry("산책", "강가를<br>걸었다", assets=tiles))
    (record,) = read(JOURNAL, tmp_path).records
    assert (record.title, record.place.name) == ("산책", "망원시장")
    assert record.text == "How was your day?\n\n강가를\n걸었다\n\n- 망원시장\n- Walking, 2.5 km"
    assert record.extra["assets"] == ["multiPinMap", "motionActivity"]


def test_photos_are_taken_from_the_folder_beside(tmp_path, read):
    tiles = (
        '<div id="A" class="gridItem assetType_photo"><img src="../Resources/A%201.jpeg" class="asset_image"/></div>'
    )
    tiles += '<div id="B" class="gridItem assetType_photo"><img src="../Resources/B.jpeg"/></div>'
    root = put(tmp_path, entry(assets=tiles)).parent.parent
    (root / "Resources").mkdir()
    (root / "Resources" / "A 1.jpeg").write_bytes(b"\xff\xd8")
    (root / "Resources" / "A 1.json").write_text('{"date": 1}')
    (root / "index.html").write_text("<html>all entries</html>")
    reading = read(JOURNAL, tmp_path)
    (record,) = reading.records
    assert [blob.name for blob in record.blobs] == ["A 1.jpeg"]
    assert record.extra["missing"] == ["B.jpeg"]
    assert reading.ignored == 2


def test_a_cut_page_is_told(tmp_path, read):
    put(tmp_path, entry(body="many words")[:-60])
    reading = read(JOURNAL, tmp_path)
    assert "many words" in reading.records[0].text
    assert [flaw.code for flaw in reading.flaws] == ["cut-off"]


def test_other_pages_are_not_claimed(tmp_path, read):
    (tmp_path / "a.html").write_text('<div class="pageHeader">Title</div><p>words</p>')
    assert read(JOURNAL, tmp_path).matches == []
