"""JUnit XML: one suite a file, one case a finding, for systems that show test results.

Only what makes the run fail is a failure; lower levels pass with their message as output; accepted exceptions and
what remarks or the baseline silence are skipped cases with the reason. A file with nothing to say is one passed case.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from pvelint.findings import FileReport, RunReport
from pvelint.report.common import ProgramOptions, Told, message, slashed, told
from pvelint.report.text import position

#: What XML 1.0 can't hold.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_bytes(report: RunReport, options: ProgramOptions) -> bytes:
    """The report as UTF-8 XML."""
    root = ElementTree.Element("testsuites", name="pvelint")
    by_file: dict[str, list[Told]] = {}
    for one in told(report):
        by_file.setdefault(one.file.path, []).append(one)
    suites = [
        _suite(file, by_file.get(file.path, []), options) for file in sorted(report.files, key=lambda one: one.path)
    ]
    root.extend(suites)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    ElementTree.indent(root)
    data: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _suite(file: FileReport, found: list[Told], options: ProgramOptions) -> ElementTree.Element:
    path = _legal(slashed(file.path))
    suite = ElementTree.Element("testsuite", name=path)
    counts = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    if file.error is not None:
        case = ElementTree.SubElement(suite, "testcase", name="read", classname=path)
        text = _legal(f"{file.error.message} {file.error.cure}".strip())
        ElementTree.SubElement(case, "error", type=file.error.code, message=text).text = text
        counts |= {"tests": 1, "errors": 1}
    for one in found:
        counts["tests"] += 1
        became = _case(suite, path, one, options)
        counts[became] = counts.get(became, 0) + 1
    if not counts["tests"]:
        ElementTree.SubElement(suite, "testcase", name="checked", classname=path)
        counts["tests"] = 1
    for key in ("tests", "failures", "errors", "skipped"):
        suite.set(key, str(counts[key]))
    return suite


def _case(suite: ElementTree.Element, path: str, one: Told, options: ProgramOptions) -> str:
    """Add the case of a finding and give the count that it goes to."""
    finding = one.finding
    name = _legal(f"{finding.rule} {finding.name}, {position(one.file, finding)}")
    case = ElementTree.SubElement(suite, "testcase", name=name, classname=path, file=path)
    case.set("line", str(finding.location.line))
    text = _legal(message(one))
    sentence = _legal(" ".join(finding.sentence.split()))
    if one.state != "reported":
        reason = _legal(finding.accepted or "known from the baseline")
        ElementTree.SubElement(case, "skipped", message=f"{reason}: {text}")
        return "skipped"
    if options.fails(one.file, finding):
        ElementTree.SubElement(case, "failure", type=finding.level.value, message=text).text = sentence
        return "failures"
    ElementTree.SubElement(case, "system-out").text = f"{finding.level.value}: {text}\n{sentence}"
    return "passed"


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
