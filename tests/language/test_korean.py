"""Korean words lose their particles and endings, and verbs are found in every conjugation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.language.conjugation import beginnings, stems_of
from darak.language.hangul import parts, syllable, with_final
from darak.language.korean import stems

syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(syllables)
def test_a_syllable_is_the_sum_of_its_parts(char: str) -> None:
    assert syllable(*parts(char)) == char
    assert with_final(with_final(char, ""), parts(char)[2]) == char


@pytest.mark.parametrize(
    ("past", "stem"),
    [
        *(("떨렸", "떨리"), ("떨려", "떨리"), ("걸었", "걷")),
        *(("걸었", "걸"), ("추웠", "춥"), ("지었", "짓"), ("지었", "지")),
        *(("몰랐", "모르"), ("불렀", "부르"), ("했", "하")),
        *(("발표했", "발표하"), ("갔", "가"), ("봤", "보"), ("배웠", "배우")),
        *(("먹었", "먹"), ("만들었", "만들"), ("썼", "쓰")),
        *(("마셨", "마시"), ("빨갰", "빨갛"), ("됐", "되"), ("아팠", "아프")),
        *(("예뻤", "예쁘"), ("도왔", "돕"), ("보냈", "보내")),
        *(("섰", "서"), ("들었", "듣"), ("들었", "들"), ("나왔", "나오")),
    ],
)
def test_a_past_form_gives_its_stem_also_when_irregular(past: str, stem: str) -> None:
    assert stem in stems_of(past)


@pytest.mark.parametrize(
    ("stem", "written"),
    [
        ("떨리", "떨렸던 떨려서 떨리는 떨린 떨릴 떨립니다"),
        ("걷", "걷고 걸었다 걸어서 걷는 걸을 걷기"),
        ("춥", "춥다 추웠던 추워 추운 추울 추우면"),
        ("모르", "모르고 몰랐다 몰라서 모르는 모를"),
        ("만들", "만들고 만드는 만들었다 만든 만듭니다"),
        ("살", "살고 사는 살았던 살아서"),
        ("빨갛", "빨갛다 빨간 빨갰다"),
        ("아프", "아팠다 아파서 아프고 아픈 아플"),
        ("쓰", "썼다 쓰고 쓰는 써서"),
        ("이사하", "이사했다 이사하고 이사한 이사할 이사합니다 이사해서"),
        ("되", "됐다 되고 되어 되는"),
        ("짓", "짓고 지었다 지은 짓는"),
    ],
)
def test_every_conjugated_form_begins_as_said(stem: str, written: str) -> None:
    for form in written.split():
        assert any(form.startswith(beginning) for beginning in beginnings(stem)), form


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        *(("꿈을", "꿈"), ("발표에서", "발표"), ("집에는", "집")),
        *(("소윤이랑", "소윤"), ("엄마한테도", "엄마"), ("병원까지", "병원")),
        *(("치과에", "치과"), ("회의는", "회의"), ("이모랑", "이모")),
        *(("포르투로", "포르투"), ("서울로", "서울"), ("기훈이가", "기훈")),
        *(("내과", "내과"), ("나이", "나이"), ("아이", "아이")),
        *(("사과", "사과"), ("고양이", "고양이"), ("회의", "회의")),
        *(("떨렸던", "떨리"), ("갔었는데", "가"), ("먹고", "먹")),
        *(("읽은", "읽"), ("떠난", "떠나"), ("만드는", "만들")),
        *(("아름다운", "아름답"), ("추우면", "춥"), ("재밌었을", "재밌")),
        *(("그만두기까지", "그만두"), ("찾을", "찾"), ("배워서", "배우")),
        *(("샀어", "사"), ("간", "가"), ("하겠다고", "하")),
        *(("물어봤어", "물어보"), ("오셨었지", "오시"), ("돌려주겠다고", "돌려주")),
    ],
)
def test_a_word_gives_its_stem(word: str, stem: str) -> None:
    assert any(reading.form == stem or stem.startswith(reading.form) for reading in stems(word)), stems(word)


@pytest.mark.parametrize(
    ("word", "wrong"), [("나이", "나"), ("연기", "여"), ("최고", "최"), ("사과", "사"), ("내과", "내")]
)
def test_what_sound_or_vocabulary_forbids_is_no_reading(word: str, wrong: str) -> None:
    assert wrong not in {reading.form for reading in stems(word)}


@pytest.mark.parametrize(
    ("word", "noun"),
    [
        *(("요가", "요가"), ("휴가", "휴가"), ("여름휴가", "여름휴가"), ("휴가가", "휴가"), ("여름휴가를", "여름휴가")),
        *(
            ("회의", "회의"),
            ("주간회의는", "주간회의"),
            ("고양이", "고양이"),
            ("고양이가", "고양이"),
            ("길고양이랑", "길고양이"),
        ),
        *(("강아지", "강아지"), ("강아지도", "강아지"), ("아이가", "아이"), ("나이가", "나이"), ("이사를", "이사")),
        *(("의사", "의사"), ("의사가", "의사"), ("하은", "하은"), ("치과", "치과"), ("제주도", "제주도")),
        *(("민수랑", "민수"), ("소윤이", "소윤"), ("소윤이가", "소윤"), ("소윤이랑", "소윤"), ("민준이는", "민준")),
    ],
)
def test_a_noun_stays_whole_and_a_name_loses_its_particles(word: str, noun: str) -> None:
    assert stems(word)[0].form == noun
    assert {reading.kind for reading in stems(word)} == {"noun"}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        *(
            ("아팠어", "아프"),
            ("아파서", "아프"),
            ("아파", "아프"),
            ("바빠서", "바쁘"),
            ("예뻤던", "예쁘"),
            ("잠갔어", "잠그"),
        ),
        *(
            ("있어", "있"),
            ("있었어", "있"),
            ("없었는데", "없"),
            ("됐어", "되"),
            ("되었어", "되"),
            ("온대", "오"),
            ("본", "보"),
        ),
        *(
            ("간", "가"),
            ("찍", "찍"),
            ("찍은", "찍"),
            ("만났어", "만나"),
            ("다녀왔어", "다녀오"),
            ("도왔어", "돕"),
            ("지은", "짓"),
        ),
    ],
)
def test_the_likeliest_stem_comes_first(word: str, stem: str) -> None:
    verbs = [reading.form for reading in stems(word) if reading.kind == "verb"]
    assert verbs[0] == stem


@pytest.mark.parametrize("word", ["영화", "봄", "아빠", "오빠", "가을", "영화가", "꿈"])
def test_a_noun_that_only_sounds_like_a_verb_is_none(word: str) -> None:
    assert {reading.kind for reading in stems(word)} == {"noun"}


@given(st.text(syllables, min_size=1, max_size=6))
def test_any_hangul_word_has_a_reading_and_stems_do_not_grow(word: str) -> None:
    readings = stems(word)
    assert readings
    assert all(0 < len(reading.form) <= len(word) + 1 for reading in readings)
