"""Credits of pictures in square brackets that lost the line end behind them, and the caption above."""

from __future__ import annotations

import pytest

from fetchers.seeds.page_text.reading import read_page

PAGE = """ date 2024-11-02 하이드 항구, 밤 9시 이후 배에 요금…한 척 400크라운
입력 2024.11.02 오전 9:12
하이드 항구 옛 부두와 등대
{head} 김바다 기자 = 하이드 항구는 내년 5월부터 밤 9시 이후 부두를 떠나는 배에 요금 400크라운을 받는다고 2일 밝혔다.
항구는 배 네 척이 대상이며 새벽 5시까지 적용된다고 설명했다.
어민들은 "밤에 누가 세느냐"고 물었다.
"""


@pytest.mark.parametrize(
    ("head", "source"),
    [
        ("[하이드항 제공](부산=연합뉴스)", "연합뉴스"),
        ("[시청 제공][부산=뉴시스]", "뉴시스"),
        ("[사진=하이드항](부산=연합뉴스)", "연합뉴스"),
    ],
)
def test_a_credit_in_square_brackets_before_the_dateline_is_a_pictures(head: str, source: str) -> None:
    (story,) = read_page(PAGE.format(head=head))[0]
    assert (story.dateline, story.source, story.byline, story.highlights) == ("부산", source, "김바다", ())
    assert story.body[0].startswith("하이드 항구는 내년 5월부터")


def test_a_dateline_in_square_brackets_is_no_credit_without_a_space_behind_it() -> None:
    (story,) = read_page(PAGE.format(head="[부산=뉴시스]").replace("] 김", "]김"))[0]
    assert (story.dateline, story.source, story.byline) == ("부산", "뉴시스", "김바다")
