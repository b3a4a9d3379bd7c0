"""A target as it is in one git revision, named and placed as in the user's own work tree.

In:  a target's path in the work tree, and a Checkout of the revision.
Out: its ResourceGraph. Neither it nor an error names the temporary folder, so that fingerprints and reports are those
     of a check of the same files in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from residency.errors import ResidencyError
from residency.ingest import targets
from residency.ingest.checkout import Checkout
from residency.ingest.home import Home
from residency.ingest.targets import OtherStacks, Template
from residency.model import Note, Resource, ResourceGraph, Unknown, Value


def read(  # noqa: PLR0913 - as for targets.read
    target: str,
    place: Checkout,
    *,
    stack: str | None,
    others: OtherStacks,
    timeout: float,
    template: Template | None = None,
) -> ResourceGraph:
    """Read a target of a revision; the arguments are those of ``targets.read``.

    The program of a project runs in the environment that the work tree's project has.

    Raises:
        InputError: it does not exist in the revision, or cannot be read.
    """
    real = place.real(Path(target))
    project = Path(target) if real.is_dir() else Path(target).parent
    home = Home(project=project, top=place.top, files=place.files)
    try:
        graph = targets.read(str(real), stack=stack, others=others, timeout=timeout, template=template, home=home)
    except ResidencyError as error:
        raise renamed_error(error, place, target) from None
    names = _Names(str(real), target, place)
    return msgspec.structs.replace(
        graph,
        target=target,
        resources={key: names.resource(each) for key, each in graph.resources.items()},
        providers={key: names.resource(each) for key, each in graph.providers.items()},
        notes=tuple(sorted({*(names.note(note) for note in graph.notes), *place.notes})),
    )


def renamed_error(error: ResidencyError, place: Checkout, target: str) -> ResidencyError:
    """The same error in the user's own paths, which says of which revision it speaks."""
    names = _Names(str(place.real(Path(target))), target, place)
    what = f"{names.text(error.what)} (in revision `{place.revision}`)"
    return type(error)(what, where=names.text(error.where), help=names.text(error.help))


class _Names:
    """Puts the user's paths where the temporary folder's are."""

    def __init__(self, real: str, target: str, place: Checkout) -> None:
        self._real, self._target, self._place = real, target, place

    def text(self, text: str) -> str:
        if text == self._real:
            return self._target
        return self._place.shown(text.replace(f"`{self._real}`", f"`{self._target}`"))

    def note(self, note: Note) -> Note:
        changed = {"what": self.text(note.what), "where": self._file(note.where), "settle": self.text(note.settle)}
        return msgspec.structs.replace(note, **changed)

    def resource(self, resource: Resource) -> Resource:
        where = resource.where
        if where is not None:
            where = msgspec.structs.replace(where, file=self._file(where.file))
        return msgspec.structs.replace(
            resource,
            inputs={name: self._value(value) for name, value in resource.inputs.items()},
            outputs={name: self._value(value) for name, value in resource.outputs.items()},
            where=where,
        )

    def _file(self, file: str) -> str:
        # A template names itself, and perhaps a line, by the path that it was read from.
        return self._target + file.removeprefix(self._real) if file.startswith(self._real) else self.text(file)

    def _value(self, value: Value) -> Value:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Unknown):
            return msgspec.structs.replace(value, reason=self.text(value.reason), settle=self.text(value.settle))
        if isinstance(value, Mapping):
            return {name: self._value(item) for name, item in value.items()}
        if isinstance(value, Sequence):
            return [self._value(item) for item in value]
        return value
