# SPDX-License-Identifier: MIT
"""Applying and undoing: one setting, with a way back, whatever happens in between."""

from __future__ import annotations

import platform
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard.errors import BadInput, Refused
from wizard.fixes import plan, receipt
from wizard.fixes.apply import apply, make_folder, read_setting, undo
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.receipt import Receipt
from wizard.host.recorded import RecordedHost
from wizard.product import Product

KEY = "system.transporter.modern.arguments"
BEFORE = f"# made by hand\r\na=1\r\n{KEY} = -Xmx1g\r\nlast=x".encode()
AFTER = BEFORE.replace(b"-Xmx1g", b"-Xmx1g -DtempPath=/data/tmp")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "product" / "my settings.properties"
    path.parent.mkdir()
    path.write_bytes(BEFORE)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def applied(file: Path, data: Path, product: Product, temp_path: str = "/data/tmp") -> Receipt:
    made = apply(str(file), KEY, temp_path, product, data=data)
    assert made is not None
    return made


def stored(data: Path) -> list[Path]:
    return sorted(path for path in data.rglob("*") if path.is_file())


def test_apply_changes_the_setting_and_no_other_byte(
    file: Path, data: Path, product: Product
) -> None:
    applied(file, data, product)
    assert file.read_bytes() == AFTER


def test_apply_keeps_a_backup_and_a_receipt_that_tell_everything(
    file: Path, data: Path, product: Product
) -> None:
    made = applied(file, data, product)
    assert Path(made.backup).read_bytes() == BEFORE
    assert receipt.read(Path(made.path)) == made
    assert stored(data) == sorted([Path(made.backup), Path(made.path)])
    assert (made.before, made.after) == ("-Xmx1g", "-Xmx1g -DtempPath=/data/tmp")
    assert (made.file, made.key, made.host) == (str(file), KEY, platform.node())
    assert made.digests.file_before == receipt.sha256(BEFORE)
    assert made.digests.file_after == receipt.sha256(AFTER)
    assert datetime.now(UTC) - made.time < timedelta(minutes=1)


def test_apply_when_it_is_set_already_writes_nothing(
    file: Path, data: Path, product: Product
) -> None:
    applied(file, data, product)
    kept = stored(data)
    assert apply(str(file), KEY, "/data/tmp", product, data=data) is None
    assert stored(data) == kept


def test_apply_with_the_plans_digest_is_done(file: Path, data: Path, product: Product) -> None:
    digest = plan.make("-Xmx1g", "/data/tmp", product).digest
    made = apply(str(file), KEY, "/data/tmp", product, expected_digest=digest.upper(), data=data)
    assert made is not None


@pytest.mark.parametrize(
    ("value", "temp_path"),
    [("-Xmx2g", "/data/tmp"), ("-Xmx1g", "/data/other"), ("", "as of an unset variable")],
)
def test_apply_with_the_digest_of_another_plan_is_refused(
    file: Path, data: Path, product: Product, value: str, temp_path: str
) -> None:
    digest = plan.make(value, temp_path, product).digest if value else ""
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/tmp", product, expected_digest=digest, data=data)
    assert told.value.text == "arguments.error.stale"
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])


def test_apply_of_a_refused_plan_changes_nothing(file: Path, data: Path, product: Product) -> None:
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/my tmp", product, data=data)
    assert told.value.text == "arguments.refused.path_space"
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])


def test_apply_of_another_key_is_bad_input(file: Path, data: Path, product: Product) -> None:
    with pytest.raises(BadInput):
        apply(str(file), "another.key", "/data/tmp", product, data=data)
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])


def test_apply_when_the_backup_cannot_be_written_changes_nothing(
    file: Path, data: Path, product: Product
) -> None:
    data.write_text("in the way")
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/tmp", product, data=data)
    assert told.value.text == "arguments.error.no_backup"
    assert file.read_bytes() == BEFORE


def test_apply_when_another_program_writes_meanwhile_leaves_its_bytes(
    file: Path, data: Path, product: Product
) -> None:
    def another_program(step: str) -> None:
        if step == "written":
            file.write_bytes(b"theirs")

    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/tmp", product, data=data, step=another_program)
    assert told.value.text == "arguments.file.changed_meanwhile"
    assert file.read_bytes() == b"theirs"


def test_apply_that_fails_before_the_swap_leaves_no_receipt(
    file: Path, data: Path, product: Product
) -> None:
    def full(step: str) -> None:
        if step == "created":
            raise OSError(28, "No space left on device")

    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/tmp", product, data=data, step=full)
    assert told.value.text == "arguments.file.disk_full"
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])


def test_apply_whose_result_is_written_over_at_once_is_not_called_done(
    file: Path, data: Path, product: Product
) -> None:
    def another_program(step: str) -> None:
        if step == "replaced":
            file.write_bytes(BEFORE + b"\r\n")

    with pytest.raises(Refused) as told:
        apply(str(file), KEY, "/data/tmp", product, data=data, step=another_program)
    assert told.value.text == "arguments.error.not_verified"
    assert Path(str(told.value.values["receipt"])).is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows can't swap a file that is locked")
def test_apply_when_another_change_comes_right_behind_then_it_is_kept_out_until_this_is_told(
    file: Path, data: Path, product: Product
) -> None:
    def another_change(step: str) -> None:
        if step == "replaced":
            with pytest.raises(Refused) as told:
                apply(str(file), KEY, "/data/other", product, data=data)
            assert told.value.text == "arguments.file.locked"

    assert apply(str(file), KEY, "/data/tmp", product, data=data, step=another_change) is not None
    assert applied(file, data, product, "/data/other").after == "-Xmx1g -DtempPath=/data/other"


def test_undo_puts_back_the_same_bytes(file: Path, data: Path, product: Product) -> None:
    made = applied(file, data, product)
    taken_back = undo(made, data=data)
    assert taken_back is not None
    assert (taken_back.before, taken_back.after) == (made.after, made.before)
    assert file.read_bytes() == BEFORE


def test_undo_keeps_what_was_changed_meanwhile(file: Path, data: Path, product: Product) -> None:
    made = applied(file, data, product)
    file.write_bytes(AFTER.replace(b"a=1", b"a=2") + b"\r\nnew=1")
    undo(made, data=data)
    assert file.read_bytes() == BEFORE.replace(b"a=1", b"a=2") + b"\r\nnew=1"


def test_undo_when_the_old_value_is_there_writes_nothing(
    file: Path, data: Path, product: Product
) -> None:
    made = applied(file, data, product)
    file.write_bytes(BEFORE + b"\r\nnew=1")
    assert undo(made, data=data) is None
    assert file.read_bytes() == BEFORE + b"\r\nnew=1"


def test_undo_when_the_setting_has_a_third_value_is_refused(
    file: Path, data: Path, product: Product
) -> None:
    made = applied(file, data, product)
    applied(file, data, product, "/data/third")
    third = file.read_bytes()
    with pytest.raises(Refused) as told:
        undo(made, data=data)
    assert told.value.text == "arguments.error.changed_since"
    assert file.read_bytes() == third


def test_undo_of_an_undo_makes_the_change_again(file: Path, data: Path, product: Product) -> None:
    taken_back = undo(applied(file, data, product), data=data)
    assert taken_back is not None
    undo(taken_back, data=data)
    assert file.read_bytes() == AFTER


def test_undo_in_json_gives_the_same_bytes_with_its_own_spelling(
    tmp_path: Path, data: Path, product: Product
) -> None:
    file = tmp_path / "a.profile"
    content = f'\ufeff{{\n "{KEY}": "-Da=\\u0041\\/ -DtempPath=/old -Db"\n}}'.encode("utf-16-le")
    file.write_bytes(content)
    made = applied(file, data, product)
    assert read_setting(str(file), KEY).value == "-Da=A/ -DtempPath=/data/tmp -Db"
    undo(made, data=data)
    assert file.read_bytes() == content


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """Makes a real folder on a recorded computer."""
    facts = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True}
    (tmp_path / "place").mkdir()
    step = FolderStep(str(tmp_path / "place" / "dtmp"), "bhsvc")
    return Maker(RecordedHost({"facts": facts}, tmp_path), step)


def test_apply_with_a_folder_makes_it_and_notes_it_in_the_receipt(
    file: Path, data: Path, product: Product, maker: Maker
) -> None:
    made = apply(str(file), KEY, maker.step.path, product, data=data, folder=maker)
    assert made is not None
    assert made.folder is not None
    assert (made.folder.path, made.folder.owner) == (maker.step.path, "bhsvc")
    assert Path(maker.step.path).is_dir()
    assert receipt.read(Path(made.path)) == made


def test_apply_when_the_folder_can_not_be_made_changes_nothing(
    file: Path, data: Path, product: Product, maker: Maker
) -> None:
    Path(maker.step.path).parent.rmdir()
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, maker.step.path, product, data=data, folder=maker)
    assert told.value.text == "arguments.error.folder_by_hand"
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])


@pytest.mark.parametrize("room", [0, 4096])  # for neither, or for the backup and not the receipt
def test_apply_whose_backups_disk_is_really_full_changes_nothing(
    file: Path, product: Product, maker: Maker, small_disk: Path, room: int
) -> None:
    fill(small_disk, room)
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, maker.step.path, product, data=small_disk, folder=maker)
    assert told.value.text == "arguments.error.no_backup"
    assert file.read_bytes() == BEFORE
    assert stored(small_disk) == [small_disk / "rest"]
    assert not Path(maker.step.path).exists()


def test_apply_to_a_file_on_a_really_full_disk_leaves_the_old_one_and_no_folder(
    data: Path, product: Product, maker: Maker, small_disk: Path
) -> None:
    file = small_disk / "settings.properties"
    file.write_bytes(BEFORE)
    fill(small_disk, 0)
    with pytest.raises(Refused) as told:
        apply(str(file), KEY, maker.step.path, product, data=data, folder=maker)
    assert told.value.text == "arguments.file.disk_full"
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])
    assert not Path(maker.step.path).exists()


def fill(disk: Path, room: int) -> None:
    """Leave so many bytes free; folders take none on a disk in memory."""
    for name in ("backups", "receipts"):
        (disk / name).mkdir()
    (disk / "rest").write_bytes(bytes(shutil.disk_usage(disk).free - room))


@pytest.mark.parametrize("failing", ["folder-made", "receipt-written", "created", "synced"])
def test_apply_that_fails_behind_the_folder_takes_it_back(
    file: Path, data: Path, product: Product, maker: Maker, failing: str
) -> None:
    def fail(step: str) -> None:
        if step == failing:
            raise Refused("arguments.file.disk_full", path="x", folder="x", reason="x")

    with pytest.raises(Refused):
        apply(str(file), KEY, maker.step.path, product, data=data, step=fail, folder=maker)
    assert (file.read_bytes(), stored(data)) == (BEFORE, [])
    assert not Path(maker.step.path).exists()


def test_apply_that_fails_behind_the_swap_keeps_the_folder_that_the_file_names(
    file: Path, data: Path, product: Product, maker: Maker
) -> None:
    def fail(step: str) -> None:
        if step == "replaced":
            raise Refused("arguments.file.disk_full", path="x", folder="x", reason="x")

    with pytest.raises(Refused):
        apply(str(file), KEY, maker.step.path, product, data=data, step=fail, folder=maker)
    assert maker.step.path.encode() in file.read_bytes()
    assert Path(maker.step.path).is_dir()
    assert len(stored(data)) == 2


def test_make_folder_alone_leaves_a_receipt_of_its_own(data: Path, maker: Maker) -> None:
    made = make_folder(maker, data=data)
    assert Path(maker.step.path).is_dir()
    assert receipt.read_any(Path(made.path)) == made
    assert stored(data) == [Path(made.path)]
    with pytest.raises(BadInput):
        receipt.read(Path(made.path))


def test_make_folder_whose_receipt_can_not_be_written_is_taken_back(
    data: Path, maker: Maker
) -> None:
    data.write_text("in the way")
    with pytest.raises(Refused) as told:
        make_folder(maker, data=data)
    assert told.value.text == "arguments.error.no_backup"
    assert not Path(maker.step.path).exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from wizard import product
from wizard.fixes import apply
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.host.live import live_host

def stop(step):
    if step == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

file, data, key, folder = sys.argv[1], Path(sys.argv[2]), sys.argv[4], sys.argv[5]
maker = Maker(live_host(), FolderStep(folder, None))
apply.apply(file, key, "/data/tmp", product.load(), data=data, step=stop, folder=maker)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize(
    ("step", "is_new"),
    [
        ("backed-up", False),
        ("folder-made", False),
        ("receipt-written", False),
        ("created", False),
        ("written", False),
        ("synced", False),
        ("replaced", True),
    ],
)
def test_apply_killed_at_any_step_leaves_the_old_file_or_the_new_one_with_a_way_back(
    file: Path, data: Path, product: Product, step: str, is_new: bool
) -> None:
    folder = file.parent / "dtmp"
    command = [sys.executable, "-c", KILLED, str(file), str(data), step, KEY, str(folder)]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert file.read_bytes() == (AFTER if is_new else BEFORE)
    assert folder.is_dir() is (step != "backed-up")
    assert [path.read_bytes() for path in data.glob("backups/*")] == [BEFORE]
    for path in data.glob("receipts/*"):
        undo(receipt.read(path), data=data)
    assert file.read_bytes() == BEFORE
    applied(file, data, product)
    assert file.read_bytes() == AFTER


def test_apply_makes_a_receipt_that_undo_follows_and_that_names_its_file_for_good(
    file: Path, data: Path, product: Product
) -> None:
    made = applied(file, data, product)
    path = Path(made.path)
    assert receipt.read(path) == made
    path.write_text(path.read_text().replace("my settings", "other"))
    with pytest.raises(Refused) as told:
        receipt.read(path)
    assert told.value.text == "arguments.error.receipt_altered"


HOMELESS = """
import os, sys
from wizard import product
from wizard.errors import BadInput
from wizard.fixes import apply

os.chdir(sys.argv[1])
os.rmdir(sys.argv[1])
try:
    apply.apply("settings.properties", "a", "/data/tmp", product.load())
except BadInput as told:
    print(told.text)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that is in use")
def test_apply_in_a_folder_that_was_removed_is_bad_input(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    command = [sys.executable, "-c", HOMELESS, str(tmp_path / "gone")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("arguments.error.no_working_folder\n", "")
