"""A policy among the documents that are brought in is told from a notice."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpviewer.importing.policy_document.recognise import looks_like_policy
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.notice_documents import as_bytes, written_notices

POLICY = """广州市黄埔区人民政府办公室关于印发广州市黄埔区旧村庄更新改造实施细则的通知
穗埔府办规〔2099〕8号
各街道办事处、新龙镇政府：
《广州市黄埔区旧村庄更新改造实施细则》已经区政府同意，现印发给你们，请认真组织实施。
广州市黄埔区人民政府办公室
2022年5月10日
广州市黄埔区旧村庄更新改造实施细则
第一条 为规范旧村庄更新改造，根据有关规定，制定本细则。
第二条 本细则所称旧村庄，是指村集体经济组织的建设用地。
第三条 住宅房屋按照标准补偿。
第四条 本细则自2022年6月1日起施行，有效期5年。
"""
NOTICES = written_notices(Path(__file__).parents[1] / "importing_notice" / "fixtures")


@pytest.mark.parametrize("kind", ["txt", "html", "docx", "pdf", "mht"])
def test_a_policy_is_recognised_in_every_format(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(as_bytes(POLICY, kind))
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    (preview,) = ImportDesk(queries).preview([file])
    assert preview.kind is ImportKind.POLICIES, preview.error
    (item,) = preview.items
    assert "实施细则" in item.title
    queries.close()


@pytest.mark.parametrize("notice", NOTICES, ids=lambda one: one.name)
def test_no_notice_is_taken_for_a_policy(notice) -> None:  # type: ignore[no-untyped-def]
    expected = notice.expected
    assert not looks_like_policy(expected.get("title", ""), expected.get("doc_number", ""), notice.text)


@pytest.mark.parametrize(
    ("title", "number", "text", "is_policy"),
    [
        ("黄埔区旧村改造补偿办法", "", "第一条 甲。\n第二条 乙。\n第三条 丙。", True),
        ("黄埔区旧村改造补偿办法", "", "第一条 甲。", False),
        ("关于推进城市更新的若干意见", "穗埔府规〔2020〕1号", "一、总体要求", True),
        ("《黄埔区旧村改造补偿办法》政策解读", "", "一、背景", True),
        ("关于黄埔区旧村改造补偿办法的批复", "穗埔府规〔2020〕1号", "第一条\n第二条\n第三条", False),
        ("征收土地公告", "穗埔府征〔2020〕1号", "第一条 甲。\n第二条 乙。\n第三条 丙。", False),
    ],
)
def test_by_title_number_and_articles(title: str, number: str, text: str, is_policy: bool) -> None:
    assert looks_like_policy(title, number, text) is is_policy
