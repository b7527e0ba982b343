"""Saved web pages: the article's paragraphs and tables, what the page says about itself, no page furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.charset import declared_encoding, decode
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import META_NAMES, source_id_of
from hpviewer.importing.document_text.table_rows import Cell, rows_as_lines

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "form",
        "select",
        "option",
        "button",
        "iframe",
        "object",
        "svg",
        "audio",
        "video",
        "rt",
        "rp",
        "textarea",
        "input",
        "link",
        "meta",
        "title",
        "-comment",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "br",
        "hr",
        "tr",
        "table",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "blockquote",
        "pre",
        "center",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "body",
        "html",
    ]
)
_FURNITURE = re.compile(
    r"(?:^|[\s_\-])(?:nav|navbar|menu|footer|foot|sidebar|crumbs?|breadcrumbs?|position|share|bdsharebuttonbox|login|"
    r"search|toolbar|copyright|related|recommend|hot|qrcode|pagination|topbar|banner|friendlink|links?)(?:$|[\s_\-\d])",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"^(?:当前位置|您的?(?:当前)?位置|您现在的位置|网站地图|打印(?:本页)?|关闭(?:窗口|本页)?|分享(?:到)?|收藏|返回顶部|无障碍.{0,6}|"
    r"【?\s*字[号体].{0,30}|设为首页|加入收藏|上一篇.{0,80}|下一篇.{0,80}|版权所有.{0,80}|.{0,30}ICP备.{0,40}|.{0,20}公网安备.{0,40}|"
    r"网站标识码.{0,30}|扫一扫.{0,30}|听全文|相关(?:附件|稿件|链接|信息)|主办单位?[:：].{0,60}|首页|浏览(?:量|次数).{0,12})$|"
    r"^(?:当前位置|您的位置|现在位置)\s*[:：]|^\s*首页\s*[>＞»/]",
)
_ARTICLES = (
    ".TRS_Editor, .trs_editor_view, #zoomcon, #zoom, #UCAP-CONTENT, .article-content, .article_content, .zw-content, "
    ".article-con, .newsContent, .content_article, .view_content, .conTxt, .info-cont, .detail-content, #articleContent, "
    "article, .article, .zoomCon, .content-text, .news_content, .main_content, .contentbox, #content, .content"
)
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")


def read(data: bytes, name: str) -> DocumentText:
    text, _ = decode(data, declared_encoding(data))
    return from_markup(text, name)


def from_markup(markup: str, name: str, address: str = "") -> DocumentText:
    """``address`` is where the page was saved from, when an archive knows it."""
    try:
        tree = LexborHTMLParser(markup)
        body = tree.body
    except (ValueError, RuntimeError, UnicodeError, MemoryError) as error:
        raise limits.unreadable_as(name, "html") from error
    if body is None:
        raise limits.unreadable_as(name, "html")
    metadata = _metadata(tree)
    title = metadata.get("ArticleTitle", "")
    saved_from = _SAVED_FROM.search(markup[:2000])
    canonical = _attribute(tree, "link[rel='canonical']", "href")
    addresses = (canonical, metadata.get("Url", ""), saved_from[1] if saved_from else "", address, name)
    article = _article(body)
    lines = list(_lines(article))
    if not title:
        heading = body.css_first("h1") or body.css_first(".article-title, .title, #title, .content_title, h2")
        title = _inline(heading) if heading else ""
        title = title if len(title) <= 150 else ""
    if article is not body:
        lines = [*_head_lines(body, article, lines, title), *lines]
    elif title and not any(_same(title, line) for line in lines[:40]):
        lines.insert(0, title)
    if canonical and "Url" not in metadata:
        metadata["Url"] = canonical
    shown = limits.bounded_text("\n".join(lines), name)
    return DocumentText(shown, title, MappingProxyType(metadata), source_id_of(*addresses))


def _metadata(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.css("meta"):
        attributes = meta.attributes
        key = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        value = _SPACES.sub(" ", attributes.get("content") or "").strip()
        known = META_NAMES.get(key)
        if known and value and (known not in found or key == known.lower()):
            found[known] = value[:500]
    if "ArticleTitle" not in found:
        node = tree.css_first("title")
        head = _SPACES.sub(" ", node.text()).strip() if node else ""
        head = re.split(
            r"\s*[_|｜]\s*|\s+[-–—]\s+|\s*-\s*(?=[^-]*(?:政府|网站|门户|管理局|自然资源局)[^-]*$)", head
        )[0]
        if 4 <= len(head) <= 150:
            found["PageTitle"] = head
    return found


def _attribute(tree: LexborHTMLParser, selector: str, attribute: str) -> str:
    node = tree.css_first(selector)
    return (node.attributes.get(attribute) or "") if node else ""


def _article(body: LexborNode) -> LexborNode:
    """The smallest known article container that holds most of the page's words about land; else the body."""
    whole = len(body.text())
    best: LexborNode | None = None
    best_length = 0
    for node in body.css(_ARTICLES)[:60]:
        words = node.text()
        if len(words) < 80 or not re.search(r"[公頃顷亩畝]|公告|公示|批[复複復]|方案|征|徵|改造", words):
            continue
        if best is None or len(words) > best_length * 1.15:
            best, best_length = node, len(words)
    return best if best is not None and best_length >= min(200, whole // 10) else body


def _same(title: str, line: str) -> bool:
    one, other = re.sub(r"\s", "", title), re.sub(r"\s", "", line)
    return bool(one) and (
        one == other or (len(one) >= 6 and (one in other or other in one) and len(other) >= 6)
    )


def _head_lines(body: LexborNode, article: LexborNode, lines: list[str], title: str) -> list[str]:
    """Title and the line with source and date, which most sites keep outside the article's container."""
    head: list[str] = []
    if title and not any(_same(title, line) for line in lines[:6]):
        head.append(title)
    inside = article.mem_id
    for node in body.css(
        ".info, .article-info, .source, .date, .pubtime, .laiyuan, .property, .xxly, .content-info"
    )[:8]:
        line = _inline(node)
        ancestor = node.parent
        while ancestor is not None and ancestor.mem_id != inside:
            ancestor = ancestor.parent
        if (
            ancestor is None
            and 6 <= len(line) <= 200
            and re.search(r"来源|來源|时间|時間|日期", line)
            and line not in head
        ):
            head.append(line)
    return head


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        following = child.next
        yield child
        child = following


def _is_furniture(node: LexborNode) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if re.search(r"display\s*:\s*none", attributes.get("style") or "", re.IGNORECASE):
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(named.strip()) and bool(_FURNITURE.search(named)) and len(node.text()) < 1500


def _events(root: LexborNode) -> Iterator[tuple[str, LexborNode]]:
    """("in"/"out"/"text", node) without recursion: hostile pages nest tens of thousands deep."""
    stack: list[tuple[LexborNode, bool]] = [(root, False)]
    while stack:
        node, left = stack.pop()
        if left:
            yield "out", node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield "text", node
            continue
        if tag in _DROPPED or (node is not root and tag != "h1" and _is_furniture(node)):
            continue
        if tag == "table" and not _is_layout(node):
            yield "table", node
            continue
        yield "in", node
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(list(_children(node))))


def _lines(root: LexborNode) -> Iterator[str]:
    current: list[str] = []

    def flush() -> Iterator[str]:
        line = _SPACES.sub(" ", "".join(current)).strip(" \u3000")
        current.clear()
        if line and not _FURNITURE_LINE.match(line):
            yield line

    for event, node in _events(root):
        if event == "text":
            current.append(node.text(deep=False) or "")
        elif event == "table":
            yield from flush()
            yield from rows_as_lines(_table(node))
        elif (node.tag or "") in _BLOCKS:
            yield from flush()
        elif (node.tag or "") in ("td", "th"):
            current.append(" ")
    yield from flush()


def _inline(node: LexborNode) -> str:
    parts: list[str] = []
    for event, inner in _events(node):
        if event == "text":
            parts.append(inner.text(deep=False) or "")
        elif event == "table" or (inner.tag or "") in _BLOCKS:
            parts.append(" ")
    return _SPACES.sub(" ", "".join(parts)).strip(" \u3000")


def _is_layout(table: LexborNode) -> bool:
    """Old pages put the whole article into a table: such a table is no data."""
    if table.css_first("td table, th table") is not None:
        return True
    cells = table.css("td, th")
    return len(cells) <= 1 or any(len(cell.text()) > 700 for cell in cells[:200])


def _table(table: LexborNode) -> Iterator[list[Cell]]:
    count = 0
    for row in table.css("tr"):
        cells: list[Cell] = []
        for cell in _children(row):
            if cell.tag not in ("td", "th"):
                continue
            count += 1
            if count > limits.MOST_TABLE_CELLS:
                return
            attributes = cell.attributes
            cells.append(
                Cell(_inline(cell), _count(attributes.get("colspan")), _count(attributes.get("rowspan")))
            )
        yield cells


def _count(value: str | None) -> int:
    found = re.match(r"\s*(\d{1,3})", value or "")
    return min(max(int(found[1]), 1), 60) if found else 1
