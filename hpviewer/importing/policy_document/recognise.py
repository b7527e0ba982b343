"""Whether a document that reads like a notice is a policy: it sets rules instead of telling of one piece of land."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^[ \t\u3000]*第[一二三四五六七八九十百零〇\d]{1,5}条", re.MULTILINE)
_RULES = re.compile(
    r"(?:办法|细则|规定|条例|指引|意见|规则|规程|措施|标准|规范|解读|问答|(?:印发|修订|修改|废止|转发).{2,80}(?:通知|决定))(?:[（(].{1,20}[)）])?$"
)
_OF_ONE_PLACE = re.compile(r"公告|公示|批复|答复|告知书|决定书|复函")
_NORMATIVE = re.compile(r"规字?[〔\[（(【]")
_FEWEST_ARTICLES = 3


def looks_like_policy(title: str, doc_number: str, text: str) -> bool:
    """By its title and by what it is made of: articles of its own, a number of the register of normative documents, or an
    interpretation of another document."""
    if _OF_ONE_PLACE.search(title) or not _RULES.search(title.strip("《》 \u3000")):
        return False
    if len(_ARTICLE.findall(text)) >= _FEWEST_ARTICLES or _NORMATIVE.search(doc_number):
        return True
    return "解读" in title
