"""Personal numbers in files that are brought in: pointed out with the masked form alone, masked on request."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from hpviewer.catalogue.policy_rows import StoredPolicy
from hpviewer.records.change import ChangeKind
from hpviewer.records.personal_data import PersonalKind
from hpviewer.reports.form import ReportFormat
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.executor import ImmediateExecutor
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_personal import sentences
from hpviewer.session.import_preview import FilePreview, ImportKind
from hpviewer.session.import_session import ImportSession
from hpviewer.session.mapping_memory import MappingMemory
from hpviewer.session.record_entry import FIELDS, written
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_pipes, consistent_cells

PERSON, MOBILE, CARD = "440112199001011232", "13812345678", "6222021234567890128"
SECRETS = (PERSON, MOBILE, CARD)
NOTICE = f"""广州市黄埔区人民政府征收土地公告
穗埔府征〔2024〕12号
现将经依法批准的征收土地有关事项公告如下：
一、批准机关：广东省人民政府，批准文号：粤府土审（02）〔2024〕88号，批准时间：2024年5月6日。
二、征收土地位置：黄埔区云埔街道刘村社区，东至科学大道（{MOBILE}），南至护林路，西至开创大道，北至云埔一路。
三、被征收土地的所有权人及面积：刘村社区经济联合社，总面积 3.2000 公顷。
四、公告期限：2024年5月20日至2024年6月3日。
联系人：陈工，联系电话：020-82110000、139 1234 5678。
补偿款付至张三（{PERSON}）账号：{CARD}。
广州市黄埔区人民政府
2024年5月20日
"""
LEDGER = f"""标题,类别,发布日期,所属街镇,所属社区,权属,备注
甲地块公告,征收土地公告,2024-03-01,云埔街道,刘村社区,张三{PERSON}、李四,电话{MOBILE}
乙地块公告,征收土地公告,2024-03-02,云埔街道,刘村社区,王五,电话020-82110000
"""
POLICY = f"""广州市黄埔区旧村改造补偿指引
穗埔府规〔2023〕5号
第一条 为规范旧村改造补偿，制定本指引。
第二条 咨询电话{MOBILE}，款项付至账号{CARD}。
第三条 本指引自2023年5月1日起施行，有效期五年。
广州市黄埔区人民政府
2023年4月20日
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return bundled_catalogue(tmp_path)


@pytest.fixture
def desk(catalogue: Path) -> Iterator[ImportDesk]:
    queries = CatalogueQueries(catalogue)
    yield ImportDesk(queries)
    queries.close()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def report() -> str:
    cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): 7}, {}, [1] * 12)
    texts = {name: str(count) for name, count in cells.items()}
    return as_pipes(Written(texts, year=2024, narrative=f"咨询请拨打{MOBILE}，账号{CARD}。"))


def found(preview: FilePreview) -> list[tuple[str, PersonalKind, str]]:
    return [(note.field, note.kind, note.masked) for note in preview.personal]


def held(catalogue: Path) -> list[str]:
    """Which of the numbers the file holds anywhere, also in pages that are free again."""
    content = catalogue.read_bytes()
    return [secret for secret in SECRETS if secret.encode() in content]


def test_a_ledger_is_flagged_row_by_row_and_saved_as_it_is(
    desk: ImportDesk, catalogue: Path, tmp_path: Path
) -> None:
    (preview,) = desk.preview([write(tmp_path, "l.csv", LEDGER)])
    assert found(preview) == [
        ("note", PersonalKind.MOBILE, "138****5678"),
        ("owners", PersonalKind.ID_NUMBER, "440***********1232"),
    ]
    first, second = sentences(preview.personal, mask=False)
    assert "第 2 行的备注中有手机号码 138****5678" in first
    assert "按原样保存" in first
    assert "身份证号码" in second
    assert not any(secret in first + second for secret in SECRETS)
    desk.save([preview])
    assert set(held(catalogue)) == {PERSON, MOBILE}


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("l.csv", LEDGER, ImportKind.RECORDS),
        ("n.txt", NOTICE, ImportKind.NOTICE),
        ("p.txt", POLICY, ImportKind.POLICIES),
        (f"陈工{MOBILE}.txt", "", ImportKind.REPORT),
    ],
)
def test_masked_nothing_of_it_is_in_the_catalogue(
    desk: ImportDesk, catalogue: Path, tmp_path: Path, name: str, text: str, kind: ImportKind
) -> None:
    text = text or report()
    previews = desk.preview([write(tmp_path, name, text)], kind, mask_personal=True)
    assert previews[0].error is None
    assert previews[0].personal
    outcome = desk.save(previews)
    assert outcome.batch
    assert held(catalogue) == []
    again = desk.preview([write(tmp_path, name, text)], kind, mask_personal=True)
    assert again[0].count(ChangeKind.UNCHANGED) == again[0].read, "masked again it is the same"


def test_a_notice_is_searched_beyond_its_fields(desk: ImportDesk, tmp_path: Path) -> None:
    (preview,) = desk.preview([write(tmp_path, "n.txt", NOTICE)])
    notes = {(note.field, note.masked, note.kept) for note in preview.personal}
    assert ("location", "138****5678", True) in notes
    assert ("phones", "139 **** 5678", False) in notes, "perhaps an office's own number: a question, no more"
    assert ("text", "440***********1232", False) in notes
    assert [note.masked for note in preview.personal if note.kind is PersonalKind.BANK_ACCOUNT] == [
        "***************0128"
    ]
    assert "只在原文中" in sentences([n for n in preview.personal if not n.kept], mask=False)[0]


def test_clauses_of_a_policy_keep_their_positions(desk: ImportDesk, tmp_path: Path) -> None:
    previews = desk.preview([write(tmp_path, "p.txt", POLICY)], ImportKind.POLICIES, mask_personal=True)
    value = previews[0].items[0].item.value
    assert value is not None
    second = msgspec.json.decode(value, type=StoredPolicy).clauses[1]
    assert "138****5678" in second.text
    assert len(second.text) == second.end - second.start
    assert [note.where for note in previews[0].personal] == ["“第二条”", "“第二条”"]


class Window:
    """The import session as a window has it, at once."""

    def __init__(self, catalogue: Path, folder: Path) -> None:
        self.queries = CatalogueQueries(catalogue)
        self.session = ImportSession(
            ImportDesk(self.queries),
            self.queries,
            ImmediateExecutor(),
            lambda _: None,
            MappingMemory(folder / "mappings.json"),
        )


@pytest.fixture
def window(catalogue: Path, tmp_path: Path) -> Iterator[Window]:
    made = Window(catalogue, tmp_path)
    yield made
    made.queries.close()


def test_the_tick_masks_files_that_are_there_and_that_come(
    window: Window, catalogue: Path, tmp_path: Path
) -> None:
    files = window.session.list
    files.add_files([write(tmp_path, "l.csv", LEDGER)], "test")
    (file,) = files.files
    assert file.figures.personal == 2
    files.mask_personal(True, "test")
    files.add_text(NOTICE, "test")
    ledger, notice = files.files
    assert (ledger.figures.personal, notice.figures.personal) == (0, 0)
    assert "保存时隐去" in ledger.personal()[0]
    assert ledger.preview is not None
    assert any("138****5678" in str(one.new) for one in ledger.preview.changes[0].fields), (
        "the changes shown are those that will be saved"
    )
    assert MOBILE in notice.text, "the text to compare with stays as it was written"
    files.mask_personal(False, "test")
    files.mask_personal(True, "test")
    window.session.save("test")
    assert files.files == ()
    assert held(catalogue) == []


def test_without_the_tick_all_is_saved_as_written(window: Window, catalogue: Path, tmp_path: Path) -> None:
    files = window.session.list
    files.add_files([write(tmp_path, "l.csv", LEDGER)], "test")
    files.mask_personal(True, "test")
    files.mask_personal(False, "test")
    window.session.save("test")
    assert set(held(catalogue)) == {PERSON, MOBILE}


def test_a_number_typed_into_the_form_is_a_warning(window: Window) -> None:
    questions = window.session.questions
    assert "手机号码 138****5678" in questions.check("note", f"找{MOBILE}").warning
    assert questions.check("note", "找020-82110000").warning == ""
    texts = dict.fromkeys(FIELDS, "") | {"title": "公告", "kind": "征收土地公告", "owners": f"张三{PERSON}"}
    entry = questions.enter(texts, (), ())
    assert entry.record is not None
    assert written(entry.record, "owners") == f"张三{PERSON}"
    assert "440***********1232" in entry.warnings["owners"]


def test_a_record_by_hand_can_be_masked(window: Window, catalogue: Path) -> None:
    texts = dict.fromkeys(FIELDS, "") | {"title": "公告", "kind": "征收土地公告", "note": f"找{MOBILE}"}
    window.session.save_entry(window.session.questions.enter(texts, (), ()), "test", mask_personal=True)
    assert held(catalogue) == []
    assert len(window.session.batches) == 1
