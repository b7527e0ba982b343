"""Questions in everyday words, answered by citing clauses that were brought in."""

from __future__ import annotations

import datetime as dt

import pytest

from hpviewer.policies.policy import PolicyStatus
from hpviewer.policies.question import question_terms
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.policy_desk import PolicyDesk
from tests.helpers.catalogue import bundled_catalogue

ON = dt.date(2026, 11, 24)
POLICY = """某某区征收集体土地补偿安置办法
穗埔府规〔2026〕9号
第一条 为规范本区征收集体土地的补偿安置工作，制定本办法。
第二条 被征收人对补偿安置方案有异议的，可以在公告之日起三十日内书面提出，由区规划和自然资源部门答复。
第三条 青苗补偿费按照当季作物产值计算，多年生作物按照评估价格计算。
第四条 临时安置补助费自房屋交付拆除之日起按月发放。
第五条 本办法自2026年3月1日起施行，有效期5年。
某某区人民政府
2026年2月10日
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> PolicyDesk:
    folder = tmp_path_factory.mktemp("policies")
    (folder / "policy.txt").write_text(POLICY, encoding="utf-8")
    queries = CatalogueQueries(bundled_catalogue(folder))
    importing = ImportDesk(queries)
    importing.save(importing.preview([folder / "policy.txt"], ImportKind.POLICIES))
    queries.close()
    return PolicyDesk(folder / "catalogue.gpkg")


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("对补偿安置方案有异议怎么办？", "第二条"),
        ("青苗补偿费怎么计算", "第三条"),
        ("請問青苗補償費如何計算", "第三条"),
        ("临时安置补助费什么时候开始发放", "第四条"),
    ],
)
def test_a_question_is_answered_by_its_clause(desk: PolicyDesk, question: str, clause: str) -> None:
    answer = desk.ask(question, ON)[0]
    assert answer.clause.endswith(clause)
    assert answer.text.startswith(clause)
    assert (answer.policy.doc_number, answer.status) == ("穗埔府规〔2026〕9号", PolicyStatus.IN_FORCE)
    assert 0.5 <= answer.score <= 1


def test_status_is_that_of_the_day(desk: PolicyDesk) -> None:
    assert desk.ask("青苗补偿费怎么计算", dt.date(2032, 1, 1))[0].status is PolicyStatus.EXPIRED
    assert desk.ask("青苗补偿费怎么计算", dt.date(2026, 2, 20))[0].status is PolicyStatus.NOT_YET


@pytest.mark.parametrize("question", ["今天天气怎么样", "", "？？", "身份证丢了去哪里补办", "怎么", "a OR b"])
def test_what_no_clause_covers_is_not_answered(desk: PolicyDesk, question: str) -> None:
    assert desk.ask(question, ON) == ()


def test_documents_known_by_title_alone_are_found(desk: PolicyDesk) -> None:
    answer = desk.ask("农村集体资产交易管理办法", ON)[0]
    assert answer.policy.doc_number == "穗埔府规〔2021〕18号"
    assert answer.text == ""


def test_all_documents_are_listed_with_their_clauses(desk: PolicyDesk) -> None:
    listed = desk.policies()
    assert [one.clauses for one in listed] == [0] * 9 + [5]
    clauses = desk.clauses(listed[-1].policy.id)
    assert [clause.number for clause in clauses] == ["第一条", "第二条", "第三条", "第四条", "第五条"]
    assert desk.clauses(listed[0].policy.id) == desk.clauses("no such") == ()


def test_question_words_are_left_out() -> None:
    assert question_terms("请问青苗补偿费怎么计算呢") == ("青苗", "苗补", "补偿", "偿费", "计算")
