# SPDX-License-Identifier: MIT
"""Which kinds of Graph requests were refused, and how that lies to the good answers before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wizard.nakivo import graph_answers
from wizard.nakivo.deciding_run import Run, Window
from wizard.nakivo.graph_answers import Answers, Good
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_group import Group, Shown, minute_of
from wizard.nakivo.log_signatures import Weight
from wizard.nakivo.log_times import shown
from wizard.nakivo.log_zones import as_written, comparable
from wizard.secret_patterns import mask

_MESSAGE_LENGTH = 500
_UNAUTHORIZED = "401"  # of the app's token, whatever the request


class Standing(StrEnum):
    """How the refusals of one kind of request lie to good answers to the same kind."""

    SINCE = "since"  # answered well before the newest run, not in it
    WITHIN = "within"  # answered well in the newest run, and only before its first refusal
    BETWEEN = "between"  # answered well after a refusal, in the newest run
    AFTERWARDS = "afterwards"  # answered well, and no refusal in the newest run
    CLEAN_RUN = "clean-run"  # no good answer seen; an earlier run has no such refusal
    NOT_SEEN = "not-seen"  # neither
    UNKNOWN = "unknown"  # no times to compare, or not all was kept


@dataclass(frozen=True)
class RejectedOperation:
    """One kind of request that was refused. The answer and the place are those of the newest.

    Without a name of any object: `path` is one of `operations.place_of`. Both it and `method` are
    empty where the log doesn't show them. Where `others` is set, requests of more kinds than are
    kept apart, it stays empty what they were and what they need. `since` is
    the first refusal behind `good_last` or `clean_until`.
    """

    method: str
    path: str
    status: int
    code: str
    inner_code: str
    message: str
    request_id: str
    answered: str  # Microsoft's own time of the answer
    permission_needed: str  # as the answer itself names it, or by Microsoft's table
    count: int
    recent: int
    earlier: int
    undated: int
    first: str | None
    last: str | None
    since: str | None
    standing: Standing
    good: int
    good_last: str | None
    clean_until: str | None
    file: str
    line: int
    others: bool = False
    objects: int = 0  # that were refused in the run that decides; 0 where no name is in the path
    weight: Weight = Weight.PROBLEM  # warning: it stops one mailbox or drive, not the backup


def told(
    group: Group,
    newest: Shown,
    counts: tuple[int, ...],
    answers: Answers,
    window: Window | None,
) -> RejectedOperation:
    """What a group of refusals says; `counts` are its recent and its earlier ones."""
    fields = {} if group.others else {k: str(value) for k, value in newest.fields.items()}
    method, path = graph_answers.kind_of(fields)
    good = answers.of((method, path)) if path else None
    standing, clean = _standing(group, good, window, is_whole=answers.is_whole)
    boundary = good.last if good and standing in (Standing.SINCE, Standing.WITHIN) else clean
    return RejectedOperation(
        method=method,
        path=path,
        status=int(fields.get("status") or 0),
        code=mask(fields.get("code", "")),
        inner_code=mask(fields.get("inner_code", "")),
        message=mask(fields.get("message", ""))[:_MESSAGE_LENGTH],
        request_id=fields.get("request_id", ""),
        answered=mask(fields.get("date", "")),
        permission_needed=fields.get("permission_needed", ""),
        count=group.count,
        recent=counts[0],
        earlier=counts[1],
        undated=group.undated,
        first=shown(group.first),
        last=shown(group.last),
        since=shown(_since(group, boundary)),
        standing=standing,
        good=good.count if good else 0,
        good_last=shown(good.last) if good else None,
        clean_until=shown(clean),
        file=newest.file,
        line=newest.line,
        others=group.others,
        objects=_objects(group, window),
        weight=group.signature.weight,
    )


def _objects(group: Group, window: Window | None) -> int:
    if window is None or group.others:
        return 0
    until = minute_of(window.until) if window.until else None
    return group.objects_within(minute_of(window.begin), until)


def bearing(group: Group, newest: Shown, answers: Answers, window: Window | None) -> Bearing:
    """What the lines of a group are worth; a refusal is worth less where the same was answered."""
    if not group.signature.is_refusal or group.bearing is not Bearing.DECIDES:
        return group.bearing
    fields = {} if group.others else {k: str(value) for k, value in newest.fields.items()}
    kind = graph_answers.kind_of(fields)
    standing, _ = _standing(group, answers.of(kind), window, is_whole=answers.is_whole)
    signed_in_again = fields.get("status") == _UNAUTHORIZED and answers.is_behind(group.last)
    answered = standing in (Standing.BETWEEN, Standing.WITHIN)
    return Bearing.ANSWERED if answered or signed_in_again else Bearing.DECIDES


def _standing(
    group: Group, good: Good | None, window: Window | None, *, is_whole: bool
) -> tuple[Standing, datetime | None]:
    """How it stands, and where only a run tells it, the end of the newest one without a refusal."""
    if group.last is None or window is None or group.others:
        return Standing.UNKNOWN, None
    runs, until = window.runs, window.until
    if good and until and comparable(good.last) >= until:
        return Standing.UNKNOWN, None  # of good answers in between none is kept
    first = group.first_after(minute_of(window.begin), minute_of(until) if until else None)
    if good is None:
        clean = _clean_run(group, runs) if first and is_whole else None
        seen = Standing.NOT_SEEN if is_whole else Standing.UNKNOWN
        return (Standing.CLEAN_RUN, clean) if clean else (seen, None)
    if first is None:
        after = comparable(good.last) > comparable(group.last)
        return Standing.AFTERWARDS if after else Standing.SINCE, None
    if comparable(good.last) > comparable(first):
        return Standing.BETWEEN, None
    within = comparable(good.last) >= window.begin
    return Standing.WITHIN if within else Standing.SINCE, None


def _clean_run(group: Group, runs: Sequence[Run]) -> datetime | None:
    """The end of the newest earlier run in which nothing of the kind was refused."""
    for begin, end in reversed(runs[:-1]):
        if group.forgotten and minute_of(begin) < group.forgotten:
            return None  # of that time nothing is known any more
        if not any(minute_of(begin) <= minute <= end for minute in group.minutes):
            return as_written(end, group.first) if group.first else end
    return None


def _since(group: Group, boundary: datetime | None) -> datetime | None:
    """The first refusal behind a moment; the first of all where there is none."""
    if boundary is None or group.first is None or comparable(group.first) > comparable(boundary):
        return group.first
    return group.first_after(minute_of(boundary) + timedelta(minutes=1)) or group.first
