"""The language the command line speaks; apart from the rest, since help needs nothing else."""

from __future__ import annotations

import locale
import os

from tiering.words.locale import Language, language_named


def language_of(chosen: str) -> Language:
    """Language of ``--lang``, else of the system's locale; English where neither is one of ours."""
    return language_named(chosen or system_locale())


def system_locale() -> str:
    """Name of the locale for messages: what the environment says first, as POSIX orders it."""
    settings = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in settings if name), "") or locale.getlocale()[0] or ""


def option_of(arguments: list[str], name: str) -> str:
    """Value of an option before the command line is parsed, so that even its own errors know the language."""
    for position, argument in enumerate(arguments):
        if argument.startswith(name + "="):
            return argument.partition("=")[2]
        if argument == name:
            return next(iter(arguments[position + 1 :]), "")
    return ""
