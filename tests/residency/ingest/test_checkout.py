"""A revision laid out as files: exactly it, without a trace in the user's repository, and nothing left behind."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import pytest

from residency.errors import InputError, UsageError
from residency.ingest import checkout
from tests.residency.repositories import committed, git, repository


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def everything(folder: Path) -> dict[str, str]:
    """Each file of a folder with its digest."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_revision_is_laid_out_and_gone_afterwards(tmp_path: Path, scratch: Path) -> None:
    home = repository(tmp_path / "home")
    old = committed(home, **{"infra/a.txt": "old\n"})
    committed(home, **{"infra/a.txt": "new\n"})
    with checkout.checkout(home / "infra", old) as place:
        assert place.real(home / "infra" / "a.txt").read_text() == "old\n"
        assert place.shown(f"in {place.files}/infra") == f"in {home}/infra"
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("raised", [ValueError, KeyboardInterrupt])
def test_it_is_gone_after_an_error_and_an_interruption(
    tmp_path: Path, scratch: Path, raised: type[BaseException]
) -> None:
    home = repository(tmp_path / "home")
    commit = committed(home, a="a")
    with pytest.raises(raised), checkout.checkout(home, commit) as place:
        raise raised(str(place.files))
    assert list(scratch.iterdir()) == []


def test_work_tree_index_and_repository_stay_as_they_are(tmp_path: Path) -> None:
    """Byte for byte, with a change that is staged and one that is not."""
    home = repository(tmp_path / "home")
    commit = committed(home, a="one", b="one")
    (home / "a").write_text("staged")
    git(home, "add", "a")
    (home / "b").write_text("not staged")
    before = everything(home)
    with checkout.checkout(home, commit) as place:
        assert (place.files / "a").read_text() == "one"
        (place.files / "a").write_text("the program writes")
    assert everything(home) == before
    assert git(home, "worktree", "list").count("\n") == 1


def test_neither_hooks_nor_filters_nor_export_attributes_change_what_is_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attribute could leave a file out of an archive, and a filter, a user's own too, could fetch."""
    everywhere = tmp_path / "gitconfig"
    everywhere.write_text(f'[filter "network"]\n\tsmudge = touch {tmp_path}/called; cat\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(everywhere))
    home = repository(tmp_path / "home")
    attributes = "leak.py export-ignore\n*.txt filter=network\n"
    commit = committed(home, **{".gitattributes": attributes, "leak.py": "leak", "a.txt": "text"})
    git(home, "config", "filter.network.smudge", f"touch {tmp_path}/called; cat")
    hook = home / ".git" / "hooks" / "post-checkout"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/called\n")
    hook.chmod(0o755)
    with checkout.checkout(home, commit) as place:
        assert (place.files / "leak.py").read_text() == "leak"
        assert (place.files / "a.txt").read_text() == "text"
    assert not (tmp_path / "called").exists()


def test_a_hooks_own_variables_do_not_lead_astray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check in a pre-push hook runs with GIT_DIR set, and perhaps on another repository."""
    other, home = repository(tmp_path / "other"), repository(tmp_path / "home")
    commit = committed(home, a="one")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(home / ".git" / "index"))
    (home / "a").write_text("two")
    before = everything(home / ".git")
    with checkout.checkout(home, commit) as place:
        assert (place.files / "a").read_text() == "one"
    assert everything(home / ".git") == before


def test_a_submodule_is_left_out_with_a_note(tmp_path: Path) -> None:
    other = repository(tmp_path / "other")
    committed(other, a="a")
    home = repository(tmp_path / "home")
    git(home, "submodule", "--quiet", "add", str(other), "vendor/other")
    commit = committed(home, b="b")
    with checkout.checkout(home, commit) as place:
        assert [note.what for note in place.notes] == [
            f"the submodule `vendor/other` is left out of revision `{commit}`"
        ]
        assert not (place.files / "vendor" / "other" / "a").exists()


def test_a_linked_work_tree_and_a_folder_that_is_gone_today_serve_as_well(tmp_path: Path) -> None:
    home = repository(tmp_path / "home")
    old = committed(home, **{"gone/a": "a"})
    git(home, "rm", "-r", "--quiet", "gone")
    committed(home, b="b")
    linked = tmp_path / "linked"
    git(home, "worktree", "add", "--quiet", "--detach", str(linked))
    with checkout.checkout(linked / "gone", old) as place:
        assert place.real(linked / "gone" / "a").read_text() == "a"


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD:a", ""])
def test_what_is_no_revision_is_refused(tmp_path: Path, name: str) -> None:
    """An option is not read as one."""
    home = repository(tmp_path / "home")
    committed(home, a="a")
    with pytest.raises(InputError, match="is no revision"), checkout.checkout(home, name):
        pass
    assert sorted(each.name for each in home.iterdir()) == [".git", "a"]


def test_a_folder_in_no_repository_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is in no git work tree"), checkout.checkout(tmp_path, "HEAD"):
        pass


def test_without_git_it_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="`git` is not installed"):
        checkout.find(tmp_path, "HEAD")
    assert checkout.listed(tmp_path) is None
