"""Pictures in, records out: time, place, camera, people and words, and Google's descriptions beside them."""

from __future__ import annotations

import hashlib
import io
import json
import struct
from datetime import datetime

import pytest
from PIL import Image

from darak.importers.photos.names import time_in_name
from darak.importers.photos.photos import PhotosImporter
from darak.records.record import Identity, Place
from darak.records.time import Precision, ZoneSource

PHOTOS = PhotosImporter()
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 photoshop:City="서귀포시" photoshop:Country="대한민국">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">성산일출봉에서</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>여행</rdf:li><rdf:li>바다</rdf:li></rdf:Bag></dc:subject>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>이소윤</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
<rdf:li><rdf:Description mwg-rs:Name="김하늘" mwg-rs:Type="Face"/></rdf:li>
<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Ann Lee</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type></rdf:li>
<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Rex</mwg-rs:Name><mwg-rs:Type>Pet</mwg-rs:Type></rdf:li>
</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions></rdf:Description></rdf:RDF></x:xmpmeta>"""


def picture(kind: str = "JPEG", shade: int = 0, **save) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (shade, 40, 90)).save(out, kind, **save)
    return out.getvalue()


def exif(
    tags: dict[int, object] | None = None, shot: dict[int, object] | None = None, gps: dict | None = None
) -> Image.Exif:
    data = Image.Exif()
    for tag, value in (tags or {}).items():
        data[tag] = value
    if shot:
        data.get_ifd(0x8769).update(shot)
    if gps:
        data.get_ifd(0x8825).update(gps)
    return data


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


@pytest.fixture
def read_files(tmp_path, read):
    def read_all(files: dict[str, bytes]):
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return read(PHOTOS, tmp_path)

    return read_all


def test_a_photo_tells_its_time_place_and_camera(read_files):
    data = picture(
        exif=exif(
            {0x010F: "Samsung", 0x0110: "SM-S921N", 0x010E: "생일 파티".encode()},
            {0x9003: "2024:05:05 18:30:15", 0x9011: "+09:00", 0x9291: "250"},
            {1: "N", 2: (37.0, 30.0, 36.0), 3: "W", 4: (126.0, 58.0, 12.0), 5: b"\0", 6: 38.5},
        )
    )
    (record,) = read_files({"a.jpg": data}).records
    assert (record.kind, record.source, record.title, record.text) == ("photo", "photos", "a", "생일 파티")
    assert record.time.iso() == "2024-05-05T18:30:15.250+09:00"
    assert record.time.zone_source is ZoneSource.EXPLICIT
    assert record.place == Place(None, 37.51, -126.97)
    assert record.extra["camera"] == "Samsung SM-S921N"
    assert record.extra["altitude_m"] == 38.5
    assert record.native_id == hashlib.sha256(data).hexdigest()[:32]
    assert [(blob.data, blob.mime) for blob in record.blobs] == [(data, "image/jpeg")]


def test_a_time_without_an_offset_has_no_zone(read_files):
    (record,) = read_files({"a.jpg": picture(exif=exif(shot={0x9003: "2024:05:05 18:30:15"}))}).records
    assert (record.time.iso(), record.time.zone) == ("2024-05-05T18:30:15", None)


@pytest.mark.parametrize("caption", ["SANYO DIGITAL CAMERA", "<Digimax i50 MP3, Samsung #1 MP3>", "default"])
def test_what_a_camera_writes_by_itself_is_no_caption(read_files, caption):
    (record,) = read_files({"a.jpg": picture(exif=exif({0x010E: caption.encode()}))}).records
    assert caption not in record.text


def test_when_a_file_was_changed_is_said_to_be_that(read_files):
    (record,) = read_files({"a.jpg": picture(exif=exif({0x0132: "2024:05:05 18:30:15"}))}).records
    assert record.extra["time_from"] == "changed"


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
def test_every_format_brings_its_time(read_files, kind):
    (record,) = read_files({"a": picture(kind, exif=exif({0x010F: "S"}, shot={0x9003: "2024:05:05 18:30:15"}))}).records
    assert record.time.iso() == "2024-05-05T18:30:15"


def test_of_a_damaged_tag_the_library_says_nothing_to_the_owner(read_files, recwarn):
    data = picture("TIFF", tiffinfo={306: "2024:05:05 18:30:15"})
    at = data.index(b"\x32\x01\x02\x00")
    read_files({"x.tif": data[: at + 4] + b"\xff\xff\xff\0" + data[at + 8 :]})
    assert [str(warning.message) for warning in recwarn] == []


def test_people_words_and_place_names_come_from_xmp(read_files):
    (record,) = read_files({"a.jpg": picture(xmp=XMP.encode())}).records
    assert {person.handle for person in record.people} == {"이소윤", "김하늘", "Ann Lee"}
    assert record.place == Place("서귀포시, 대한민국")
    assert record.extra["keywords"] == ["여행", "바다"]
    assert record.text.split("\n")[0] == "성산일출봉에서"


def test_a_heic_picture_is_read(read_files):
    # No encoder comes with the reader: a file with nothing but its brand is told, not skipped.
    reading = read_files({"a.heic": box(b"ftyp", b"heic\0\0\0\0mif1heic")})
    assert [bad.code for bad in reading.bad] == ["damaged-picture"]


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("IMG_20240102_030405.jpg", "2024-01-02T03:04:05"),
        ("20240102_030405.jpg", "2024-01-02T03:04:05"),
        ("PXL_20240102_030405123.jpg", "2024-01-02T03:04:05.123Z"),
        ("Screenshot_20240102-030405_KakaoTalk.jpg", "2024-01-02T03:04:05"),
        ("Screenshot 2024-01-02 at 3.04.05 PM.png", "2024-01-02T15:04:05"),
        ("스크린샷 2024-01-02 오후 3.04.05.png", "2024-01-02T15:04:05"),
        ("Screenshot from 2024-01-02 03-04-05.png", "2024-01-02T03:04:05"),
        ("photo_2024-01-02_03-04-05.jpg", "2024-01-02T03:04:05"),
        ("KakaoTalk_20240102_030405678.jpg", "2024-01-02T03:04:05.678"),
        ("IMG-20240102-WA0001.jpg", "2024-01-02"),
        ("FB_IMG_1577836800000.jpg", "2020-01-01T00:00:00.000Z"),
    ],
)
def test_a_name_may_tell_the_time(name, iso):
    time = time_in_name(name)
    assert time is not None
    assert time.iso() == iso


@pytest.mark.parametrize("name", ["IMG_1234.jpg", "holiday.png", "20241302_030405.jpg", "DSC00012345678.jpg"])
def test_other_names_tell_nothing(name):
    assert time_in_name(name) is None


def test_a_screenshot_is_timed_by_its_name_and_says_so(read_files):
    named, unnamed = read_files(
        {"Screenshot_20240102-030405.png": picture("PNG"), "b.png": picture("PNG", shade=9)}
    ).records
    assert (named.time.iso(), named.extra["time_from"]) == ("2024-01-02T03:04:05", "name")
    assert unnamed.time.precision is Precision.UNKNOWN


def google(**said) -> bytes:
    return json.dumps(
        {"title": "x", "photoTakenTime": {"timestamp": "1714900000"}, **said}, ensure_ascii=False
    ).encode()


def test_googles_description_adds_time_place_people_and_words(read_files):
    place = {"latitude": 33.458, "longitude": 126.942, "altitude": 0.0}
    said = google(
        description="일출", geoData=place, people=[{"name": "김하늘"}], url="https://photos.google.com/photo/1"
    )
    reading = read_files({"Takeout/Google Photos/2024/a.jpg": picture(), "Takeout/Google Photos/2024/a.jpg.json": said})
    (record,) = reading.records
    assert record.time.local == datetime(2024, 5, 5, 9, 6, 40)
    assert record.time.zone_source is ZoneSource.UTC
    assert (record.text, record.url) == ("일출\n김하늘", "https://photos.google.com/photo/1")
    assert record.people == (Identity("김하늘"),)
    assert record.place == Place(None, 33.458, 126.942)
    assert reading.ignored == 1
    assert reading.matches[0].score >= 0.9


@pytest.mark.parametrize(
    ("image", "sidecar"),
    [
        ("a.jpg", "a.jpg.json"),
        ("a.jpg", "a.jpg.supplemental-metadata.json"),
        ("a.jpg", "a.jpg.suppl.json"),
        ("a(1).jpg", "a.jpg(1).json"),
        ("a(1).jpg", "a.jpg.supplemental-metadata(1).json"),
        ("a-edited.jpg", "a.jpg.json"),
        ("a-수정됨.jpg", "a.jpg.json"),
        ("Screenshot_20240102-030405_Some Long Application.jpg", "Screenshot_20240102-030405_Some Long Applicati.json"),
    ],
)
def test_a_description_finds_its_picture_whatever_takeout_named_it(read_files, image, sidecar):
    reading = read_files({image: picture(), sidecar: google(description="found"), "other.jpg": picture(shade=7)})
    assert {record.title: record.text for record in reading.records}[image.removesuffix(".jpg")] == "found"
    assert len(reading.records) == 2


def test_a_description_whose_picture_is_elsewhere_is_a_record_of_its_own(read_files):
    (record,) = read_files({"a.jpg.json": google(title="a.jpg", description="일출")}).records
    assert (record.title, record.text, record.blobs) == ("a", "일출", ())


def test_a_picture_in_an_album_and_in_its_year_is_one_with_the_albums_name(read_files):
    album = json.dumps({"title": "제주 여행", "date": {"timestamp": "1"}, "access": "protected"}).encode()
    first, second = read_files(
        {
            "G/Photos from 2024/a.jpg": picture(),
            "G/Photos from 2024/a.jpg.json": google(),
            "G/Jeju/a.jpg": picture(),
            "G/Jeju/a.jpg.json": google(),
            "G/Jeju/metadata.json": album,
        }
    ).records
    assert first.native_id == second.native_id
    assert first.text == second.text == "제주 여행"


def test_a_film_tells_its_time_and_length(read_files):
    created = int((datetime(2024, 5, 5) - datetime(1904, 1, 1)).total_seconds())
    times = box(b"mvhd", struct.pack(">IIIII", 0, created, created, 1000, 12500), bytes(80))
    keys = box(b"keys", struct.pack(">II", 0, 1), box(b"mdta", b"com.apple.quicktime.location.ISO6709"))
    place = box(
        b"ilst", struct.pack(">II", 8 + 16 + 17, 1), box(b"data", struct.pack(">II", 1, 0), b"+37.5000+127.000/")
    )
    meta = box(b"meta", box(b"hdlr", bytes(24)), keys, place)
    film = box(b"ftyp", b"qt  \0\0\0\0qt  ") + box(b"mdat", bytes(500)) + box(b"moov", times, meta)
    (record,) = read_files({"a.mov": film}).records
    assert (record.time.iso(), record.extra["seconds"]) == ("2024-05-05T00:00:00Z", 12.5)
    assert record.place == Place(None, 37.5, 127.0)


def test_a_picture_that_is_cut_off_is_told(read_files):
    data = picture()
    reading = read_files({"a.jpg": data[:-30], "b.jpg": data[:20]})
    assert [flaw.code for flaw in reading.flaws] == ["damaged-picture"]
    assert [bad.code for bad in reading.bad] == ["damaged-picture"]


@pytest.mark.parametrize("name", ["IMG_1.JPG.xmp", "img_1.xmp"])
def test_a_description_in_xmp_beside_a_picture_is_told_with_it(read_files, name):
    place = ' xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="33,27.51N" exif:GPSLongitude="126,56,33W"'
    xmp = XMP.replace(" photoshop:City", f"{place} photoshop:City").encode()
    reading = read_files({"a/IMG_1.JPG": picture(), f"a/{name}": xmp, "b/IMG_1.JPG": picture(shade=9)})
    first, second = reading.records
    assert "성산일출봉에서" in first.text and {person.handle for person in first.people} >= {"이소윤", "김하늘"}
    assert first.place is not None and (first.place.lat, first.place.lon) == (33.4585, -126.9425)
    assert second.text == "" and reading.ignored == 1


def test_a_description_in_xmp_whose_picture_is_elsewhere_is_a_record_of_its_own(read_files):
    reading = read_files({"IMG_1.xmp": XMP.encode(), "IMG_2.xmp": XMP.encode()[:-40]})
    (record,) = reading.records
    assert (record.title, record.blobs) == ("IMG_1", ()) and "성산일출봉에서" in record.text
    assert [bad.code for bad in reading.bad] == ["damaged-description"]


def test_what_an_iphone_notes_of_an_edit_is_known_and_no_picture(read_files):
    edit = b"<?xml version='1.0'?><plist version='1.0'><dict><key>adjustmentFormatIdentifier</key></dict></plist>"
    reading = read_files({"IMG_1.JPG": picture(), "IMG_1.AAE": edit})
    assert len(reading.records) == 1 and reading.ignored == 1
