from __future__ import annotations

from hpviewer.session.batch_words import source_words


def test_hundreds_of_files_are_told_by_the_first_and_their_number() -> None:
    assert source_words("a.xlsx") == "a.xlsx"
    assert source_words("甲.html、乙.html、丙.html") == "甲.html、乙.html、丙.html"
    many = "、".join(f"{at}.html" for at in range(300))
    assert source_words(many) == "0.html、1.html、2.html 等 300 个文件"
