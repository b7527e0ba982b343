"""Own notices as files of every kind that real ones come in, and what is expected of each."""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

FORMATS = ("txt", "gb18030", "html", "html_gbk", "mht", "docx", "pdf")
_SUFFIX = {"gb18030": "txt", "html_gbk": "html"}

STRICT = (
    "kind", "title", "doc_number", "approval_number", "published", "approved", "notice_from", "notice_to", "notice_days",
    "implementation_from", "implementation_to", "registration_from", "registration_to", "project", "location", "area_ha",
    "land_classes", "owners", "towns", "communities", "issuer", "contacts", "phones", "attachments", "flags",
)  # fmt: skip
"""Fields that must equal what the fixture says, and be empty where it says nothing."""


@dataclass(frozen=True, slots=True)
class WrittenNotice:
    name: str
    format: str
    text: str
    expected: dict[str, Any]
    loose: frozenset[str]


def written_notices(folder: Path) -> list[WrittenNotice]:
    found: list[WrittenNotice] = []
    for file in sorted(folder.glob("*.toml")):
        for item in tomllib.loads(file.read_text(encoding="utf-8"))["notice"]:
            expected = dict(item["expected"])
            loose = frozenset(expected.pop("loose", ()))
            found.append(
                WrittenNotice(item["name"], item["format"], item["text"].strip("\n"), expected, loose)
            )
    return found


def file_of(folder: Path, notice: WrittenNotice, kind: str) -> Path:
    path = folder / f"{notice.name}.{_SUFFIX.get(kind, kind)}"
    path.write_bytes(as_bytes(notice.text, kind))
    return path


def as_bytes(text: str, kind: str) -> bytes:
    match kind:
        case "txt":
            return text.encode("utf-8")
        case "gb18030":
            return text.encode("gb18030")
        case "html":
            return as_page(text, "utf-8").encode("utf-8")
        case "html_gbk":
            return as_page(text, "gb2312").encode("gb18030")
        case "mht":
            return as_archive(text)
        case "docx":
            return as_word(text)
        case "pdf":
            return as_pdf(text)
    raise ValueError(kind)


def _blocks(text: str) -> list[list[str]]:
    """Runs of | rows, and other lines one by one."""
    blocks: list[list[str]] = []
    for line in text.split("\n"):
        if "|" in line and blocks and "|" in blocks[-1][0]:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def as_page(text: str, charset: str, address: str = "") -> str:
    """A page as government sites save it: furniture around the article, tables as tables."""
    body: list[str] = []
    for block in _blocks(text):
        if "|" in block[0]:
            rows = "".join(
                "<tr>"
                + "".join(f"<td><p>{escape(cell.strip())}</p></td>" for cell in row.split("|"))
                + "</tr>"
                for row in block
            )
            body.append(f'<table border="1"><tbody>{rows}</tbody></table>')
        else:
            body.append(f'<p style="text-indent:2em"><span>{escape(block[0])}</span></p>')
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>公告 - 黄埔区政府网站</title>{link}'
        "<style>p{margin:0}</style><script>var a='征收土地9.99公顷';</script></head><body>"
        '<div class="header"><ul class="nav"><li>首页</li><li>政务公开</li></ul></div>'
        '<div class="crumbs">当前位置：首页 &gt; 政务公开 &gt; 征地信息</div>'
        f'<div class="article-content">{"".join(body)}</div>'
        '<div class="share">分享到：微信 微博</div><div class="footer">主办：黄埔区人民政府办公室 粤ICP备00000000号 电话：020-99999999</div>'  # noqa: E501
        "</body></html>"
    )


def as_archive(text: str) -> bytes:
    import base64

    page = base64.encodebytes(as_page(text, "utf-8").encode("utf-8")).decode("ascii")
    return (
        "From: <Saved by a browser>\r\nSubject: page\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----=_B"\r\n\r\n'
        '------=_B\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n'
        f"Content-Location: page.html\r\n\r\n{page}\r\n------=_B--\r\n"
    ).encode("ascii")


def as_word(text: str) -> bytes:
    import docx

    document = docx.Document()
    for block in _blocks(text):
        if "|" not in block[0]:
            document.add_paragraph(block[0])
            continue
        rows = [row.split("|") for row in block]
        table = document.add_table(len(rows), max(map(len, rows)))
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                table.cell(at, column).text = cell.strip()
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def as_pdf(text: str, width: int = 40) -> bytes:
    """A text PDF by hand: lines broken at ``width`` characters, codes mapped to characters by a ToUnicode map."""
    lines: list[str] = []
    for line in text.split("\n"):
        line = line if "|" in line else line.strip()
        lines.extend([line] if "|" in line else _wrapped(line, width))
    characters = sorted(set("".join(lines)))
    code = {char: at + 1 for at, char in enumerate(characters)}
    chunks = [characters[at : at + 90] for at in range(0, len(characters), 90)]
    maps = "\n".join(
        f"{len(chunk)} beginbfchar\n"
        + "\n".join(f"<{code[char]:04X}> <{char.encode('utf-16-be').hex().upper()}>" for char in chunk)
        + "\nendbfchar"
        for chunk in chunks
    )
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{maps}\nendcmap end end"
    )
    pages = [lines[at : at + 45] for at in range(0, len(lines), 45)] or [[]]
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    def stream(content: bytes) -> bytes:
        return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)

    to_unicode = add(stream(unicode_map.encode("ascii")))
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"  # noqa: E501
    )
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 >>"  # noqa: E501
        % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>"
        % (descendant, to_unicode)
    )
    tree = len(objects) + 2 * len(pages) + 1
    kids: list[int] = []
    for page in pages:
        shown = (
            b"BT /F 10 Tf 50 800 Td "
            + b" ".join(
                b"<%s> Tj 0 -16 Td" % "".join(f"{code[char]:04X}" for char in line).encode() for line in page
            )
            + b" ET"
        )
        content = add(stream(shown))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> >> >>"  # noqa: E501
                % (tree, content, font)
            )
        )
    add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for at, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (at, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, start)
    return bytes(out)


def _wrapped(line: str, width: int) -> list[str]:
    """Lines of equal width in print: digits and letters are half as wide as characters."""
    lines, current, used = [], "", 0.0
    for char in line:
        used += 0.5 if char.isascii() else 1.0
        if used > width:
            lines.append(current)
            current, used = "", 0.5 if char.isascii() else 1.0
        current += char
    return [*lines, current]


def differences(found: dict[str, Any], notice: WrittenNotice) -> dict[str, tuple[Any, Any]]:
    """Field -> (expected, found) where they differ. Flags are expected as parts of their sentences."""
    wrong: dict[str, tuple[Any, Any]] = {}
    for field in STRICT:
        if field in notice.loose:
            continue
        empty: Any = type(found[field])() if found[field] is not None else None
        expected = notice.expected.get(field, empty)
        value = found[field]
        if field == "flags":
            flags = list(value)
            missing = [part for part in expected if not any(part in flag for flag in flags)]
            surplus = [flag for flag in flags if not any(part in flag for part in expected)]
            if missing or surplus:
                wrong[field] = (expected, flags)
        elif field == "title" and "title" not in notice.expected:
            continue
        elif field == "land_classes":
            if set(expected) != set(value) or any(
                abs(expected[name] - value[name]) > 1e-6 for name in expected
            ):
                wrong[field] = (expected, value)
        elif field in ("towns", "communities"):
            if sorted(value) != sorted(expected):
                wrong[field] = (expected, value)
        elif value != expected:
            wrong[field] = (expected, value)
    for field in ("approval_title", "purpose", "bounds"):
        if field in notice.expected and found[field] != notice.expected[field]:
            wrong[field] = (notice.expected[field], found[field])
    if bool(found["review"]) != bool(notice.expected.get("review", False)):
        wrong["review"] = (notice.expected.get("review", False), found["review"])
    return wrong
