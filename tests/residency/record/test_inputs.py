"""The files of a target: links by what they say, strange names by themselves, environments not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from residency.errors import InputError
from residency.record import digests, inputs
from tests.residency.repositories import PROJECT, program


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in no repository."""
    folder = tmp_path / "infra"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text(PROJECT)
    (folder / "__main__.py").write_text(program())
    return folder


def files(folder: Path, *reads: str) -> dict[str, str]:
    """The files of a project."""
    return inputs.of_target(str(folder), None, reads, ()).files


def test_caches_environments_and_libraries_of_node_are_left_out(project: Path) -> None:
    for name in ("__pycache__/a.pyc", "node_modules/x/index.js", ".git/HEAD", "env/pyvenv.cfg", "env/lib/x.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("x")
    assert list(files(project)) == ["Pulumi.yaml", "__main__.py"]


@pytest.mark.skipif(os.name == "nt", reason="links and names of POSIX")
def test_a_link_is_followed_to_a_file_and_read_where_it_leads_nowhere(project: Path) -> None:
    (project / "other.txt").write_text("text")
    (project / "link").symlink_to("other.txt")
    (project / "broken").symlink_to("nowhere")
    (project / "folder").symlink_to(project.parent)
    found = files(project)
    assert found["link"] == digests.of_bytes(b"text")
    assert found["broken"] == digests.of_bytes(b"nowhere")


@pytest.mark.skipif(os.name == "nt", reason="links and names of POSIX")
def test_a_name_that_is_not_utf_8_is_counted(project: Path) -> None:
    (project / os.fsdecode(b"caf\xe9.txt")).write_text("x")
    assert "caf\\udce9.txt" in files(project)


@pytest.mark.parametrize("name", ["no\0file", "x" * 5000, "../" * 400 + "x", "", "."])
def test_what_can_be_no_file_is_missing(project: Path, name: str) -> None:
    """A record that was made up may name anything."""
    assert list(files(project, name)) == ["Pulumi.yaml", "__main__.py"]


def test_the_record_itself_is_no_input(project: Path) -> None:
    record = project / "record.json"
    record.write_text("{}")
    assert "record.json" in files(project)
    assert "record.json" not in inputs.of_target(str(project), None, (), (record,)).files


def test_the_output_of_a_synthesis_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "a.template.json").write_text("{}")
    assert inputs.of_target(str(tmp_path), None, (), ()).form == "folder"
    assert list(inputs.of_target(str(tmp_path / "manifest.json"), None, (), ()).files) == [
        "a.template.json",
        "manifest.json",
    ]


def test_a_pack_without_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no policy pack is in"):
        inputs.of_pack(tmp_path / "none")
    with pytest.raises(InputError, match="no policy pack is in"):
        inputs.of_pack(tmp_path)
