"""`check`: what is wrong with content and bibliography, without building anything."""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import version

from tcit_export import report
from tcit_export.builder import prepare
from tcit_export.builder.restraint import own_process
from tcit_export.builder.work import inspect
from tcit_export.cli.fix import fix
from tcit_export.cli.messages import print_diagnostics
from tcit_export.cli.usage import Usage, chosen_documents, open_here
from tcit_export.diagnostic import has_errors, in_order


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if there are errors (with --strict: or warnings)."""
    opened = open_here(arguments)
    plan = prepare(opened, chosen_documents(opened.value, arguments.paths))
    if arguments.diff and not arguments.fix:
        raise Usage("--diff shows what --fix would change: give both")
    if arguments.fix:
        fix(opened.value, plan.jobs, dry=arguments.diff)
    found = [*plan.diagnostics]
    with own_process():
        for job in plan.jobs:
            found += inspect(job)
    diagnostics = in_order(d.as_error() if arguments.strict else d for d in found)
    if arguments.json:
        sys.stdout.write(report.as_json(diagnostics))
    elif arguments.sarif:
        sys.stdout.write(report.as_sarif(diagnostics, version("tcit-export")))
    else:
        print_diagnostics(diagnostics)
    return 1 if has_errors(diagnostics) else 0
