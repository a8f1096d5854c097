"""A private folder of this server in which a session's data and choices outlive a page refresh."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tiering.scratch import new_folder

LASTS_SECONDS = 4 * 3600
MOST_KEPT = 200
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits in base64


def new_token() -> str:
    """A secret of 256 random bits that names what one browser tab may have back."""
    return secrets.token_urlsafe(32)


def is_token(text: object) -> bool:
    """Whether a text has the form of a token, whoever made it."""
    return isinstance(text, str) and _TOKEN.fullmatch(text) is not None


class Vault:
    """Folders by token, each owned by one session; only the user who runs the server can enter (mode 0700).

    A folder is named by the hash of its token, so that nobody who lists the folders learns a token and no token can
    name a path. ``is_alive`` tells whether a session is connected; what no living session owns is removed
    ``LASTS_SECONDS`` after its last use, all of it when the server stops; what a killed server leaves goes when the
    next one starts, or the next file is read from the command line. It is not encrypted under the token: the files
    that parsers are reading cannot be, and one rule for all that lies on disk is easier to keep than two.
    """

    def __init__(self, is_alive: Callable[[str], bool], parent: Path | None = None) -> None:
        self._is_alive = is_alive
        self._owners: dict[str, str] = {}
        self.root = new_folder("kept", parent)

    def own(self, token: str, session: str) -> Path:
        """The folder of a token, made if it is not there, from now on written by this session alone."""
        folder = self._folder(token)
        folder.mkdir(mode=0o700, exist_ok=True)
        self._owners[folder.name] = session
        return folder

    def is_owner(self, token: str, session: str) -> bool:
        """Whether what this session keeps is still the last word on the token."""
        return self._owners.get(self._folder(token).name, session) == session

    def take_over(self, token: str, session: str) -> tuple[Path, str] | None:
        """What a tab left under its token → its folder and the session that left it; None where nothing is kept.

        While that session is alive (a duplicated tab) nothing is handed over, but see :meth:`copy`.
        """
        if not is_token(token) or not (folder := self._folder(token)).is_dir():
            return None
        before = self._owners.get(folder.name, session)
        if before != session and not self._is_alive(before):
            self._owners[folder.name] = session
        os.utime(folder)
        return folder, before

    def copy(self, folder: Path, token: str, session: str) -> Path:
        """The same content under a token of its own, so that two tabs never write into one folder."""
        target = self.own(token, session)
        shutil.copytree(folder, target, copy_function=_linked, dirs_exist_ok=True)
        return target

    def forget(self, token: str) -> None:
        """Remove all that is kept under a token."""
        folder = self._folder(token)
        self._owners.pop(folder.name, None)
        shutil.rmtree(folder, ignore_errors=True)

    def tidy(self, now: float) -> None:
        """Remove what is too old (``now``: seconds since the epoch); what a living session owns stays young."""
        ages = {}
        for folder in self._folders():
            if self._is_alive(self._owners.get(folder.name, "")):
                os.utime(folder, (now, now))
            ages[folder] = now - folder.stat().st_mtime
        youngest = sorted(ages, key=lambda folder: ages[folder])
        for place, folder in enumerate(youngest):
            if ages[folder] > LASTS_SECONDS or place >= MOST_KEPT:
                self._owners.pop(folder.name, None)
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.root, ignore_errors=True)

    def _folders(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from (one for one in self.root.iterdir() if one.is_dir())

    def _folder(self, token: str) -> Path:
        return self.root / hashlib.sha256(token.encode()).hexdigest()


def _linked(source: str, target: str) -> None:
    """Content is never changed in place, so a second name of the same file is as good as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
