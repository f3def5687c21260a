# SPDX-License-Identifier: MIT
"""Do Windows' own events come out as lines, whatever language they are in?

The entries have the shape that wevtutil gives them by documentation; none is of a real server.
"""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from tests.host.windows_system import WrittenWindows
from wizard.host import windows_events
from wizard.host.commands import Done
from wizard.host.system_log_lines import SystemLog

MARKS = ("NAKIVO", r"C:\Program Files\NAKIVO Backup & Replication")
SYSTEM, DEFENDER = "Windows event log, System", "Windows event log, Windows Defender"
CHANNELS = {SYSTEM: "System", DEFENDER: "Microsoft-Windows-Windows Defender/Operational"}


def event(
    provider: str,
    number: int,
    message: str,
    when: str = "2026-11-24T02:14:05.1234567Z",
    **data: str,
) -> str:
    values = "".join(f"<Data Name='{k}'>{escape(v)}</Data>" for k, v in data.items())
    return (
        "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
        f"<Provider Name='{provider}' Guid='{{555908d1-a6d7-4695-8e1e-26931d2012f4}}'/>"
        f"<EventID Qualifiers='49152'>{number}</EventID><Version>0</Version><Level>2</Level>"
        f"<TimeCreated SystemTime='{when}'/><EventRecordID>8123</EventRecordID>"
        "<Channel>System</Channel><Computer>BACKUP01</Computer><Security/></System>"
        f"<EventData>{values}<Binary>4E00</Binary></EventData>"
        f"<RenderingInfo Culture='de-DE'><Message>{escape(message)}</Message>"
        "<Level>Fehler</Level></RenderingInfo></Event>"
    )


CRASH = event(
    "Service Control Manager",
    7031,
    'Der Dienst "NAKIVO Backup &\r\nReplication Transporter" wurde unerwartet beendet.',
    param1="NAKIVO Backup & Replication Transporter",
    param2="1",
)
OTHERS = event("Service Control Manager", 7034, "Spooler beendet", param1="Spooler", param2="1")
CRASH_LINE = (
    '2026-11-24T02:14:05Z Service Control Manager 7031: Der Dienst "NAKIVO Backup & Replication '
    'Transporter" wurde unerwartet beendet. | param1=NAKIVO Backup & Replication Transporter '
    "| param2=1"
)
MEMORY = (
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>"
    "<Provider Name='Microsoft-Windows-Resource-Exhaustion-Detector'/><EventID>2004</EventID>"
    "<TimeCreated SystemTime='2026-11-24T03:00:00.000000000Z'/></System><UserData>"
    "<MemoryExhaustionInfo xmlns='http://www.microsoft.com/Windows/Resource/Exhaustion'>"
    "<SystemInfo><SystemCommitLimit>34359738368</SystemCommitLimit></SystemInfo><ProcessInfo>"
    "<Process_1><Name>java.exe</Name><ID>4100</ID></Process_1></ProcessInfo>"
    "</MemoryExhaustionInfo></UserData></Event>"
)
QUARANTINED = event(
    "Microsoft-Windows-Windows Defender",
    1117,
    "Microsoft Defender Antivirus hat Maßnahmen ergriffen.",
    Path=r"file:_C:\Program Files\NAKIVO Backup & Replication\transporter\java\tmp\a.part",
)


def windows(answers: dict[str, Done]) -> WrittenWindows:
    """A Windows whose logs all are there and empty, but for the answers by wevtutil's words."""
    known = {
        f"gli {channel}": Done(0, "numberOfLogRecords: 9", "") for channel in CHANNELS.values()
    }
    known["gli Application"] = Done(5, "", "Zugriff verweigert")
    known |= {f"qe {channel}": Done(0, "", "") for channel in CHANNELS.values()}
    return WrittenWindows(printed={f"wevtutil.exe {k}": v for k, v in (known | answers).items()})


def logs(answers: dict[str, Done]) -> dict[str, SystemLog]:
    told = windows_events.system_logs(MARKS, windows(answers))
    return {log.name: log for log in told}


def test_system_logs_when_services_fail_then_lines_of_ours_in_order_and_none_of_others() -> None:
    told = logs({"qe System": Done(0, f"{MEMORY}\n{OTHERS}\n{CRASH}\n", "")})[SYSTEM]
    assert told.unread == ""
    assert told.lines == (
        CRASH_LINE,
        "2026-11-24T03:00:00Z Microsoft-Windows-Resource-Exhaustion-Detector 2004: "
        "| SystemCommitLimit=34359738368 | Name=java.exe | ID=4100",
    )


def test_system_logs_when_defender_names_our_path_then_it_is_told_in_any_case() -> None:
    off = event("Microsoft-Windows-Windows Defender", 5001, "Echtzeitschutz ist deaktiviert.")
    lower = QUARANTINED.replace("NAKIVO", "nakivo")
    other = QUARANTINED.replace("NAKIVO", "Other")
    answer = Done(0, other + lower + off, "")
    told = logs({f"qe {CHANNELS[DEFENDER]}": answer})[DEFENDER]
    assert [line.partition(": ")[0][21:] for line in told.lines] == [
        "Microsoft-Windows-Windows Defender 5001",
        "Microsoft-Windows-Windows Defender 1117",
    ]


UNREAD = {
    "closed": ("qe System", Done(5, "", "Zugriff verweigert"), "log_unread_no_permission"),
    "failed": ("qe System", Done(15001, "", "Die Abfrage ist falsch"), "log_unread_no_answer"),
    "says nothing of itself": ("gli System", Done(0, "", ""), "log_unread_no_answer"),
    "broken": ("qe System", Done(0, CRASH.replace("</System>", ""), ""), "log_unread_damaged"),
    "without a time": (
        "qe System",
        Done(0, CRASH.replace("SystemTime", "x"), ""),
        "log_unread_damaged",
    ),
}


@pytest.mark.parametrize("kind", UNREAD)
def test_system_logs_when_a_log_gives_no_answer_then_its_reason_is_told(kind: str) -> None:
    asked, answer, reason = UNREAD[kind]
    told = logs({asked: answer})
    assert (told[SYSTEM].lines, told[SYSTEM].unread) == ((), reason)
    assert told[DEFENDER].unread == ""


def test_system_logs_when_there_is_no_such_log_then_it_is_left_out() -> None:
    assert DEFENDER not in logs({f"gli {CHANNELS[DEFENDER]}": Done(15007, "", "nicht gefunden")})


def test_system_logs_when_windows_is_silent_then_nothing_more_is_asked() -> None:
    silent = windows({})
    silent.silent = True
    told = windows_events.system_logs(MARKS, silent)
    assert [log.unread for log in told] == ["log_unread_silent"] * 3
    assert len(silent.ran) == 1


def test_system_logs_when_an_entry_holds_what_xml_forbids_then_it_is_read_all_the_same() -> None:
    odd = CRASH.replace("wurde", "wu\x01r&#x1;de")
    assert len(logs({"qe System": Done(0, odd, "")})[SYSTEM].lines) == 1


def test_query_when_a_log_is_asked_then_only_its_events_of_the_last_days_and_at_most_so_many() -> (
    None
):
    seen = windows({})
    windows_events.system_logs(MARKS, seen)
    words = next(ran for ran in seen.ran if ran[1:3] == ("qe", "System"))
    assert "[timediff(@SystemTime) <= 1209600000]" in words[3]
    assert "Provider[@Name='Service Control Manager'] and (EventID=7000 or " in words[3]
    assert words[4:] == ("/f:RenderedXml", "/rd:true", "/c:500", "/uni:true")
