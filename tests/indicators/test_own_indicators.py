"""Indicators the user makes from a column of the upload, switches on and off, turns round or puts in order."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from pydantic import ValidationError

from tests.scenario_texts import scenario_from_json, scenario_to_json
from tests.small_data import dataset
from tiering.evaluate import evaluate, scores_in_points
from tiering.indicators.catalogue import BY_KEY, CATALOGUE
from tiering.indicators.matrix import LEVELS, IndicatorMatrix, indicator_matrix
from tiering.indicators.selection import chosen_indicators, is_expected, own_indicator
from tiering.problems import DataProblem, Problem
from tiering.scenario import Scenario
from tiering.scenario.measures import MOST_OWN, Measures, OwnIndicator
from tiering.words import LANGUAGES, Words
from tiering.words.sentences import problem_sentence

VISITS = OwnIndicator(column="拜访", group="relationship")
PEOPLE = OwnIndicator(column="People", scale="log")
CLASS = OwnIndicator(column="Class", scale="ordered", order=("bronze", "silver", "gold"), group="risk")
TABLE = pd.DataFrame(
    {
        "拜访": [0.0, 5.0, 10.0],
        "People": [1.0, 10.0, 100.0],
        "Class": ["gold", "Bronze ", "tin"],
        "growth": [0.1, 0.2, 0.3],
    }
)


def matrix_of(*own: OwnIndicator, table: pd.DataFrame = TABLE, **choices: object) -> IndicatorMatrix:
    return indicator_matrix(table, {}, Measures(own=own, **choices))  # type: ignore[arg-type]


def test_a_column_of_numbers_becomes_an_indicator_behind_the_ready_ones() -> None:
    matrix = matrix_of(VISITS)
    assert matrix.keys == ("growth", "own:拜访")
    assert (matrix.levels[1] / LEVELS).tolist() == pytest.approx([0, 0.5, 1], abs=1e-3)
    assert matrix.indicators[1].group == "relationship"


def test_fewer_can_be_better() -> None:
    less = VISITS.model_copy(update={"more_is_better": False})
    assert matrix_of(less).levels[1].tolist() == [LEVELS - level for level in matrix_of(VISITS).levels[1]]


def test_on_a_log_scale_ten_times_as_much_is_not_ten_times_as_good() -> None:
    middle = matrix_of(PEOPLE).levels[1][1] / LEVELS
    assert 0.2 < middle < 0.5


def test_words_stand_where_the_user_put_them_and_others_are_not_known() -> None:
    matrix = matrix_of(CLASS)
    assert matrix.patterns[matrix.pattern, 1].tolist() == [1, 1, 0]
    assert matrix.levels[1][:2].tolist() == [LEVELS, 0]


def test_numbers_can_be_put_in_an_order_of_their_own() -> None:
    odd = OwnIndicator(column="grade", scale="ordered", order=("3", "1", "2"))
    levels = matrix_of(odd, table=pd.DataFrame({"grade": [1.0, 2.0, 3.0]})).levels
    assert levels[0].tolist() == [LEVELS / 2, LEVELS, 0]


@pytest.mark.parametrize("own", [OwnIndicator(column="Class"), OwnIndicator(column="gone"), CLASS])
def test_text_read_as_numbers_and_a_column_that_vanished_are_told_and_kept(own: OwnIndicator) -> None:
    table = TABLE.assign(Class=["x", "y", "z"])
    matrix = matrix_of(own, table=table)
    assert matrix.keys == ("growth",)
    assert matrix.unavailable[own.key] in ("own_numbers", "own_order")
    assert is_expected(own_indicator(own))


def test_what_is_switched_off_has_no_row_and_what_is_switched_on_has() -> None:
    table = TABLE.assign(margin_rate=[0.1, 0.2, 0.3])
    assert matrix_of(table=table).keys == ("growth",)
    assert matrix_of(table=table, switched={"margin_rate": True, "growth": False}).keys == ("margin_rate",)


def test_a_direction_can_be_turned_round() -> None:
    turned = matrix_of(turned=("growth",)).levels[0]
    assert turned.tolist() == matrix_of().levels[0][::-1].tolist()


def test_words_of_a_ready_indicator_can_be_put_in_order() -> None:
    table = pd.DataFrame({"credit": ["一级", "二级", "三级"]})
    assert matrix_of(table=table).keys == ()
    ordered = matrix_of(table=table, orders={"credit": ("三级", "二级", "一级")})
    assert ordered.levels[0].tolist() == [LEVELS, LEVELS / 2, 0]


def test_there_is_room_for_every_indicator_in_one_whole_number() -> None:
    assert len(CATALOGUE) + MOST_OWN + 1 < 63


def test_a_column_makes_one_indicator_and_an_order_takes_two_words() -> None:
    with pytest.raises(ValidationError):
        Measures(own=(VISITS, VISITS))
    with pytest.raises(ValidationError):
        OwnIndicator(column="Class", scale="ordered", order=("gold",))
    with pytest.raises(ValidationError):
        OwnIndicator(column="Class", scale="ordered", order=("gold", "gold"))


def test_own_indicators_stay_in_the_scenario_file_and_give_the_same_scores() -> None:
    customers = pa.table({"customer_id": ["a", "b", "c"], "拜访": [1.0, 2.0, 9.0], "annual_revenue": [5.0, 5.0, 5.0]})
    scenario = Scenario(weights={"own:拜访": 50}, measures=Measures(own=(VISITS,), turned=("own:拜访",)))
    again = scenario_from_json(scenario_to_json(scenario))
    assert again == scenario
    first, second = (evaluate(dataset(None, customers), each) for each in (scenario, again))
    assert scores_in_points(first).tolist() == scores_in_points(second).tolist()
    assert scores_in_points(first).argmax() == 2


def test_weights_on_a_column_that_vanished_alone_are_a_problem_with_a_sentence() -> None:
    customers = pa.table({"customer_id": ["a"], "annual_revenue": [5.0]})
    scenario = Scenario(weights={"own:拜访": 50}, measures=Measures(own=(VISITS,)))
    with pytest.raises(DataProblem) as raised:
        evaluate(dataset(None, customers), scenario)
    assert raised.value.code == Problem.WEIGHTS_UNKNOWN
    sentence = problem_sentence(raised.value, Words("zh"))
    assert "“拜访（own:拜访）”" in sentence
    assert "年销售额（annual_revenue）" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_own_indicator_is_called_as_its_column_which_can_load_nothing(language: str) -> None:
    words = Words(language)  # type: ignore[arg-type]
    assert words("indicator.own:拜访.label") == "拜访"
    assert "拜访" in words("indicator.own:拜访.hint")
    picture = words("indicator.own:![x](http://example.com/a.b).label")
    assert not set(picture) & set("[]<>`$:")
    assert words.has("indicator.own:anything.label")


def test_ready_indicators_come_in_catalogue_order() -> None:
    keys = [indicator.key for indicator in chosen_indicators(Measures())]
    assert keys == [key for key in BY_KEY if BY_KEY[key].usual]
