"""What outlives a page refresh: the whole session under the tab's secret, and nothing without it."""

from __future__ import annotations

import gc
import stat
import time
import weakref
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tiering.ingest import build_dataset, read_bytes, suggest_mapping
from tiering.scenario import Cuts, Scenario
from tiering.ui.base.keep import files
from tiering.ui.base.keep.vault import LASTS_SECONDS, MOST_KEPT, Vault, is_token, new_token
from tiering.ui.base.keep.writer import Writer
from tiering.ui.base.source import Source
from tiering.ui.base.state import Choices

ORDERS = """客户编号,订单日期,金额,备注
K1,2025-01-10,100.50,=1+1
K2,2025-02-10,200,
,2025-03-01,5,
K1,2025-04-01,-20.25,退
"""
DAY = 24 * 3600


def source_of(text: str, name: str = "订单.csv") -> Source:
    reading = read_bytes(text.encode(), name)
    return Source(name, "ab" * 32, reading, suggest_mapping(reading))


@pytest.fixture(scope="module")
def loaded() -> Choices:
    """A session with a file, an own scenario and a step to undo."""
    source = source_of(ORDERS)
    dataset = build_dataset([(source.reading, source.mapping, source.sha256, source.name)])
    first = Scenario(weights={"annual_revenue": 60}, cuts=Cuts(lines=(80.0, 50.0, 20.0)), as_of=date(2025, 4, 1))
    now = first.model_copy(update={"weights": {"annual_revenue": 0, "order_frequency": 7}})
    return Choices("zh", "saas", dataset, (source,), (), now, first, (first,), customer_id="K1", seq=9, goto="data")


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(lambda session: session.startswith("alive"), tmp_path)


class TestToken:
    def test_every_token_is_new_and_has_256_bits(self) -> None:
        tokens = {new_token() for _ in range(50)}
        assert len(tokens) == 50
        assert all(is_token(token) for token in tokens)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "a" * 42,
            "a" * 44,
            "../" + "a" * 40,
            "/" + "a" * 42,
            "a" * 42 + "\n",
            "a" * 42 + "。",
            "nothing",
            None,
            7,
        ],
    )
    def test_nothing_else_is_taken_for_a_token(self, text: object) -> None:
        assert not is_token(text)


class TestVault:
    def test_only_the_user_can_enter_and_no_name_tells_a_token(self, vault: Vault) -> None:
        token = new_token()
        folder = vault.own(token, "alive-1")
        assert [stat.S_IMODE(one.stat().st_mode) for one in (vault.root, folder)] == [0o700, 0o700]
        assert token not in str(folder)

    @pytest.mark.parametrize("found", ["../..", "", "x" * 43])
    def test_a_token_nobody_was_given_opens_nothing(self, vault: Vault, found: str) -> None:
        vault.own(new_token(), "gone-1")
        assert vault.take_over(found, "alive-2") is None

    def test_a_refreshed_tab_goes_on_with_its_folder(self, vault: Vault) -> None:
        token = new_token()
        folder = vault.own(token, "gone-1")
        assert vault.take_over(token, "alive-2") == (folder, "gone-1")
        assert vault.is_owner(token, "alive-2")
        assert not vault.is_owner(token, "gone-1")

    def test_a_duplicated_tab_leaves_the_folder_to_the_first(self, vault: Vault) -> None:
        token, own = new_token(), new_token()
        folder = vault.own(token, "alive-1")
        (folder / "choices.json").write_text("{}")
        assert vault.take_over(token, "alive-2") == (folder, "alive-1")
        assert vault.is_owner(token, "alive-1")
        copied = vault.copy(folder, own, "alive-2")
        assert copied != folder
        assert (copied / "choices.json").read_text() == "{}"

    def test_what_a_gone_session_left_is_removed_after_hours_and_a_living_one_keeps_its_own(self, vault: Vault) -> None:
        gone, living = vault.own(new_token(), "gone-1"), vault.own(new_token(), "alive-1")
        now = gone.stat().st_mtime
        vault.tidy(now + LASTS_SECONDS - 60)
        assert gone.is_dir()
        vault.tidy(now + LASTS_SECONDS + 60)
        assert not gone.exists()
        assert living.is_dir()

    def test_the_number_of_folders_is_bounded(self, vault: Vault) -> None:
        for number in range(MOST_KEPT + 3):
            vault.own(new_token(), f"gone-{number}")
        vault.tidy(vault.root.stat().st_mtime)
        assert len(list(vault.root.iterdir())) == MOST_KEPT

    def test_nothing_is_left_when_the_server_stops(self, vault: Vault) -> None:
        vault.own(new_token(), "alive-1")
        vault.close()
        assert not vault.root.exists()

    def test_forgetting_removes_the_folder(self, vault: Vault) -> None:
        token = new_token()
        folder = vault.own(token, "alive-1")
        vault.forget(token)
        assert not folder.exists()
        assert vault.take_over(token, "alive-1") is None


class TestFiles:
    def test_the_session_comes_back_whole(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        back = files.load(tmp_path, Choices)
        assert (back.language, back.sample, back.customer_id) == ("zh", "saas", "K1")
        assert (back.scenario, back.baseline, back.undo) == (loaded.scenario, loaded.baseline, loaded.undo)
        assert back.dataset.fingerprint == loaded.dataset.fingerprint
        assert back.dataset.orders.equals(loaded.dataset.orders)
        assert back.dataset.orders.schema == loaded.dataset.orders.schema
        assert back.dataset.customers == loaded.dataset.customers
        assert back.dataset.set_aside.equals(loaded.dataset.set_aside)
        assert back.dataset.sources == loaded.dataset.sources

    def test_what_passes_does_not_come_back(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        back = files.load(tmp_path, Choices)
        assert (back.seq, back.goto) == (0, None)

    def test_a_file_can_be_mapped_anew_after_it_came_back(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        (source,) = files.load(tmp_path, Choices).sources
        assert source.reading == loaded.sources[0].reading
        built = build_dataset([(source.reading, source.mapping, source.sha256, source.name)])
        assert built.fingerprint == loaded.dataset.fingerprint
        assert built.orders.equals(loaded.dataset.orders)

    def test_a_file_with_an_open_question_comes_back_with_its_bytes(self, tmp_path: Path) -> None:
        waiting = replace(
            source_of("客户,日期,金额\nA,3/4/2025,5\nB,5/6/2025,7\n"), content=b"raw", answers={"sheet": "*"}
        )
        files.save(tmp_path, Choices(waiting=(waiting,)))
        (back,) = files.load(tmp_path, Choices).waiting
        assert (back.content, back.answers, back.reading.questions) == (
            b"raw",
            {"sheet": "*"},
            waiting.reading.questions,
        )

    def test_only_the_user_can_read_a_file(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        written = [one for one in tmp_path.rglob("*") if one.is_file()]
        assert len(written) >= 5
        assert {stat.S_IMODE(one.stat().st_mode) for one in written} == {0o600}

    def test_a_weight_does_not_write_the_data_again(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        (table,) = tmp_path.glob("data-*/orders.parquet")
        before = table.stat()
        files.save(tmp_path, replace(loaded, scenario=Scenario(weights={"recency": 3})))
        assert table.stat() == before
        assert files.load(tmp_path, Choices).scenario.weights == {"recency": 3}

    def test_data_that_was_left_is_removed(self, loaded: Choices, tmp_path: Path) -> None:
        files.save(tmp_path, loaded)
        files.save(tmp_path, Choices(sample="saas"))
        assert not list(tmp_path.glob("data-*"))
        assert files.load(tmp_path, Choices).dataset is None

    @pytest.mark.parametrize("damage", ["", "{", '{"choices": {}}', '{"data": "data-0", "choices": {}}', "[1]"])
    def test_what_is_not_whole_is_not_taken(self, damage: str, tmp_path: Path) -> None:
        (tmp_path / files.CHOICES).write_text(damage)
        assert files.load(tmp_path, Choices) is None

    def test_a_choice_of_another_form_is_left_and_the_rest_kept(self, tmp_path: Path) -> None:
        files.save(tmp_path, Choices(language="zh", sample="saas"))
        entry = (tmp_path / files.CHOICES).read_text().replace('"language": "zh"', '"language": "fr"')
        (tmp_path / files.CHOICES).write_text(entry)
        back = files.load(tmp_path, Choices)
        assert (back.language, back.sample) == ("en", "saas")

    def test_every_choice_is_kept_or_said_to_pass(self, tmp_path: Path) -> None:
        files.save(tmp_path, Choices())
        kept = {key for key, _ in files.light(Choices)}
        passing = {one.name for one in fields(Choices) if one.metadata.get("passing")}
        assert kept | passing | set(files.HEAVY) == {one.name for one in fields(Choices)}

    def test_a_table_without_columns_comes_back(self, loaded: Choices, tmp_path: Path) -> None:
        bare = replace(loaded, dataset=replace(loaded.dataset, set_aside=pa.table({})))
        files.save(tmp_path, bare)
        assert files.load(tmp_path, Choices).dataset.set_aside.num_columns == 0


@dataclass
class Saved:
    """Remembers what was written, in place of a disk."""

    states: list[object]

    def __call__(self, folder: Path, state: object) -> None:
        if state == "full disk":
            raise OSError
        self.states.append(state)


class TestWriter:
    def test_of_many_changes_the_last_is_written_once(self, vault: Vault) -> None:
        saved, token = Saved([]), new_token()
        writer = Writer(vault, saved, quiet=30)
        for state in range(100):
            writer.note(token, "alive-1", state)
        writer.flush(token)
        writer.flush(token)
        assert saved.states == [99]

    def test_a_session_that_was_taken_over_writes_no_more(self, vault: Vault) -> None:
        saved, token = Saved([]), new_token()
        writer = Writer(vault, saved, quiet=30)
        vault.own(token, "gone-1")
        vault.take_over(token, "alive-2")
        writer.note(token, "gone-1", "late")
        writer.flush(token)
        assert saved.states == []

    def test_what_was_forgotten_is_not_written_later(self, vault: Vault) -> None:
        saved, token = Saved([]), new_token()
        writer = Writer(vault, saved, quiet=30)
        writer.note(token, "alive-1", "secret")
        writer.forget(token)
        writer.flush(token)
        assert saved.states == []

    def test_a_full_disk_stops_nothing(self, vault: Vault) -> None:
        saved, token = Saved([]), new_token()
        writer = Writer(vault, saved, quiet=30)
        for state in ("full disk", "next"):
            writer.note(token, "alive-1", state)
            writer.flush(token)
        assert saved.states == ["next"]


def test_what_an_ended_session_left_in_circles_is_given_back_a_moment_later(vault: Vault) -> None:
    class Left:
        """Something that only a collection finds."""

    left = Left()
    left.itself = left  # type: ignore[attr-defined]
    seen = weakref.ref(left)
    gc.disable()
    try:
        del left
        assert seen() is not None
        Writer(vault, Saved([])).free_soon()
        end = time.monotonic() + 10
        while seen() is not None and time.monotonic() < end:
            time.sleep(0.05)
        assert seen() is None
    finally:
        gc.enable()


def test_a_change_is_written_after_a_moment_of_quiet_without_being_asked(vault: Vault) -> None:
    saved, token, states = Saved([]), new_token(), 20
    writer = Writer(vault, saved, quiet=0.05)
    for state in range(states):
        writer.note(token, "alive-1", state)
    end = time.monotonic() + 5
    while saved.states != [states - 1] and time.monotonic() < end:
        time.sleep(0.01)
    assert saved.states == [states - 1]
