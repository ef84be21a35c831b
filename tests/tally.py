"""Sums test reports: prints each failure, then one line `PASSED FAILED` for the caller to read.

Usage: tally.py trx FOLDER ASSEMBLY...   one report per test assembly is expected; an assembly without one has crashed
       tally.py junit FILE

A skipped test counts as failed: nothing is skipped on purpose, so a skip means something was not tested.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

TRX = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"


def report_failure(name: str, why: str) -> None:
    lines = why.strip().splitlines() or ["no message"]
    print(f"FAILED {name}: {lines[0]}", file=sys.stderr)  # the runner has shown the rest


def tally_trx_file(path: Path) -> tuple[int, int, set[str]]:
    """Returns passed, failed and the names of the assemblies that the report covers."""
    root = ElementTree.parse(path).getroot()
    assemblies = {Path(method.get("codeBase", "")).name for method in root.iter(f"{TRX}TestMethod")}
    for result in root.iter(f"{TRX}UnitTestResult"):
        if result.get("outcome") != "Passed":
            message = result.findtext(f".//{TRX}Message", default="")
            report_failure(result.get("testName", "?"), f"{result.get('outcome')}: {message}")
    summary = root.find(f"{TRX}ResultSummary")
    counters = summary.find(f"{TRX}Counters") if summary is not None else None
    if summary is None or counters is None:
        report_failure(path.name, "the report has no summary")
        return 0, 1, assemblies
    passed = int(counters.get("passed", "0"))
    failed = int(counters.get("total", "0")) - passed
    if failed == 0 and summary.get("outcome") not in ("Completed", "Passed"):
        report_failure(", ".join(sorted(assemblies)) or path.name, f"the test run ended as {summary.get('outcome')}")
        failed = 1
    return passed, failed, assemblies


def tally_trx(folder: Path, expected: list[str]) -> tuple[int, int]:
    passed = failed = 0
    covered: set[str] = set()
    for path in sorted(folder.rglob("*.trx")):
        try:
            file_passed, file_failed, assemblies = tally_trx_file(path)
        except ElementTree.ParseError as error:
            report_failure(path.name, f"unreadable report: {error}")
            failed += 1
            continue
        passed += file_passed
        failed += file_failed
        covered |= assemblies
    for assembly in expected:
        if assembly not in covered:
            report_failure(assembly, "no test of it was reported: it crashed, timed out or holds no tests")
            failed += 1
    return passed, failed


def tally_junit(path: Path) -> tuple[int, int]:
    if not path.is_file():
        report_failure("pytest", "wrote no report")
        return 0, 1
    passed = failed = 0
    for case in ElementTree.parse(path).getroot().iter("testcase"):
        faults = [child for child in case if child.tag in ("failure", "error", "skipped")]
        for fault in faults[:1]:
            report_failure(f"{case.get('classname')}.{case.get('name')}", f"{fault.tag}: {fault.get('message', '')}")
        passed += not faults
        failed += bool(faults)
    return passed, failed


def main(arguments: list[str]) -> int:
    if len(arguments) >= 2 and arguments[0] == "trx":
        passed, failed = tally_trx(Path(arguments[1]), arguments[2:])
    elif len(arguments) == 2 and arguments[0] == "junit":
        passed, failed = tally_junit(Path(arguments[1]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    print(passed, failed)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
