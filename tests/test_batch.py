"""Several processes give what one gives, in the same order, whatever happens to a worker."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from pvelint import batch
from pvelint.cli.request import Request
from pvelint.cli.run import Runner
from pvelint.errors import DataError, ReadError, UsageError, Where


def prepare(shared: str) -> str:
    return shared.upper()


def work(ready: str, path: str) -> tuple[str, str]:
    if Path(path).name == "deadly":
        os._exit(3)
    if Path(path).name == "wrong":
        raise UsageError("wrong", "this ends the run.", cure="Do not.")
    return ready, path


def lost(path: str) -> tuple[str, str]:
    return "lost", path


JOB = batch.Job(prepare=prepare, work=work, lost=lost, shared="ready")


def drafts(folder: Path, *names: str) -> list[str]:
    for number, name in enumerate(names):
        (folder / name).write_bytes(b"x" * (number + 1))
    return [str(folder / name) for name in names]


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_order(tmp_path: Path, jobs: int) -> None:
    paths = drafts(tmp_path, "a", "b", "c", "d", "e")
    counted: list[int] = []
    results = list(batch.run(JOB, paths, jobs=jobs, progress=lambda done, _: counted.append(done)))
    assert results == [("READY", path) for path in paths]
    assert counted == [1, 2, 3, 4, 5]


def test_a_worker_that_dies_costs_one_draft(tmp_path: Path) -> None:
    paths = drafts(tmp_path, "a", "deadly", "c", "d")
    assert list(batch.run(JOB, paths, jobs=2)) == [
        ("READY", paths[0]),
        ("lost", paths[1]),
        ("READY", paths[2]),
        ("READY", paths[3]),
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_that_ends_the_run_arrives_whole(tmp_path: Path, jobs: int) -> None:
    with pytest.raises(UsageError) as caught:
        list(batch.run(JOB, drafts(tmp_path, "a", "wrong"), jobs=jobs))
    assert (caught.value.code, caught.value.cure) == ("wrong", "Do not.")


def test_a_worker_that_has_grown_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pools = []
    real = batch._pool
    monkeypatch.setattr(batch, "LARGEST_WORKER", 0)
    monkeypatch.setattr(batch, "_pool", lambda job, workers: pools.append(workers) or real(job, workers))
    paths = drafts(tmp_path, *"abcdefgh")
    assert [path for _, path in batch.run(JOB, paths, jobs=2)] == paths
    assert len(pools) > 1


def test_chunks_hold_every_draft_once_and_are_of_like_weight(tmp_path: Path) -> None:
    sizes = [5000, 10, 20, 30, 4000, 3000, 2000, 1000, 900, 800]
    paths = [str(tmp_path / f"{number}.txt") for number in range(len(sizes))]
    for path, size in zip(paths, sizes, strict=True):
        Path(path).write_bytes(b"x" * size)
    found = batch.chunks(paths, 2)
    assert sorted(index for chunk in found for index in chunk) == list(range(len(paths)))
    weights = [sum(sizes[index] for index in chunk) for chunk in found]
    assert max(weights) <= max(sizes) + sum(sizes) / 8
    assert found[0] == [0]


def test_small_batches_stay_in_this_process(tmp_path: Path) -> None:
    paths = drafts(tmp_path, "a", "b")
    assert batch.worker_count(paths, None) == 1
    assert batch.worker_count(paths, 8) == 2
    assert batch.worker_count([], 8) == 1


@pytest.mark.parametrize(
    "error",
    [
        ReadError("torn", "It is torn.", cure="Mend it.", path="a.docx"),
        DataError("bad", "It is bad.", where=Where("x.yml", 3, 1, "a: b"), cure="Change it."),
    ],
)
def test_errors_survive_the_way_between_processes(error: ReadError | DataError) -> None:
    import pickle

    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.__dict__ == error.__dict__
    assert str(again) == str(error)


def test_check_gives_the_same_report_with_one_process_and_with_many(tmp_path: Path) -> None:
    from pvelint.report.json import to_bytes
    from pvelint.report.text import TextOptions, write_text

    (tmp_path / "a.txt").write_text("Illegal migrants came. We will fight extremism.\n", encoding="utf-8")
    (tmp_path / "b.md").write_text("# Title\n\nThe kettle boils.\n", encoding="utf-8")
    (tmp_path / "c.docx").write_bytes(b"no archive")
    (tmp_path / "d.html").write_text("<p>Illegal immigrants hid.</p>", encoding="utf-8")

    def report(jobs: int) -> tuple[bytes, str]:
        import io

        made = Runner(Request(paths=(str(tmp_path),), isolated=True, jobs=jobs, show_set_aside=True)).run()
        shown = io.StringIO()
        write_text(made, shown, TextOptions(width=80, colour=False))  # type: ignore[arg-type]
        return to_bytes(made, show_set_aside=True), shown.getvalue()

    one, many = report(1), report(3)
    assert one == many
    assert json.loads(one[0])["summary"]["findings"] > 0
