"""Many drafts on several cores: the same results in the same order as one after the other.

The work on one draft is a function that can be imported by name in another process; what all drafts share (the
configuration, the knowledge) is made once in each worker by another such function. Drafts are handed out in chunks of
about the same size in bytes, small enough to even out, large enough to keep the talk between processes low. Processes
are started afresh (``spawn``), as on Windows, so that nothing depends on what this process has loaded.

A worker that dies takes one draft with it: the drafts of its chunk are tried again one at a time in a process of their
own, and the one that kills it again is answered by ``lost``. A worker that has grown large is replaced after its chunk.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

T = TypeVar("T")

#: Below this many bytes for each worker its start costs more than it brings (measured: docs/performance.md).
BYTES_FOR_A_WORKER = 400_000
#: What a byte of a Word file weighs against a byte of text: it is compressed, but most of it is not text.
WORD_WEIGHT = 0.6
#: At most so many bytes of drafts go to a worker at once.
CHUNK_BYTES = 2_000_000
#: A worker whose peak memory is above this is replaced after its chunk (bytes).
LARGEST_WORKER = 1_200 * 2**20


@dataclass(frozen=True)
class Job(Generic[T]):
    """What a worker does.

    prepare: called once in each worker with ``shared``; what it gives is handed to every call of ``work``.
    work:    called with what was prepared and a path; what it gives must be picklable.
    lost:    the result for a path on which the worker died; called in this process.
    Functions must be importable (not lambdas), ``shared`` picklable.
    """

    prepare: Callable[[Any], Any]
    work: Callable[[Any, str], T]
    lost: Callable[[str], T]
    shared: Any


def worker_count(paths: Sequence[str], jobs: int | None) -> int:
    """How many processes to use: as many as asked for, or as many as the size of the drafts pays for.

    jobs: 0 or None lets the size decide. One means no other process at all.
    """
    if jobs:
        return max(1, min(jobs, len(paths)))
    total = sum(size_of(path) for path in paths)
    return max(1, min(_cores(), len(paths), int(total / BYTES_FOR_A_WORKER)))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def size_of(path: str) -> float:
    """The weight of a draft in bytes of text; 0 for one that isn't there."""
    try:
        size = Path(path).stat().st_size
    except (OSError, ValueError):
        return 0.0
    return size * WORD_WEIGHT if path.lower().endswith(".docx") else float(size)


def chunks(paths: Sequence[str], workers: int, *, largest: float = CHUNK_BYTES) -> list[list[int]]:
    """Indices of paths in chunks of about the same weight, the heaviest drafts first so that none comes last alone."""
    sizes = [size_of(path) for path in paths]
    target = min(largest, sum(sizes) / (workers * 4) or 1.0)
    found: list[list[int]] = []
    current: list[int] = []
    weight = 0.0
    for index in sorted(range(len(paths)), key=lambda index: (-sizes[index], index)):
        current.append(index)
        weight += sizes[index]
        if weight >= target:
            found.append(current)
            current, weight = [], 0.0
    return [*found, current] if current else found


def run(
    job: Job[T],
    paths: Sequence[str],
    *,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[T]:
    """The results of a job on the paths, in their order, each as soon as all before it are there.

    progress: called with how many drafts are done and how many there are. An exception that ``work`` raises is raised
    here and ends the run.
    """
    workers = worker_count(paths, jobs)
    if workers == 1:
        ready = job.prepare(job.shared)
        for number, path in enumerate(paths, 1):
            result = job.work(ready, path)
            if progress is not None:
                progress(number, len(paths))
            yield result
        return
    done: dict[int, T] = {}
    due = 0
    for finished, (index, result) in enumerate(_spread(job, paths, workers), 1):
        done[index] = result
        if progress is not None:
            progress(finished, len(paths))
        while due in done:
            yield done.pop(due)
            due += 1


def _spread(job: Job[T], paths: Sequence[str], workers: int) -> Iterator[tuple[int, T]]:
    """The results by index, in the order in which they come."""
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    waiting = deque(chunks(paths, workers))
    pool = _pool(job, workers)
    running: dict[Future[tuple[list[T], int]], list[int]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                chunk = waiting.popleft()
                running[pool.submit(_work, [paths[index] for index in chunk])] = chunk
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            broken: list[int] = []
            grown = False
            for future in finished:
                chunk = running.pop(future)
                try:
                    results, memory = future.result()
                except BrokenProcessPool:
                    broken += chunk
                    continue
                grown = grown or memory > LARGEST_WORKER
                yield from zip(chunk, results, strict=True)
            if broken or (grown and waiting):
                # A pool that lost a worker is of no more use, and one with a grown worker can't replace it alone.
                for future, chunk in running.items():
                    try:
                        results, _ = future.result()
                    except BrokenProcessPool:
                        broken += chunk
                    else:
                        yield from zip(chunk, results, strict=True)
                running.clear()
                pool.shutdown(wait=True)
                for index in sorted(broken):
                    yield index, _alone(job, paths[index])
                pool = _pool(job, workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(job: Job[T], path: str) -> T:
    """The result for one draft from a process of its own, or ``lost`` when that dies too."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(job, 1) as pool:
        try:
            results, _ = pool.submit(_work, [path]).result()
        except BrokenProcessPool:
            return job.lost(path)
        result: T = results[0]
        return result


def _pool(job: Job[T], workers: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare,
        initargs=(job.prepare, job.work, job.shared),
    )


# ------------------------------------------------------------------ in the worker

_ready: list[tuple[Any, Callable[[Any, str], Any]]] = []


def _prepare(prepare: Callable[[Any], Any], work: Callable[[Any, str], Any], shared: Any) -> None:
    import signal

    # Ctrl-C is the parent's to answer; it ends the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ready[:] = [(prepare(shared), work)]


def _work(paths: list[str]) -> tuple[list[Any], int]:
    """The results for a chunk, and the peak memory of this process in bytes."""
    ready, work = _ready[0]
    return [work(ready, path) for path in paths], _peak_memory()


def _peak_memory() -> int:
    """Peak resident memory of this process in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    import sys

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
