"""One sheet -> one Notice: values from the field readers, where each came from, and the flags."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal

from hpviewer.importing.notice.approval import read_approval_number, read_approval_title, read_approved
from hpviewer.importing.notice.area_words import TotalArea, read_total
from hpviewer.importing.notice.checks import Dates, area_flags, date_flags
from hpviewer.importing.notice.closing import read_attachments, read_issuer
from hpviewer.importing.notice.head import Head, read_head
from hpviewer.importing.notice.land_choice import LandChoice, choose
from hpviewer.importing.notice.land_table import read_land_tables
from hpviewer.importing.notice.land_use import TOP, read_groups, wholly
from hpviewer.importing.notice.notice import Notice, Origin, Source
from hpviewer.importing.notice.owners import read_owners
from hpviewer.importing.notice.periods import Period, page_date, read_periods, read_signed
from hpviewer.importing.notice.place_words import PlaceFinder, read_places
from hpviewer.importing.notice.recourse import (
    read_claim_places,
    read_contacts,
    read_phones,
    read_review,
)
from hpviewer.importing.notice.sheet import Found, Sheet
from hpviewer.importing.notice.site import bounds_of, read_location, read_project, read_purpose
from hpviewer.importing.notice.stage import stage_of
from hpviewer.records.area import Area, AreaUnit
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.contact import contact_note
from hpviewer.records.document_number import DocumentNumber
from hpviewer.records.kind import Kind
from hpviewer.records.land_classes import format_land_classes
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.wording import say

_SELF_APPROVING = (Kind.APPROVAL, Kind.SCHEME_APPROVAL)


class Assembly:
    """Reads one notice. ``offset`` is where its part begins in the document's text."""

    def __init__(
        self,
        sheet: Sheet,
        metadata: Mapping[str, str],
        title: str,
        source_id: str,
        places: PlaceFinder | None,
        *,
        offset: int = 0,
    ) -> None:
        self._sheet = sheet
        self._metadata = metadata
        self._title = title
        self._source_id = source_id
        self._places = places
        self._offset = offset
        self._sources: list[Source] = []
        self._flags: list[str] = []

    def notice(self) -> Notice:
        sheet = self._sheet
        head = read_head(sheet, self._title, self._metadata)
        number = head.number.value if head.number else None
        signed = read_signed(sheet, head.body_at)
        page = page_date(self._metadata, sheet)
        year = number.year if number else (signed.value.year if signed else page[0].year if page else None)
        kind = stage_of(
            head.all_titles, sheet.text[head.body_at :], head.addressee, number.word if number else "", year
        )
        renewal = kind.column is Column.RENEWAL
        approval = read_approval_number(sheet, head, is_approval=kind in _SELF_APPROVING)
        if head.number and number and number.is_approval and kind not in _SELF_APPROVING:
            number = None
        doc_number = self._number("doc_number", head.number if number else None)
        approval_number = self._number("approval_number", approval)
        title = self._read_title(head, doc_number)
        self._note("kind", kind.value, head.title)
        published = self._read_published(signed, page, number)
        issuer = read_issuer(sheet, head, signed)
        approved = self._read_approved(kind, head, issuer, signed)
        periods = read_periods(sheet)
        total, land = self._read_area(renewal=renewal)
        project = read_project(sheet, head.all_titles)
        location = read_location(sheet)
        owners, owner_places = read_owners(sheet, head.all_titles, head.addressee)
        for place in owner_places:
            self._add("owners", "、".join(owner.name for owner in place.owners), place.start, place.end)
        zones = [(place.start, place.end) for place in owner_places]
        zones.extend((zone.start, zone.end) for zone in (location, project, head.title) if zone)
        zones.append((head.body_at, min(len(sheet.text), head.body_at + 600)))
        where = read_places(sheet, self._places, owners, zones)
        for start, end in where.spans:
            self._add("place_as_written", sheet.folded.written(*_clip(start, end, sheet)), start, end)
        for doubt in where.doubts:
            self._flags.append(say("importing_notice.flag.place_doubtful", written=doubt))
        approval_title = read_approval_title(sheet)
        purpose = read_purpose(sheet)
        contacts, phones = read_contacts(sheet), read_phones(sheet)
        claim_places = read_claim_places(sheet)
        review = read_review(sheet)
        attachments = read_attachments(sheet, head.body_at)
        for name, found in (
            ("issuer", issuer), ("project", project), ("location", location), ("approval_title", approval_title),
            ("purpose", purpose), ("review", review),
        ):  # fmt: skip
            self._note(name, found.value if found else "", found)
        for name, several in (("contacts", contacts), ("phones", phones), ("attachments", attachments)):
            for one in several:
                self._note(name, one.value, one)
        asked = ([one.value for one in each] for each in (contacts, phones, claim_places))
        whom = contact_note(*asked)
        for one in (*contacts, *phones, *claim_places):
            if one.value in whom:
                self._note("note", one.value, one)
        notice_from, notice_to = self._period("notice", periods.notice, periods.notice_until)
        works_from, works_to = self._period("implementation", periods.implementation)
        register_from, register_to = self._period(
            "registration", periods.registration, periods.registration_until
        )
        if periods.notice_days:
            self._note("notice_days", periods.notice_days.value, periods.notice_days)
        self._flags.extend(date_flags(Dates(published, approved, periods)))
        source_url = self._metadata.get("Url", "")
        record = Record(
            id="",
            column=kind.column,
            kind=kind,
            title=title,
            doc_number=doc_number,
            approval_number=approval_number,
            issuer=issuer.value if issuer else "",
            published=published,
            approved=approved,
            notice_from=notice_from,
            notice_to=notice_to,
            project=project.value if project else "",
            location=location.value if location else "",
            area_ha=total.found.value.hectares if total else None,
            land_classes=land.group.classes if land.group else (),
            owners=tuple(owner.name for owner in owners),
            towns=where.towns,
            communities=where.communities,
            place_as_written=where.written,
            source_kind=_source_kind(source_url),
            source_name=self._metadata.get("ContentSource", ""),
            source_url=source_url,
            note=whom,
            flags=tuple(dict.fromkeys(self._flags)),
        )
        record = _identified(record, self._source_id)
        return Notice(
            record,
            tuple(self._sources),
            approval_title=approval_title.value if approval_title else "",
            purpose=purpose.value if purpose else "",
            area_written=str(total.found.value) if total and total.found.end else "",
            bounds=bounds_of(record.location),
            notice_days=periods.notice_days.value if periods.notice_days else "",
            implementation_from=works_from,
            implementation_to=works_to,
            registration_from=register_from,
            registration_to=register_to,
            contacts=tuple(one.value for one in contacts),
            phones=tuple(one.value for one in phones),
            review=review.value if review else "",
            attachments=tuple(one.value for one in attachments),
            source_id=self._source_id,
        )

    def _add(self, field: str, value: str, start: int, end: int, origin: Origin = Origin.TEXT) -> None:
        first, last = self._sheet.folded.span(start, end) if end > start else (0, 0)
        written = self._sheet.folded.shown[first:last]
        shift = self._offset if last > first else 0
        self._sources.append(Source(field, value, written, first + shift, last + shift, origin))

    def _note(
        self, field: str, value: str, found: Found[str] | Found[PartialDate] | Found[Area] | None
    ) -> None:
        if value and found is not None:
            self._add(
                field, value, found.start, found.end, Origin.TEXT if found.end > found.start else Origin.PAGE
            )
        elif value:
            self._add(field, value, 0, 0, Origin.PAGE if field == "title" else Origin.DERIVED)

    def _number(self, field: str, found: Found[DocumentNumber] | None) -> str:
        if found is None:
            return ""
        value = str(found.value)
        origin = Origin.TEXT if found.end > found.start else Origin.PAGE
        self._add(field, value, found.start, found.end, origin)
        if found.value.damaged:
            self._flags.append(say("importing_notice.flag.number_damaged", number=value))
        return value

    def _read_title(self, head: Head, doc_number: str) -> str:
        own, page = (head.title.value if head.title else ""), head.page_title
        squeezed = re.sub(r"\s", "", page)
        if own and (not page or squeezed in own or len(own) >= len(squeezed) or head.all_titles[0] != page):
            self._note("title", own, head.title)
            return own
        if page:
            folded = page.replace("（", "(").replace("）", ")")
            at = self._sheet.text.find(folded)
            self._add("title", page, at if at >= 0 else 0, at + len(folded) if at >= 0 else 0,
                      Origin.TEXT if at >= 0 else Origin.PAGE)  # fmt: skip
            return page
        self._flags.append(say("importing_notice.flag.no_title"))
        if doc_number:
            self._add("title", doc_number, 0, 0, Origin.DERIVED)
        return doc_number

    def _read_published(
        self,
        signed: Found[PartialDate] | None,
        page: tuple[PartialDate, Found[PartialDate] | None] | None,
        number: DocumentNumber | None,
    ) -> PartialDate | None:
        """The day under the text; else the page's, unless the notice's number is of another year; else that year."""
        if signed:
            self._note("published", str(signed.value), signed)
            return signed.value
        if page and (number is None or number.damaged or abs(page[0].year - number.year) <= 1):
            date, found = page
            if found:
                self._add("published", str(date), found.start, found.end, Origin.PAGE)
            else:
                self._add("published", str(date), 0, 0, Origin.PAGE)
            return date
        if number and not number.damaged:
            year = PartialDate(number.year)
            if page:
                self._flags.append(say("importing_notice.flag.page_later", page=page[0], year=number.year))
            self._add("published", str(year), 0, 0, Origin.DERIVED)
            return year
        return None

    def _read_approved(
        self, kind: Kind, head: Head, issuer: Found[str] | None, signed: Found[PartialDate] | None
    ) -> PartialDate | None:
        if kind is Kind.APPROVAL and signed and issuer and head.number and head.number.value.is_approval:
            # The day under an approval is the day of approval; a forwarding letter has no number of that kind.
            self._note("approved", str(signed.value), signed)
            return signed.value
        approved = read_approved(self._sheet)
        if approved:
            self._note("approved", str(approved.value), approved)
        return approved.value if approved else None

    def _period(
        self, name: str, period: Period | None, until: Found[PartialDate] | None = None
    ) -> tuple[PartialDate | None, PartialDate | None]:
        if period is None:
            if until is None:
                return None, None
            self._note(f"{name}_to", str(until.value), until)
            return None, until.value
        self._note(f"{name}_from", str(period.first.value), period.first)
        self._note(f"{name}_to", str(period.last.value), period.last)
        return period.first.value, period.last.value

    def _read_area(self, *, renewal: bool) -> tuple[TotalArea | None, LandChoice]:
        sheet = self._sheet
        total = read_total(sheet, renewal=renewal)
        tables = read_land_tables(sheet)
        if total is None:
            stated = next((table for table in tables if table.total), None)
            if stated and stated.total:
                total = TotalArea(Found(stated.total, *stated.total_at), ())
        groups = read_groups(sheet)
        if total and not groups and not tables:
            whole = wholly(sheet, total.found.value)
            groups = [whole] if whole else []
        land = choose(groups, tables, total)
        if (
            renewal
            and land.group
            and total
            and abs(land.group.total - total.found.value.exact_hectares) > Decimal("0.0001")
        ):
            # Renewal schemes quote figures of planned use; only a division of the whole is the land's.
            land = LandChoice(None, ())
        if (
            land.group
            and total is None
            and (len(land.group.classes) > 1 or land.group.classes[0].name in TOP)
        ):
            added = Area(land.group.total, AreaUnit.HECTARE)
            total = TotalArea(Found(added, 0, 0), ())
            self._add("area_ha", str(added.hectares), 0, 0, Origin.DERIVED)
            self._flags.append(
                say("importing_notice.flag.area_added", total=format(land.group.total.normalize(), "f"))
            )
        elif total:
            self._note("area_ha", str(total.found.value.hectares), total.found)
        if land.group:
            value = format_land_classes(land.group.classes)
            for start, end in land.spans:
                self._add("land_classes", value, start, end)
        if land.other:
            self._flags.append(
                say("importing_notice.flag.classes_twice", other=format_land_classes(land.other.classes))
            )
        self._flags.extend(area_flags(sheet, total, land.group, tables))
        return total, land


def _clip(start: int, end: int, sheet: Sheet) -> tuple[int, int]:
    return min(start, len(sheet.text)), min(end, len(sheet.text))


def _source_kind(url: str) -> SourceKind:
    host = re.match(r"https?://([^/]+)", url)
    if not host:
        return SourceKind.OWN
    return SourceKind.GOVERNMENT if host[1].endswith(".gov.cn") else SourceKind.COPY


def _identified(record: Record, source_id: str) -> Record:
    """The page's id, else the number, else a digest of what tells notices apart: title, day, area, place."""
    import dataclasses

    if source_id or record.doc_number:
        return dataclasses.replace(record, id=source_id or record.doc_number)
    told = "|".join(
        (record.title, str(record.published or ""), str(record.area_ha or ""), record.place_as_written)
    )
    return dataclasses.replace(record, id="notice-" + hashlib.sha256(told.encode()).hexdigest()[:12])
