"""The JSON of `village`, `project`, `deadlines` and `gaps`: keys are stable, dates ISO as far as known.

A record is as `find` prints it. A stage is
``{"stage", "state", "seen", "article", "sentence", "records": [ids]}`` with the states out_of_order, too_short,
late, missing, unknown, not_applicable and done; a deadline
``{"kind", "record", "title", "opens", "closes", "days_left", "article", "sentence", "working_days",
"on_rest_day", "moved_from"}``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hpviewer.exporting.record_json import record_item
from hpviewer.places.place import Match
from hpviewer.records.deadlines import Deadline
from hpviewer.records.stage import StageResult
from hpviewer.session.deadline_list import DeadlineList
from hpviewer.session.gaps import Gaps, PlaceGaps
from hpviewer.session.linked_projects import ProjectPage
from hpviewer.session.village import VillagePage
from hpviewer.session.village_policies import VillagePolicy
from hpviewer.wording import say


def village_document(query: str, page: VillagePage, others: Iterable[Match]) -> dict[str, Any]:
    """``{"query", "place": {"code", "name", "level", "town", "located"}, "others": [places that it may mean, too],
    "on", "data_date", "going_on": [], "projects": [as in project_item, without records], "records": [],
    "deadlines": [], "policies": [as in policy_item], "policies_note", "contact", "contact_source": {"record", "date"},
    "unknown": [], "notice"}``; records newest first; ``contact`` is as the record words it, null when none does."""
    place = page.place
    return {
        "query": query,
        "place": {
            "code": place.code,
            "name": place.name,
            "level": place.level.value,
            "town": page.town,
            "located": page.located,
        },
        "others": [
            {"code": one.code, "name": one.name, "level": one.level.value, "town": one.town} for one in others
        ],
        "on": page.on.isoformat(),
        "data_date": page.data_date,
        "going_on": list(page.going_on),
        "projects": [project_item(one) for one in page.projects],
        "records": [record_item(one) for one in page.records],
        "deadlines": [deadline_item(one) for one in page.deadlines],
        "policies": [policy_item(one) for one in page.policies.items],
        "policies_note": page.policies.note,
        "contact": page.contact.text or None,
        "contact_source": {"record": page.contact.record_id, "date": page.contact.date}
        if page.contact.record_id
        else None,
        "unknown": list(page.unknown),
        "notice": page.notice,
    }


def policy_item(one: VillagePolicy) -> dict[str, Any]:
    """``{"id", "title", "doc_number", "status", "reason", "clause_text", "source_kind", "source_url", "question"}``."""
    policy = one.policy
    return {
        "id": policy.id,
        "title": policy.title,
        "doc_number": policy.doc_number,
        "status": one.status.value,
        "reason": one.reason,
        "clause_text": one.text,
        "source_kind": policy.source_kind.value,
        "source_url": policy.source_url,
        "question": one.question,
    }


def project_document(query: str, pages: Iterable[ProjectPage], data_date: str) -> dict[str, Any]:
    """``{"query", "data_date", "projects": [project_item and "records": [], "deadlines": []]}``; records by date."""
    return {
        "query": query,
        "data_date": data_date,
        "projects": [
            project_item(page)
            | {
                "records": [record_item(one) for one in page.records],
                "deadlines": [deadline_item(one) for one in page.deadlines],
            }
            for page in pages
        ],
    }


def project_item(page: ProjectPage) -> dict[str, Any]:
    """``{"key", "name", "record_ids", "links": [{"rule", "records", "reason"}], "towns", "communities", "areas_ha",
    "on", "law", "basis", "reached": {column: kind}, "stages": [], "other": [ids of records that are no
    stage], "caveats": []}``; ``areas_ha`` are the different areas that its records state, largest first."""
    timeline = page.timeline
    return {
        "key": page.group.key,
        "name": page.name,
        "record_ids": list(page.group.record_ids),
        "links": [
            {"rule": one.rule.value, "records": list(one.record_ids), "reason": one.sentence}
            for one in page.group.reasons
        ],
        "towns": [one.name for one in page.towns],
        "communities": [one.name for one in page.communities],
        "areas_ha": list(page.areas),
        "on": timeline.on.isoformat(),
        "law": timeline.law.name if timeline.law else None,
        "basis": timeline.basis,
        "reached": {column.value: kind.value for column, kind in timeline.reached.items()},
        "stages": [_stage(one) for one in timeline.stages],
        "other": list(timeline.other),
        "caveats": list(timeline.caveats),
    }


def deadlines_document(found: DeadlineList) -> dict[str, Any]:
    """``{"on", "data_date", "total", "deadlines": [deadline and "towns", "communities"], "unknown": [{"record",
    "title", "published", "reason"}]}``; what closes soonest comes first."""
    return {
        "on": found.on.isoformat(),
        "data_date": found.data_date,
        "total": len(found.items),
        "deadlines": [
            deadline_item(one.deadline)
            | {
                "towns": [place.name for place in one.detail.towns],
                "communities": [place.name for place in one.detail.communities],
            }
            for one in found.items
        ],
        "unknown": [
            {
                "record": one.detail.record.id,
                "title": one.detail.record.title,
                "published": str(one.detail.record.published or ""),
                "reason": one.sentence,
            }
            for one in found.unknown
        ],
    }


def gaps_document(gaps: Gaps) -> dict[str, Any]:
    """``{"on", "data_date", "average", "towns": [counts and "difference", "empty_communities", "communities":
    [counts]], "unresolved": [{"record", "title", "place_as_written"}]}`` with counts ``{"code", "name", "records",
    "last", "by_stage": {}, "by_year": {}, "without_source", "unmapped", "town_only", "projects",
    "incomplete_projects", "located"}``; the town with the largest shortfall first."""
    return {
        "on": gaps.on.isoformat(),
        "data_date": gaps.data_date,
        "average": round(gaps.average, 4),
        "towns": [
            _counts(town.own)
            | {
                "difference": round(town.difference, 4),
                "empty_communities": town.empty,
                "communities": [_counts(one) for one in town.communities],
            }
            for town in gaps.towns
        ],
        "unresolved": [
            {
                "record": one.record.id,
                "title": one.record.title,
                "place_as_written": one.record.place_as_written,
            }
            for one in gaps.unresolved
        ],
    }


def deadline_item(one: Deadline) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "record": one.record_id,
        "title": one.title,
        "opens": one.opens.isoformat(),
        "closes": one.closes.isoformat(),
        "days_left": one.days_left,
        "article": one.article,
        "sentence": one.sentence,
        "working_days": one.working,
        "on_rest_day": one.on_rest_day,
        "moved_from": one.moved_from.isoformat() if one.moved_from else None,
    }


def _stage(one: StageResult) -> dict[str, Any]:
    return {
        "stage": one.kind.value,
        "state": one.state.value,
        "seen": one.seen,
        "article": one.article,
        "sentence": one.sentence,
        "records": list(one.record_ids),
    }


def _counts(one: PlaceGaps) -> dict[str, Any]:
    return {
        "code": one.place.code,
        "name": one.place.name,
        "records": one.records,
        "last": one.last,
        "by_stage": {kind.value: count for kind, count in one.by_kind.items()},
        "by_year": {
            say("exporting.undated") if year is None else str(year): count
            for year, count in one.by_year.items()
        },
        "without_source": one.without_source,
        "unmapped": one.unmapped,
        "town_only": one.town_only,
        "projects": one.projects,
        "incomplete_projects": one.incomplete,
        "located": one.located,
    }
