"""The command line speaks the language of ``--lang``, else of the system."""

from __future__ import annotations

import pytest

from tiering.cli.commands import main
from tiering.cli.language import language_of
from tiering.problems import DataProblem, Problem
from tiering.words import LANGUAGES, Words
from tiering.words.catalogue import catalogue
from tiering.words.sentences import problem_sentence


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_GB.UTF-8", "en"), ("de_DE.UTF-8", "en"), ("C", "en")],
)
def test_the_system_decides_without_an_option(monkeypatch, locale, language):
    monkeypatch.setenv("LANG", locale)
    assert language_of("") == language


def test_messages_come_before_the_general_setting(monkeypatch):
    monkeypatch.setenv("LC_MESSAGES", "zh_CN.UTF-8")
    assert language_of("") == "zh"
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert language_of("") == "en"


def test_the_option_beats_the_system(monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert language_of("en") == "en"


def help_of(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert not ended.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("command", ["tier", "read", "app"])
def test_help_is_in_the_language_of_the_option(capsys, command):
    assert Words("zh")(f"cli.{command}.help")[:8] in help_of(capsys, command, "--lang", "zh")
    assert Words("en")(f"cli.{command}.help")[:8] in help_of(capsys, command)


@pytest.mark.parametrize(
    ("started", "named"),
    [
        ("/bin/tiering", "tiering tier"),
        ("C:/Scripts/customer-tiering.exe", "customer-tiering tier"),
        ("/site-packages/tiering/__main__.py", "python -m tiering tier"),
    ],
)
def test_help_names_the_program_as_it_was_started(capsys, monkeypatch, started, named):
    monkeypatch.setattr("sys.argv", [started])
    assert f"Usage: {named} " in help_of(capsys, "tier")


def test_every_option_says_what_it_is_for(capsys):
    text = help_of(capsys, "tier", "--lang=zh")
    for option in ("orders", "out", "customers", "scenario", "as_of", "set_aside", "answers", "lang"):
        assert Words("zh")(f"cli.tier.{option}")[:6] in text


def test_a_command_written_wrongly_is_said_in_the_language_of_the_option(run):
    assert run("tier", "--lang", "zh").said.startswith("命令写法不对：")
    assert run("dance").status == 2


def test_every_problem_has_a_whole_sentence_in_both_languages():
    for code in Problem:
        parts = [f"problem.{code}.{part}" for part in ("wrong", "expected", "todo")]
        assert [key for key in parts if not all(catalogue()[key].get(language) for language in LANGUAGES)] == []


def test_a_sentence_names_columns_as_people_know_them():
    problem = DataProblem(Problem.MISSING_COLUMNS, missing=["order_date", "amount"], found=["客户", "foo"])
    assert "下单日期、金额" in problem_sentence(problem, Words("zh"))
    assert "Order date, Amount" in problem_sentence(problem, Words("en"))


def test_names_stand_in_a_row_with_the_comma_of_the_language():
    assert Words("zh").listed(["a", "b"]) == "a、b"
    assert Words("en").listed(["a", "b"]) == "a, b"
