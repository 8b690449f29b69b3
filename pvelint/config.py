"""Settings: which reader a draft is for, what is checked, from which level on a run fails.

The configuration file closest to the draft wins; nothing is merged from further up, unless the file says
``extend: path``. What a draft says of itself (``pvelint-tier`` and so on) beats the file, and the command
line beats both. Whatever is wrong in a file is a DataError with its line.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from pvelint.configfile import ConfigFile, find_in, read_config
from pvelint.decode import Node, iterate_files, nearest
from pvelint.errors import DataError, ReadError, Where
from pvelint.findings import Level, Tier
from pvelint.globs import Patterns
from pvelint.office import Office
from pvelint.selectors import unknown

#: Kinds of drafts that ``type`` knows.
TYPES = ("proposal", "report", "press", "flyer", "note", "policy", "web")
FAIL_ON = ("suggestion", "warning", "error", "never")
SPELLINGS = ("un", "uk", "us")
TIERS = tuple(tier.value for tier in Tier)
LEVELS = tuple(level.value for level in Level)
PER_FILE_KEYS = ("files", "tier", "type", "donor", "ignore")
#: What a draft may say of itself, and the setting that it is.
PROPERTIES = MappingProxyType({"pvelint-tier": "tier", "pvelint-type": "type", "pvelint-donor": "donor"})


@dataclass(frozen=True, slots=True)
class PerFile:
    """Settings for the files that a pattern covers; None leaves what stands above."""

    files: Patterns
    tier: Tier | None
    type: str | None
    donor: str | None
    ignore: tuple[str, ...]
    origin: str


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that a configuration can say, with defaults.

    select:   selectors of rules (see ``selectors``); empty is all.
    levels:   a level for each selector named.
    lexicons, rules, names: absolute paths of an office's own files.
    spelling: ``un``, ``uk`` or ``us``.
    baseline: absolute path of the baseline that the configuration names, or None.
    folder:   absolute path of the configuration file's folder, or None.
    source:   the configuration file as people are shown it, or None.
    origins:  for each key that was set, where (``pvelint.yaml:3``).
    named:    every selector of the files with its place, for ``check_selectors``.
    """

    tier: Tier = Tier.DONOR
    type: str | None = None
    donor: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    fail_on: str = "error"
    exclude: Patterns | None = None
    lexicons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    spelling: str = "un"
    preview: bool = False
    baseline: str | None = None
    folder: str | None = None
    per_file: tuple[PerFile, ...] = ()
    source: str | None = None
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    named: tuple[tuple[str, Where], ...] = ()

    @property
    def office(self) -> Office:
        """What an office adds to the shipped data."""
        return Office(self.lexicons, self.rules, self.names)

    def excludes(self, path: str | Path) -> bool:
        """Whether the configuration leaves a file out."""
        return self.exclude is not None and self.exclude.cover(path)

    def for_file(self, path: str | Path) -> Settings:
        """These settings with the per-file entries that cover the file, later ones winning."""
        changed = self
        origins = dict(self.origins)
        for entry in self.per_file:
            if not entry.files.cover(path):
                continue
            for key in ("tier", "type", "donor"):
                value = getattr(entry, key)
                if value is not None:
                    changed = replace(changed, **{key: value})
                    origins[key] = f"per-file entry, {entry.origin}"
            if entry.ignore:
                changed = replace(changed, ignore=(*changed.ignore, *entry.ignore))
                origins["ignore"] = f"{origins.get('ignore', 'default')}; per-file entry, {entry.origin}"
        return replace(changed, origins=MappingProxyType(origins))

    def with_document(self, properties: Mapping[str, str], *, path: str | None = None) -> Settings:
        """These settings with what the draft says of itself (keys of ``PROPERTIES``).

        Raises ReadError (``bad-property``) for a value that is no tier or type.
        """
        changed = self
        origins = dict(self.origins)
        for name, key in PROPERTIES.items():
            value = " ".join(properties.get(name, "").split())
            if not value:
                continue
            known = {"tier": TIERS, "type": TYPES}.get(key)
            if known is not None:
                value = value.casefold()
                if value not in known:
                    raise ReadError(
                        "bad-property",
                        f"the document says {name}: {value}, which is no {key}.",
                        cure=nearest(value, known),
                        path=path,
                    )
            setting = Tier(value) if key == "tier" else value
            changed = replace(changed, **{key: setting})  # type: ignore[arg-type]
            origins[key] = f"the document ({name})"
        return replace(changed, origins=MappingProxyType(origins))

    def with_options(
        self,
        *,
        tier: Tier | None = None,
        type: str | None = None,
        donor: str | None = None,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        levels: Mapping[str, Level] | None = None,
    ) -> Settings:
        """These settings with the command line on top: ``select`` replaces, ``ignore`` and ``levels`` add."""
        origins = dict(self.origins)
        given = {"tier": tier, "type": type, "donor": donor, "select": select, "ignore": ignore}
        origins |= {key: "command line" for key, value in (*given.items(), ("levels", levels)) if value}
        return replace(
            self,
            tier=tier or self.tier,
            type=type or self.type,
            donor=donor or self.donor,
            select=select or self.select,
            ignore=(*self.ignore, *ignore),
            levels=MappingProxyType({**self.levels, **(levels or {})}),
            origins=MappingProxyType(origins),
        )

    def check_selectors(self, rules: Mapping[str, str], concepts: Iterable[str] = ()) -> None:
        """Refuse selectors of the configuration that fit no rule (ids to names) or concept (DataError)."""
        known = frozenset(concepts)
        for word, where in self.named:
            for bad, hint in unknown([word], rules=rules, concepts=known):
                raise DataError("unknown-rule", f"unknown rule '{bad}'.", where=where, cure=hint)


class Config:
    """Gives the settings of any file; configuration files are read once and kept."""

    def __init__(self, *, fixed: Settings | None = None) -> None:
        self._fixed = fixed
        self._by_folder: dict[Path, Settings] = {}

    @classmethod
    def load(cls, *, file: str | None = None, isolated: bool = False) -> Config:
        """The configuration of a run.

        file:     use this one for all drafts (``--config``). Raises DataError.
        isolated: use none (``--isolated``).
        """
        if isolated:
            return cls(fixed=Settings())
        if file is not None:
            return cls(fixed=_settings(read_config(Path(file)), ()))
        return cls()

    def for_file(self, path: str) -> Settings:
        """The settings of a draft before it is read; ``-`` lies in the current folder. Raises DataError."""
        absolute = Path(os.path.normpath(Path.cwd() / ("standard-input" if path == "-" else path)))
        return self.for_folder(absolute.parent).for_file(absolute)

    def for_folder(self, folder: str | Path) -> Settings:
        """The settings that hold in a folder, per-file entries not applied. Raises DataError."""
        if self._fixed is not None:
            return self._fixed
        start = Path(os.path.normpath(Path(folder).absolute()))
        passed: list[Path] = []
        settings = Settings()
        for candidate in (start, *start.parents):
            if candidate in self._by_folder:
                settings = self._by_folder[candidate]
                break
            passed.append(candidate)
            found = find_in(candidate)
            if found is not None:
                settings = _settings(found, ())
                break
        for candidate in passed:
            self._by_folder[candidate] = settings
        return settings


def _settings(config: ConfigFile, chain: tuple[Path, ...]) -> Settings:
    """The settings of a file on top of those that it extends."""
    keys = config.keys
    base = Settings()
    if "extend" in keys:
        target = Path(os.path.normpath(config.folder / keys["extend"].string("extend")))
        if target == config.path or target in chain:
            keys["extend"].fail("the files extend each other in a circle.", code="config-cycle")
        if not target.is_file():
            keys["extend"].fail(
                f"there is no file '{target.name}' there.",
                code="no-config",
                cure=f"The path is relative to {config.folder}.",
            )
        base = _settings(read_config(target), (*chain, config.path))
    named = list(base.named)
    changes: dict[str, object] = {}
    if "tier" in keys:
        changes["tier"] = Tier(keys["tier"].choice("tier", TIERS))
    if "type" in keys:
        changes["type"] = keys["type"].choice("type", TYPES)
    if "donor" in keys:
        changes["donor"] = keys["donor"].string("donor")
    if "fail-on" in keys:
        changes["fail_on"] = keys["fail-on"].choice("fail-on", FAIL_ON)
    if "preview" in keys:
        changes["preview"] = keys["preview"].boolean("preview")
    if "spelling" in keys:
        changes["spelling"] = keys["spelling"].choice("spelling", SPELLINGS)
    for key in ("select", "ignore"):
        if key in keys:
            changes[key] = _selectors(keys[key], key, named)
    if "levels" in keys:
        own: dict[str, Level] = {}
        for word, node in keys["levels"].open_mapping("levels").items():
            own[word] = Level(node.choice("level", LEVELS))
            named.append((word, keys["levels"].keys[word]))
        changes["levels"] = MappingProxyType({**base.levels, **own})
    if "exclude" in keys:
        changes["exclude"] = _patterns(keys["exclude"], "exclude", config.folder)
    for key in ("lexicons", "rules", "names"):
        if key in keys:
            nodes = _list(keys[key], key)
            changes[key] = tuple(dict.fromkeys(path for node in nodes for path in _data(node, key, config.folder)))
    if "baseline" in keys:
        changes["baseline"] = _below(keys["baseline"], "baseline", config.folder)
    if "per-file" in keys:
        entries = keys["per-file"].items("per-file")
        changes["per_file"] = (*base.per_file, *(_per_file(node, config, named) for node in entries))
    origins = {**base.origins, **{key: config.origin(key) for key in keys if key != "extend"}}
    changes |= {"named": tuple(named), "source": config.shown, "origins": MappingProxyType(origins)}
    changes["folder"] = str(config.folder)
    return replace(base, **changes)  # type: ignore[arg-type]  # each value was checked above


def _list(node: Node, what: str) -> list[Node]:
    """A list; a single word counts as a list of one."""
    return [node] if isinstance(node.value, str) else node.items(what)


def _selectors(node: Node, what: str, named: list[tuple[str, Where]]) -> tuple[str, ...]:
    found: list[str] = []
    for item in _list(node, what):
        for word in item.string(f"an item of {what}").split(","):
            if word.strip():
                found.append(word.strip())
                named.append((word.strip(), item.where))
    return tuple(found)


def _patterns(node: Node, what: str, folder: Path) -> Patterns:
    return Patterns(folder, tuple(item.string(f"an item of {what}") for item in _list(node, what)))


def _data(node: Node, key: str, folder: Path) -> list[str]:
    """The YAML files that an item of ``lexicons``, ``rules`` or ``names`` stands for: itself, or those of a folder."""
    path = Path(os.path.normpath(folder / node.string(f"an item of {key}")))
    if path.is_dir():
        found = [str(file) for file in iterate_files(path)]
        if not found:
            node.fail("there is no .yml file in this folder.", code="no-data", cure=f"{key} are YAML files.")
        return found
    if not path.is_file():
        one = {"lexicons": "lexicon", "rules": "rule", "names": "names"}[key]
        cure = f"The path is relative to {folder}."
        node.fail(f"there is no such {one} file.", code=f"no-{one}", cure=cure)
    if path.suffix.lower() not in {".yml", ".yaml"}:  # so that no other file is ever quoted in an error
        node.fail("only files ending in .yml or .yaml are read here.", code="no-data", cure="Rename the file.")
    return [str(path)]


def _below(node: Node, what: str, folder: Path) -> str:
    """A path that we write to: in the configuration's folder or below, for a configuration comes with a clone."""
    path = Path(os.path.normpath(folder / node.string(what)))
    if path.parent != folder and folder not in path.parents:
        cure = f"Name a file in {folder} or below it."
        node.fail("the path leads out of the folder of the configuration.", code="outside", cure=cure)
    return str(path)


def _per_file(node: Node, config: ConfigFile, named: list[tuple[str, Where]]) -> PerFile:
    keys = node.mapping("a per-file entry", allowed=PER_FILE_KEYS, required=("files",))
    return PerFile(
        files=_patterns(keys["files"], "files", config.folder),
        tier=Tier(keys["tier"].choice("tier", TIERS)) if "tier" in keys else None,
        type=keys["type"].choice("type", TYPES) if "type" in keys else None,
        donor=keys["donor"].string("donor") if "donor" in keys else None,
        ignore=_selectors(keys["ignore"], "ignore", named) if "ignore" in keys else (),
        origin=f"{config.shown}:{node.where.line}",
    )
