"""``residency diff``: which two things are meant, their results, and the report of what the change does."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from residency import change, check
from residency.check import CheckResult
from residency.cli import judging, reports
from residency.errors import InputError, ResidencyError, UsageError
from residency.ingest import checkout, pulumi_project, revision, targets
from residency.ingest.checkout import Checkout
from residency.perimeter import DEFAULT, FILE_NAME, Perimeter, load
from residency.report.change import FORMATS

_WORK_TREE = "work tree"


def run(options: argparse.Namespace) -> int:
    """Compare, write the report, give the exit code of the change."""
    names: tuple[str, str] = (options.base, options.head or _WORK_TREE)
    with judging.no_garbage_collection():
        if options.head is None:
            before, after = _since_revision(options)
        else:
            before, after = _of_revisions(options, names) if _are_revisions(options) else _of_paths(options, names)
        result = change.compare(before, after, names)
    reports.write(FORMATS[options.format](result), options.output, option="--output")
    return result.exit_code


def _since_revision(options: argparse.Namespace) -> tuple[CheckResult | None, CheckResult]:
    """A revision, and the files as they are now."""
    if Path(options.base).exists() and not _is_revision(options.base):
        raise UsageError(f"`{options.base}` is compared with nothing", help="give a second target, or one git revision")
    project: str = options.project or "."
    with checkout.checkout(Path(project), options.base) as place:
        before = _of_revision(project, place, options, is_base=True)
    with judging.progress() as progress:
        return before, check.run_check(judging.check_options(options, (project,), progress))


def _of_paths(options: argparse.Namespace, names: tuple[str, str]) -> tuple[CheckResult, CheckResult]:
    with judging.progress() as progress:
        base, head = (judging.check_options(options, (name,), progress) for name in names)
        before = check.result(check.read_targets(base, may_be_empty=True), base.perimeter)
        return before, check.run_check(head)


def _of_revisions(options: argparse.Namespace, names: tuple[str, str]) -> tuple[CheckResult | None, CheckResult | None]:
    project: str = options.project or "."
    with ExitStack() as stack:
        base, head = (stack.enter_context(checkout.checkout(Path(project), name)) for name in names)
        before, after = _of_revision(project, base, options, is_base=True), _of_revision(project, head, options)
    if before is None and after is None:
        what = f"the stack `{options.stack}` of `{project}`" if options.stack else f"`{project}`"
        raise InputError(f"neither `{names[0]}` nor `{names[1]}` has {what}", help="see `--project` and `--stack`")
    return before, after


def _are_revisions(options: argparse.Namespace) -> bool:
    """Whether BASE and HEAD are revisions: said so, or no paths.

    Raises:
        UsageError: it could be either, or one of them is neither.
    """
    if options.revisions or options.project is not None:
        return True
    names: tuple[str, str] = (options.base, options.head)
    paths = [Path(name).exists() for name in names]
    revisions = [_is_revision(name) for name in names]
    if all(paths) and not all(revisions):
        return False
    if all(revisions) and not any(paths):
        return True
    if all(revisions):
        named = names[paths.index(True)]
        raise UsageError(
            f"`{named}` is a path and a git revision",
            help=f"write `./{named}` for the path, or add `--revisions`",
        )
    if any(paths) and any(revisions):
        path, other = names if paths[0] else names[::-1]
        raise UsageError(
            f"`{path}` is a path and `{other}` is a git revision",
            help=f"compare two paths, or two revisions with `--project {path}`",
        )
    missing = next(name for name, path, known in zip(names, paths, revisions, strict=True) if not (path or known))
    raise InputError(
        f"`{missing}` is neither a path nor a git revision here",
        help="give two targets of `residency check`, or two revisions that are fetched",
    )


def _is_revision(name: str) -> bool:
    try:
        return checkout.find(Path(), name) is not None
    except UsageError:
        return False  # without git there are only paths


def _of_revision(
    project: str, place: Checkout, options: argparse.Namespace, *, is_base: bool = False
) -> CheckResult | None:
    """The result of a project in one revision; None if the revision does not have it, or not this stack of it."""
    real = place.real(Path(project))
    if not real.exists() or (options.stack and targets.is_project(real) and not _has_stack(project, place, options)):
        return None
    with judging.progress() as progress:
        given = judging.check_options(options, (project,), None, perimeter=_perimeter(project, place, options))
        if progress:
            progress(f"{project} in {place.revision}")
        graph = revision.read(
            project,
            place,
            stack=given.stack,
            others=targets.read_states(given.with_state),
            timeout=given.timeout,
            template=given.template,
        )
    if not is_base:
        check.require_resources(graph)
    return check.result([graph], given.perimeter)


def _has_stack(project: str, place: Checkout, options: argparse.Namespace) -> bool:
    try:
        return pulumi_project.has_stack(place.real(Path(project)), options.stack)
    except ResidencyError as error:
        raise revision.renamed_error(error, place, project) from None


def _perimeter(project: str, place: Checkout, options: argparse.Namespace) -> Perimeter:
    """The one that was chosen, else the revision's own file, found as for a check."""
    day = judging.day(options.date)
    if options.perimeter:
        return load(options.perimeter, day)
    here = Path.cwd()
    for folder in (Path(project), here):
        inside = folder.resolve().is_relative_to(place.top)
        file = (place.real(folder) if inside else folder) / FILE_NAME
        if file.is_file():
            try:
                return load(str(file), day)
            except ResidencyError as error:
                raise revision.renamed_error(error, place, project) from None
    return load(DEFAULT, day)
