"""A folder, a file, an archive, an archive in an archive: one view, in which nothing can do harm."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from darak.importers.archive import MAX_RATIO
from darak.importers.names import archive_of, folder_of, inner_path, short_name
from darak.importers.tree import HEAD, MAX_DEPTH, FileTree, TreeError, open_tree


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def contents(tree: FileTree) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for member in tree.members():
        with tree.open(member.name) as stream:
            found[member.name] = stream.read()
    return found


FILES = {"a.txt": b"one", "deep/b.txt": b"two"}


def test_a_folder_a_zip_and_a_tgz_are_read_alike(tmp_path: Path):
    for name, data in FILES.items():
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(data)
    (tmp_path / "x.zip").write_bytes(zipped(FILES))
    (tmp_path / "x.tgz").write_bytes(gzip.compress(tarred(FILES)))
    (tmp_path / "x.tar").write_bytes(tarred(FILES))
    (tmp_path / "x.tar.bz2").write_bytes(bz2.compress(tarred(FILES)))
    (tmp_path / "x.tar.xz").write_bytes(lzma.compress(tarred(FILES)))
    assert contents(open_tree(tmp_path / "folder")) == FILES
    for name in ("x.zip", "x.tgz", "x.tar", "x.tar.bz2", "x.tar.xz"):
        assert contents(open_tree(tmp_path / name)) == {f"{name}!{inner}": data for inner, data in FILES.items()}


def test_archives_inside_are_opened_in_place(tmp_path: Path):
    inner = zipped({"notes.txt": b"deep"})
    compressed = {"log.gz": gzip.compress(b"a"), "b.txt.bz2": bz2.compress(b"b"), "c.xz": lzma.compress(b"c")}
    (tmp_path / "outer.zip").write_bytes(zipped({"part-1.zip": inner} | compressed))
    assert contents(open_tree(tmp_path)) == {
        "outer.zip!part-1.zip!notes.txt": b"deep",
        "outer.zip!log.gz!log": b"a",
        "outer.zip!b.txt.bz2!b.txt": b"b",
        "outer.zip!c.xz!c": b"c",
    }


def test_an_exclamation_mark_is_part_of_a_name_like_any_other(tmp_path: Path):
    files = {"Happy birthday!.txt": b"one", "Yahoo!/mail.txt": b"two"}
    (tmp_path / "Hey!.zip").write_bytes(zipped(files | {"in!.zip": zipped(files)}))
    tree = open_tree(tmp_path / "Hey!.zip")
    assert contents(tree) == {
        f"Hey!.zip!{where}{name}": data for where in ("", "in!.zip!") for name, data in files.items()
    }
    with pytest.raises(OSError, match="no member"):
        tree.open("Hey!.zip!none.txt")


def test_archives_too_deep_are_told(tmp_path: Path):
    data = zipped({"x": b"x"})
    for _ in range(MAX_DEPTH + 1):
        data = zipped({"in.zip": data})
    (tmp_path / "deep.zip").write_bytes(data)
    tree = open_tree(tmp_path)
    assert tree.members() == [] and [problem.code for problem in tree.problems] == ["nested-too-deep"]


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "..\\evil", "C:/evil"])
def test_a_name_that_climbs_out_is_refused_and_the_rest_is_read(tmp_path: Path, name: str):
    for made, archive in (
        ("x.zip", zipped({name: b"bad", "good": b"good"})),
        ("x.tar", tarred({name: b"bad", "good": b"good"})),
    ):
        (tmp_path / made).write_bytes(archive)
        tree = open_tree(tmp_path / made)
        assert contents(tree) == {f"{made}!good": b"good"}
        assert [problem.code for problem in tree.problems] == ["path-escape"]


def test_links_in_a_folder_or_a_tar_are_not_followed(tmp_path: Path):
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link").symlink_to(tmp_path / "secret")
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    (tmp_path / "in" / "x.tar").write_bytes(out.getvalue())
    (tmp_path / "in" / "file").write_bytes(b"x")
    assert contents(open_tree(tmp_path / "in")) == {"file": b"x"}


@pytest.mark.parametrize(
    ("name", "archive", "folder", "last"),
    [
        ("a/b.txt", "", "a/", "b.txt"),
        ("Yahoo!/Wow!.md", "", "Yahoo!/", "Wow!.md"),
        ("Hey! You.txt", "", "", "Hey! You.txt"),
        ("Hey!.zip!Yahoo!/Wow!.md", "Hey!.zip!", "Hey!.zip!Yahoo!/", "Wow!.md"),
        ("a.zip!b.tar.xz!.obsidian/app.json", "a.zip!b.tar.xz!", "a.zip!b.tar.xz!.obsidian/", "app.json"),
        ("Takeout!Keep/x.json", "Takeout!", "Takeout!Keep/", "x.json"),
    ],
)
def test_a_name_is_taken_apart_where_an_archive_ends(name: str, archive: str, folder: str, last: str):
    assert (archive_of(name), inner_path(name)) == (archive, name[len(archive) :])
    assert (folder_of(name), short_name(name)) == (folder, last)
    assert folder_of("a.zip!") == folder_of("Yahoo!/") == ""


@pytest.mark.parametrize("kind", ["zip", "tgz", "tar"])
def test_a_cut_off_archive_is_a_problem_wherever_it_is_cut(tmp_path: Path, kind: str):
    files = {name: os.urandom(2000) for name in ("a", "b")}
    whole = {"zip": zipped(files), "tgz": gzip.compress(tarred(files)), "tar": tarred(files)}[kind]
    path = tmp_path / f"x.{kind}"
    for size in range(600, min(len(whole) - 1, 5100), 500):
        path.write_bytes(whole[:size])
        tree = open_tree(tmp_path)
        assert [problem.code for problem in tree.problems] == ["broken-archive"], size
        assert all(files[name.partition("!")[2]] == data for name, data in contents(tree).items())


def test_a_bomb_is_refused_without_unpacking_it(tmp_path: Path):
    huge = io.BytesIO()
    with (
        zipfile.ZipFile(huge, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros", "w", force_zip64=True) as member,
    ):
        for _ in range(100):
            member.write(bytes(1 << 20))
    (tmp_path / "bomb.zip").write_bytes(huge.getvalue())
    tree = open_tree(tmp_path)
    assert tree.members() == [] and [problem.code for problem in tree.problems] == ["zip-bomb"]
    assert "no real export does" in tree.problems[0].message


def test_archives_that_only_together_would_fill_the_disk_are_refused(tmp_path: Path):
    inner = zipped({f"{number}.txt": bytes(1 << 20) for number in range(60)})
    (tmp_path / "matryoshka.zip").write_bytes(zipped({f"{number}.zip": inner for number in range(40)}))
    (tmp_path / "a.txt").write_bytes(b"x")
    tree = open_tree(tmp_path)
    assert contents(tree) == {"a.txt": b"x"}
    assert [(problem.code, problem.member) for problem in tree.problems] == [("zip-bomb", "matryoshka.zip")]


def test_links_are_not_followed_and_told_where_they_lead_elsewhere(tmp_path: Path):
    for name in ("export", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(b"x")
    for name, to in (("b.txt", "a.txt"), ("gone.txt", "nothing"), ("more", "../other"), ("c.txt", "../other/a.txt")):
        (tmp_path / "export" / name).symlink_to(to)
    os.mkfifo(tmp_path / "export" / "pipe")
    tree = open_tree(tmp_path / "export")
    assert contents(tree) == {"a.txt": b"x"}
    assert sorted((problem.code, problem.member) for problem in tree.problems) == [
        ("link", "c.txt"),
        ("link", "more"),
        ("no-file", "pipe"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_listed_is_told(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "locked").mkdir(mode=0)
    tree = open_tree(tmp_path)
    assert contents(tree) == {"a.txt": b"x"}
    assert [(problem.code, problem.member) for problem in tree.problems] == [("unreadable", "locked")]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_tar_bomb_is_refused(tmp_path: Path, compress: Callable[[bytes], bytes]):
    (tmp_path / "bomb.tgz").write_bytes(compress(tarred({"zeros": bytes(100 << 20)})))
    assert MAX_RATIO * (tmp_path / "bomb.tgz").stat().st_size < 100 << 20
    tree = open_tree(tmp_path)
    assert tree.members() == [] and [problem.code for problem in tree.problems] == ["zip-bomb"]


def test_names_are_composed_and_korean_ones_of_windows_are_read(tmp_path: Path):
    (tmp_path / unicodedata.normalize("NFD", "한글.txt")).write_bytes(b"x")
    raw = zipped({"AAAA.txt": b"y"}).replace(b"AAAA", "메모".encode("cp949"))
    (tmp_path / "win.zip").write_bytes(raw)
    assert contents(open_tree(tmp_path)) == {"한글.txt": b"x", "win.zip!메모.txt": b"y"}


def test_an_encrypted_member_is_told_and_the_rest_is_read(tmp_path: Path):
    raw = bytearray(zipped({"secret": b"x", "open": b"y"}, zipfile.ZIP_STORED))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "x.zip").write_bytes(raw)
    tree = open_tree(tmp_path)
    assert contents(tree) == {"x.zip!open": b"y"} and tree.problems[0].code == "encrypted"


def test_a_document_that_is_a_zip_is_one_member(tmp_path: Path):
    (tmp_path / "letter.docx").write_bytes(zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<y/>"}))
    assert [member.name for member in open_tree(tmp_path).members()] == ["letter.docx"]


def test_the_lumber_of_a_mac_is_left_out(tmp_path: Path):
    (tmp_path / "x.zip").write_bytes(zipped({"__MACOSX/._a": b"x", "a": b"y"}))
    assert contents(open_tree(tmp_path)) == {"x.zip!a": b"y"}


@pytest.mark.parametrize("size", [100, 5_000, 65_530, 70_000, 300_000, 3_000_000])
def test_a_style_sheet_does_not_hide_what_a_page_is(tmp_path: Path, size: int):
    style = f"<style>{'a{b:c}' * (size // 6)}</style><script>{'x' * size}</script>"
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{style}</head><body><p class='sign'>{'words ' * 20_000}</p></body></html>")
    head = open_tree(path).head("page.html")
    assert b"<p class='sign'>words" in head and len(head) == HEAD


def test_a_page_whose_style_sheet_never_ends_is_read_all_the_same(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_text("<html><head><style>" + "a{b:c}" * 2_000_000)
    assert open_tree(path).head("page.html").startswith(b"<html><head><style>")


def test_nothing_to_read_is_one_sentence(tmp_path: Path):
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, said in (
        ("missing", "no such file"),
        ("empty", "nothing in it"),
        ("pipe", "neither a file nor a folder"),
    ):
        with pytest.raises(TreeError, match=said):
            open_tree(tmp_path / name)


def test_what_systems_leave_in_folders_is_no_member(tmp_path):
    left = (".DS_Store", "._a.txt", "desktop.ini", "Thumbs.db", "Icon\r", "@eaDir/a.txt", "sub/.DS_Store")
    kept = (".bash_history", "a.txt", "Icon", "sub/my Thumbs.db.txt", "__MACOSX.txt")
    for name in (*left, *kept):
        (tmp_path / "folder" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / name).write_bytes(b"x")
    assert sorted(member.name for member in open_tree(tmp_path / "folder").members()) == sorted(kept)
    (tmp_path / "x.zip").write_bytes(zipped({f"home/{name}": b"x" for name in (*left, *kept)}))
    found = {member.name for member in open_tree(tmp_path / "x.zip").members()}
    assert found == {f"x.zip!home/{name}" for name in kept}
