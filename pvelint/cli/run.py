"""The work behind ``check``: find the drafts, check each, report, and say how it went.

A draft that can't be read, or on which a stage fails, becomes an error in the report; the rest goes on.
A mistake in a configuration, lexicon or rule ends the run, because every result would be doubtful.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pvelint.cli.request import Request
from pvelint.config import Config, Settings
from pvelint.errors import PvelintError, ReadError, UsageError
from pvelint.findings import FileReport, Finding, Level, RunReport, Tier
from pvelint.office import NO_OFFICE, Office
from pvelint.selectors import unknown

if TYPE_CHECKING:
    from pvelint.changed import Since
    from pvelint.knowledge import Knowledge
    from pvelint.pipeline import KnowledgeStore, Options
    from pvelint.results import Results
    from pvelint.rulebook import RuleInfo

CLEAN, FOUND, FAILED = 0, 1, 2
_LARGEST_INPUT = 256 * 2**20  # bytes


def run_and_report(request: Request) -> int:
    """Check, write the report, and give the exit status. Raises PvelintError for what ends a run."""
    from pvelint.cli.output import rendered, write
    from pvelint.report.streams import remark, silence, write_whole

    runner = Runner(request)
    report = runner.run()
    status = runner.status(report)
    for file in report.files:
        if file.error is not None:
            cure = f" {file.error.cure}" if file.error.cure else ""
            remark(f"error: {file.path}: {file.error.message}{cure}")
    try:
        if request.output is None:
            write(report, request, runner)
            sys.stdout.flush()
        else:
            write_whole(request.output, rendered(report, request, runner))
    except BrokenPipeError:
        silence()
    return status


class Runner:
    """One run: configuration, knowledge by donor and office lexicons, and the drafts."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.config = Config.load(file=request.config_file, isolated=request.isolated)
        self._loaded: list[Knowledge] = []
        self._results: dict[str, Results] = {}
        self.since: Since | None = None
        if request.changed_since is not None:
            from pvelint.changed import Since

            self.since = Since(request.changed_since, Path.cwd())
        self._settled: set[tuple[str | None, str | None]] = set()

    def run(self) -> RunReport:
        """Check every draft. Raises DataError and UsageError; errors of drafts are in the report."""
        from pvelint import __version__

        files, stdin, errors, skipped = self._find()
        options = self._options()
        store = self._store()
        settings = {path: self.config.for_file(path) for path in files}
        if not files:  # a mistake on the command line is told even when there is nothing to check
            store.get(self.request.donor, NO_OFFICE)
        reports = [FileReport(path=error.path or "?", error=error) for error in errors]
        reports += self._reports(files, stdin, options, store, settings)
        reports.sort(key=lambda file: file.path)
        report = RunReport(
            files=tuple(reports),
            version=__version__,
            model=model_name(),
            rules_not_run=self._rules_not_run(),
            skipped=tuple(sorted(skipped)),
        )
        report = self._without_known(self._only_new(report))
        if self.request.statistics:
            counts = Counter(f"{found.rule} {found.name}" for found in report.findings)
            report = replace(report, statistics=dict(counts))
        return report

    def _reports(
        self,
        files: Sequence[str],
        stdin: Mapping[str, bytes],
        options: Options,
        store: KnowledgeStore,
        settings: Mapping[str, Settings],
    ) -> Iterator[FileReport]:
        """The reports of the drafts in their order: from earlier runs, or made, in other processes where that pays."""
        known = self._known(files, stdin, settings, store)
        made = self._made([path for path in files if path not in known], stdin, options, store, settings)
        for path in files:
            yield known[path] if path in known else next(made)
        for _ in made:  # lets what makes them end in its own way
            pass
        if self._results and len(known) < len(files):
            from pvelint.results import limit

            limit(_results_folder())

    def _known(
        self,
        files: Sequence[str],
        stdin: Mapping[str, bytes],
        settings: Mapping[str, Settings],
        store: KnowledgeStore,
    ) -> dict[str, FileReport]:
        """The reports of earlier runs on drafts that are as they were."""
        if not self.request.cache or self.since is not None:
            return {}
        found: dict[str, FileReport] = {}
        for path in files:
            if path not in stdin:
                self._settle(settings[path], store)
                report = self._earlier(path, settings[path], store)
                if report is not None:
                    found[path] = report
        return found

    def _earlier(self, path: str, settings: Settings, store: KnowledgeStore) -> FileReport | None:
        from pvelint.discover import display_path

        results = self._cache(settings, store)
        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError):
            return None  # the reader says what is wrong with it
        if results is None:
            return None
        return results.get(results.key(path, data, self._told(settings), self._stated()), display_path(path), data)

    def _cache(self, settings: Settings, store: KnowledgeStore) -> Results | None:
        """The results that were made with the same knowledge; None where nothing is kept."""
        knowledge = store.get(self.request.donor or settings.donor, settings.office)
        if not (self.request.cache and knowledge.key):
            return None
        if knowledge.key not in self._results:
            from pvelint import __version__
            from pvelint.results import Results

            basis = f"{knowledge.key} {model_name()} {__version__}"
            self._results[knowledge.key] = Results(_results_folder(), basis)
        return self._results[knowledge.key]

    def _stated(self) -> tuple[str | None, ...]:
        """What the command line says of the reader, the type and the donor."""
        request = self.request
        return (request.tier.value if request.tier else None, request.type, request.donor)

    def _told(self, settings: Settings) -> Settings:
        """Settings with what the command line says."""
        request = self.request
        return settings.with_options(
            tier=request.tier, type=request.type, donor=request.donor, select=request.select, ignore=request.ignore
        )

    def _made(
        self,
        files: Sequence[str],
        stdin: Mapping[str, bytes],
        options: Options,
        store: KnowledgeStore,
        settings: Mapping[str, Settings],
    ) -> Iterator[FileReport]:
        """The reports of drafts that must be checked."""
        from pvelint import batch
        from pvelint.cli.progress import Progress
        from pvelint.discover import display_path

        # What standard input holds is here, and what changed is compared with the whole document.
        here = bool(stdin) or self.since is not None
        progress = Progress(files)
        try:
            if here or batch.worker_count(files, self.request.jobs) == 1:
                for path in files:
                    progress.begin(display_path(path))
                    yield self._check(path, settings[path], options, store, stdin.get(path))
                return
            for path in files:  # a mistake in a configuration is told once, before any process is started
                self._settle(settings[path], store)
            job = batch.Job(prepare=Checker, work=Checker.check, lost=_lost, shared=replace(self.request, output=None))
            results = batch.run(job, files, jobs=self.request.jobs, progress=progress.counter(0))
            for path in files:
                progress.wait_for(display_path(path))
                yield next(results)
            yield from results  # lets the processes end in their own way
        finally:
            progress.clear()

    def _only_new(self, report: RunReport) -> RunReport:
        """The report without what stands in parts that have not changed since the revision asked for."""
        since = self.since
        if since is None:
            return report
        from pvelint.changed import narrowed

        return replace(report, files=tuple(narrowed(file, since.old(file.path)) for file in report.files))

    def baseline_path(self, path: str) -> Path | None:
        """Where the baseline of a draft lies: as named, as configured, else beside the configuration or here.

        None when no baseline is to be used. The file need not exist.
        """
        from pvelint.baseline import NAME

        if self.request.no_baseline:
            return None
        if self.request.baseline is not None:
            return Path(self.request.baseline).absolute()
        if self.request.isolated:
            return None
        settings = self._settings(path)
        return Path(settings.baseline) if settings.baseline else Path(settings.folder or Path.cwd()) / NAME

    def _without_known(self, report: RunReport) -> RunReport:
        """The report without what baselines hold. Raises DataError and UsageError."""
        from pvelint.baseline import Ledger, load, set_aside
        from pvelint.configfile import shown_path

        request = self.request
        loaded: dict[Path, Ledger | None] = {}
        ledgers: dict[str, Ledger] = {}
        for file in report.files:
            path = self.baseline_path(file.path)
            if path is None:
                continue
            if path not in loaded:
                loaded[path] = Ledger(load(path, shown=shown_path(path))) if path.is_file() else None
                named = request.baseline or self._settings(file.path).baseline
                if loaded[path] is None and named:
                    cure = "Write it with `pvelint baseline write`."
                    raise UsageError("no-baseline", "there is no such baseline.", path=shown_path(path), cure=cure)
            ledger = loaded[path]
            if ledger is not None:
                ledgers[file.path] = ledger
        narrowed = request.select or request.ignore or request.tier or request.type or request.donor
        whole = not narrowed and request.changed_since is None
        folders = [os.path.abspath(path) for path in request.paths if os.path.isdir(path)]  # noqa: PTH100, PTH112

        def gone_below(path: str) -> bool:
            return any(path.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)

        return set_aside(report, ledgers, whole=whole, gone_below=gone_below)

    def status(self, report: RunReport) -> int:
        """0, 1 or 2. Accepted exceptions don't count; an unread draft outweighs everything."""
        if any(file.error is not None for file in report.files):
            return FAILED
        for file in report.files:
            if any(self.fails(file, found) for found in file.findings):
                return FOUND
        return CLEAN

    def drafts(self) -> tuple[list[str], list[PvelintError], list[tuple[str, str]]]:
        """The drafts that this run would read, errors, and what it passes over; nothing is opened."""
        files, _, errors, skipped = self._find()
        return files, errors, skipped

    def fails(self, file: FileReport, finding: Finding) -> bool:
        """Whether a finding makes the run fail: it reaches the failing level and is no accepted exception."""
        lowest = self.request.fail_on or self._settings(file.path).fail_on
        return finding.accepted is None and lowest != "never" and finding.level.rank >= Level(lowest).rank

    def rules(self) -> tuple[RuleInfo, ...]:
        """All rules that this run could use."""
        from pvelint.rulebook import rulebook

        if not self._loaded:
            self._store().get(self.request.donor, NO_OFFICE)
        found = {rule.id: rule for loaded in self._loaded for rule in rulebook(loaded)}
        return tuple(found[key] for key in sorted(found))

    def _settings(self, path: str) -> Settings:
        try:
            return self.config.for_file(path)
        except (OSError, ValueError):
            return Settings()

    def _store(self) -> KnowledgeStore:
        """The store of knowledge; what it loads is remembered, and the command line checked against it."""
        from pvelint.knowledge import load_knowledge
        from pvelint.pipeline import KnowledgeStore

        def load(*, donor: str | None, office: Office) -> Knowledge:
            loaded = load_knowledge(donor=donor, office=office)
            given = (*self.request.select, *self.request.ignore)
            for word, hint in unknown(given, rules=rule_names(loaded), concepts=concept_ids(loaded)):
                raise UsageError("unknown-rule", f"unknown rule '{word}'.", cure=hint)
            self._loaded.append(loaded)
            return loaded

        return KnowledgeStore(load)

    def _settle(self, settings: Settings, store: KnowledgeStore) -> None:
        """Refuse unknown rules and donors of the command line or of a configuration file, once for each.

        Raises DataError and UsageError, which end the run.
        """
        donor = self.request.donor or settings.donor
        if (settings.source, donor) in self._settled:
            return
        try:
            loaded = store.get(donor, settings.office)
        except UsageError as error:
            origin = None if self.request.donor else settings.origins.get("donor")
            raise UsageError(error.code, error.message, cure=error.cure, path=error.path or origin) from None
        settings.check_selectors(rule_names(loaded), concept_ids(loaded))
        self._settled.add((settings.source, donor))

    def definition(self, concept: str, tier: Tier | None) -> str | None:
        """The definition of a concept for a reader, from whatever was loaded."""
        for loaded in self._loaded:
            found = loaded.lexicon.by_id.get(concept)
            if found is not None:
                return found.definition.get(tier or Tier.DONOR)
        return None

    def _find(self) -> tuple[list[str], Mapping[str, bytes], list[PvelintError], list[tuple[str, str]]]:
        """The drafts to read, what standard input holds, errors and what was passed over."""
        from pvelint.discover import discover, display_path

        request = self.request
        named = [path for path in request.paths if path != "-"]
        discovery = discover(named, exclude=request.exclude, force_exclude=request.force_exclude)
        skipped = [(display_path(path), reason) for path, reason in discovery.skipped]
        by_hand = {os.path.normpath(path) for path in named}
        files: list[str] = []
        for path in discovery.files:
            settings = self.config.for_file(path)
            if settings.excludes(path) and (request.force_exclude or os.path.normpath(path) not in by_hand):
                skipped.append((display_path(path), f"excluded by {settings.source}"))
            else:
                files.append(path)
        stdin: dict[str, bytes] = {}
        if "-" in request.paths:
            name = request.stdin_filename or "-"
            stdin[name] = sys.stdin.buffer.read(_LARGEST_INPUT + 1)
            if len(stdin[name]) > _LARGEST_INPUT:
                raise UsageError("too-large", "standard input is larger than 256 MiB, which no draft is.")
            files = [*(path for path in files if path != name), name]
        if request.output is not None:
            _protect(request.output, files)
        if self.since is not None:
            files = [path for path in files if self.since.touched(path)]
        return files, stdin, list(discovery.errors), skipped

    def _options(self) -> Options:
        from pvelint.pipeline import Options

        request = self.request
        return Options(
            tier=request.tier,
            type=request.type,
            donor=request.donor,
            select=request.select,
            ignore=request.ignore,
        )

    def _check(
        self, path: str, settings: Settings, options: Options, store: KnowledgeStore, data: bytes | None
    ) -> FileReport:
        from pvelint.discover import display_path
        from pvelint.errors import DataError
        from pvelint.pipeline import check_file

        self._settle(settings, store)
        keep = self.request.cache and data is None and self.since is None
        try:
            if keep:
                return self._check_and_keep(path, settings, options, store)
            return check_file(path, options=options, config=self.config, store=store, data=data)
        except DataError:
            raise
        except PvelintError as error:  # also a donor that only the draft itself names
            return FileReport(path=display_path(path), error=error)
        except Exception as error:
            if os.environ.get("PVELINT_TRACEBACK"):
                raise
            from pvelint.cli.faults import told

            fault = ReadError(
                "internal",
                f"pvelint itself failed on this file ({told(error)}).",
                cure="This is a fault of the program; please report it.",
            )
            return FileReport(path=display_path(path), error=fault)

    def _check_and_keep(
        self, path: str, settings: Settings, options: Options, store: KnowledgeStore
    ) -> FileReport:
        from pvelint.pipeline import check_file

        try:
            data = Path(path).read_bytes()
        except (OSError, ValueError):
            return check_file(path, options=options, config=self.config, store=store)
        report = check_file(path, options=options, config=self.config, store=store, data=data)
        results = self._cache(settings, store)
        if results is not None:
            told = self._told(settings)
            results.put(results.key(path, data, told, self._stated()), report, told)
        return report

    def _rules_not_run(self) -> tuple[tuple[str, str], ...]:
        found: dict[tuple[str, str], None] = {}
        for loaded in self._loaded:
            for rule, reason in getattr(loaded, "rules_not_run", ()):
                found[(rule, reason)] = None
        return tuple(sorted(found))


def _results_folder() -> Path:
    from pvelint.cachefile import cache_folder

    return cache_folder()


class Checker:
    """Checks drafts one by one in a process that ``batch`` started."""

    def __init__(self, request: Request) -> None:
        self._runner = Runner(request)
        self._options = self._runner._options()
        self._store = self._runner._store()

    def check(self, path: str) -> FileReport:
        """The report of a draft, fit to be sent to another process."""
        settings = self._runner.config.for_file(path)
        return _sendable(self._runner._check(path, settings, self._options, self._store, None))


def _sendable(report: FileReport) -> FileReport:
    """A report without the places in Word's XML, and without the text of a draft in which nothing was found."""
    document = report.document
    if document is None:
        return report
    blocks = tuple(replace(block, anchors=()) for block in document.blocks)
    slim = replace(document, blocks=blocks, properties=dict(document.properties))
    if not (report.findings or report.set_aside or report.suppressed):
        slim = replace(slim, text="", blocks=(), comments=())
    return replace(report, document=slim)


def _lost(path: str) -> FileReport:
    """The report of a draft on which a process died."""
    from pvelint.discover import display_path

    error = ReadError(
        "crashed",
        "the program died while it checked this file.",
        cure="Check it alone; if that fails too, please report it.",
    )
    return FileReport(path=display_path(path), error=error)


def rule_names(knowledge: Knowledge) -> Mapping[str, str]:
    """All rules that can be selected: id to name."""
    from pvelint.pipeline import all_rules

    return all_rules(knowledge)


def concept_ids(knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of all concepts, for ``T501:concept``."""
    return knowledge.concept_ids


def model_name() -> str | None:
    """Name and version of the language model, found without loading it; None when there is none."""
    from pvelint.language import installed_model

    model = installed_model()
    return f"{model.package} {model.version}" if model else None


def _protect(output: str, files: Sequence[str]) -> None:
    """Refuse to write the report over a draft."""
    target = os.path.realpath(output)
    if any(os.path.realpath(path) == target for path in files):
        raise UsageError(
            "output-is-draft",
            "the report would overwrite a draft that is being checked.",
            path=output,
            cure="Choose another name after --output.",
        )
