"""Files in ZIP archives: names, order, and what is refused."""

import stat
import zipfile

import pytest

from seimeibun.sources import Limits, SourceError, read_source
from seimeibun.sources.archive import is_archive, members, read_member, split_path
from seimeibun.sources.limits import DEFAULT

TEXT = "双方は、一致した。\n"


@pytest.fixture
def pack(tmp_path):
    """Return a function from names and contents to an archive."""

    def pack(files, name="a.zip", compression=zipfile.ZIP_DEFLATED):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", compression) as archive:
            for inner, content in files:
                archive.writestr(inner, content)
        return path

    return pack


def test_members_come_by_name_and_without_what_is_hidden(pack):
    path = pack([(n, TEXT) for n in ("b.txt", "c/", "c/a.txt", ".x/y.txt", "__MACOSX/._b.txt", "c/.z")])  # fmt: skip
    found, refused = members(path, DEFAULT)

    assert [(m.path, m.name) for m in found] == [
        (f"{path}!b.txt", "b.txt"),
        (f"{path}!c/a.txt", "c/a.txt"),
    ]
    assert refused == []


def test_a_member_is_a_source(pack, make_html):
    path = pack([("声明/2025-12-20.txt", TEXT.encode("cp932")), ("x", make_html(TEXT).encode())])

    source = read_source(f"{path}!声明/2025-12-20.txt")
    assert (source.path, source.text) == (f"{path}!声明/2025-12-20.txt", TEXT)
    assert read_source(f"{path}!x").media_type == "text/html"


def test_names_that_japanese_windows_wrote(tmp_path):
    info = zipfile.ZipInfo("x")
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", TEXT)
    path.write_bytes(path.read_bytes().replace(b"AAAA", "声明".encode("cp932")))
    found, _ = members(path, DEFAULT)

    assert [member.name for member in found] == ["声明.txt"]
    assert read_source(found[0].path).text == TEXT
    assert info.filename == "x"


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "C:/a.txt", "..\\a.txt", "a\nb.txt", "a\x1b[0m.txt", "\u202etxt.a.txt"])  # fmt: skip
def test_names_that_lead_out_or_mislead_are_refused(pack, name):
    found, refused = members(pack([(name, TEXT), ("b.txt", TEXT)]), DEFAULT)

    assert [member.name for member in found] == ["b.txt"]
    assert [error.code for error in refused] == ["unsafe"]
    assert refused[0].path.isprintable()


def test_links_are_not_followed(pack):
    link = zipfile.ZipInfo("passwd.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = pack([(link, "/etc/passwd")])

    assert members(path, DEFAULT)[1][0].code == "unsafe"
    with pytest.raises(SourceError, match="symbolic link"):
        read_member(path, "passwd.txt", DEFAULT)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_one_name_is_refused(pack):
    path = pack([("a.txt", TEXT), ("a.txt", "別の声明")])
    found, refused = members(path, DEFAULT)

    assert (len(found), [error.code for error in refused]) == (1, ["unsafe"])
    assert read_source(found[0].path).text == TEXT


def test_a_bomb_is_not_decompressed(pack):
    path = pack([("a.txt", b"0" * 3_000_000)])
    with pytest.raises(SourceError, match=r"decompression bomb; the limit is 250 \(--max-ratio\)"):
        read_source(f"{path}!a.txt")
    with pytest.raises(SourceError, match=r"--max-bytes"):
        read_source(f"{path}!a.txt", limits=Limits(max_bytes=1_000_000))


def test_a_header_that_lies_about_the_size_gains_nothing(pack):
    path = pack([("a.txt", b"0" * 500_000)])
    size = (500_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(SourceError) as error:
        read_source(f"{path}!a.txt")

    assert error.value.code == "damaged"


def test_an_archive_is_bounded_as_a_whole(pack):
    path = pack([(f"{n}.txt", TEXT) for n in range(5)])
    with pytest.raises(SourceError, match="--max-members"):
        members(path, Limits(max_members=4))
    with pytest.raises(SourceError, match="--max-archive-bytes"):
        members(path, Limits(max_archive_bytes=100))


def test_an_archive_in_an_archive_is_not_opened(pack):
    inner = pack([("a.txt", TEXT)], "inner.zip").read_bytes()
    path = pack([("inner.zip", inner)])
    with pytest.raises(SourceError, match="ZIP archive") as error:
        read_source(f"{path}!inner.zip")

    assert error.value.code == "format"


def test_an_encrypted_member_is_refused(pack):
    path = pack([("a.txt", TEXT)], compression=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(SourceError, match="暗号化") as error:
        read_source(f"{path}!a.txt")

    assert error.value.code == "encrypted"


def test_missing_and_damaged(pack, tmp_path):
    path = pack([("a.txt", TEXT)])
    with pytest.raises(SourceError, match="no such file"):
        read_source(f"{path}!b.txt")
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(SourceError) as error:
        members(path, DEFAULT)
    assert error.value.code == "damaged"
    with pytest.raises(SourceError, match="no such file"):
        members(tmp_path / "none.zip", DEFAULT)


def test_what_is_an_archive(pack, make_docx, tmp_path):
    word = tmp_path / "a.docx.zip"
    word.write_bytes(make_docx("声明"))
    text = tmp_path / "text.zip"
    text.write_text(TEXT, encoding="utf-8")

    assert is_archive(pack([("a.txt", TEXT)]))
    assert is_archive(pack([("a.txt", TEXT)], "a.data"))
    assert not is_archive(word)
    assert not is_archive(text)


def test_a_file_with_such_a_name_is_a_file(tmp_path):
    path = tmp_path / "a.zip!b.txt"
    path.write_text(TEXT, encoding="utf-8")

    assert split_path(path) is None
    assert read_source(path).text == TEXT
