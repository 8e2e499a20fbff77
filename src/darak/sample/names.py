"""Pools of names: Korean with romanisation, English with transliteration."""

# ruff: noqa: E501 (a table of sentences)

from __future__ import annotations

FAMILIES = (
    ("김", "Kim"), ("이", "Lee"), ("박", "Park"), ("최", "Choi"), ("정", "Jung"), ("강", "Kang"), ("조", "Cho"),
    ("윤", "Yoon"), ("장", "Jang"), ("임", "Lim"), ("한", "Han"), ("오", "Oh"), ("서", "Seo"), ("신", "Shin"),
    ("권", "Kwon"), ("황", "Hwang"), ("안", "Ahn"), ("송", "Song"), ("류", "Ryu"), ("홍", "Hong"),
    ("문", "Moon"), ("배", "Bae"), ("백", "Baek"), ("허", "Heo"), ("남", "Nam"), ("노", "Noh"),
)  # fmt: skip

# Each row holds given names that sound alike: two people of one life are drawn from one row as near-namesakes.
GIVEN = (
    (("지훈", "Jihoon"), ("지환", "Jihwan")), (("서연", "Seoyeon"), ("서윤", "Seoyun")),
    (("민재", "Minjae"), ("민채", "Minchae")), (("하은", "Haeun"), ("하윤", "Hayoon")),
    (("도윤", "Doyoon"), ("도현", "Dohyun")), (("수빈", "Subin"), ("수민", "Sumin")),
    (("예진", "Yejin"), ("예린", "Yerin")), (("준호", "Junho"), ("준오", "Juno")),
    (("유진", "Yujin"), ("유준", "Yujun")), (("성민", "Sungmin"), ("성빈", "Sungbin")),
    (("가영", "Gayoung"), ("가연", "Gayeon")), (("태현", "Taehyun"), ("태형", "Taehyung")),
    (("은지", "Eunji"), ("은재", "Eunjae")), (("현우", "Hyunwoo"), ("현수", "Hyunsoo")),
    (("다은", "Daeun"), ("다인", "Dain")), (("승우", "Seungwoo"), ("승호", "Seungho")),
    (("나연", "Nayeon"), ("나은", "Naeun")), (("재원", "Jaewon"), ("재현", "Jaehyun")),
    (("보라", "Bora"), ("보람", "Boram")), (("정민", "Jungmin"), ("정빈", "Jungbin")),
    (("소율", "Soyul"), ("소윤", "Soyoon")), (("동욱", "Dongwook"), ("동우", "Dongwoo")),
    (("혜원", "Hyewon"), ("혜인", "Hyein")), (("상훈", "Sanghoon"), ("상현", "Sanghyun")),
    (("윤아", "Yoona"), ("윤하", "Yoonha")), (("기훈", "Kihoon"), ("기현", "Kihyun")),
    (("채린", "Chaerin"), ("채원", "Chaewon")), (("영주", "Youngju"), ("영지", "Youngji")),
)  # fmt: skip

ELDERS_WOMEN = (
    ("김영숙", "Youngsook Kim"), ("이정희", "Junghee Lee"), ("박미경", "Mikyung Park"), ("최순자", "Soonja Choi"),
    ("정경희", "Kyunghee Jung"), ("윤혜숙", "Hyesook Yoon"), ("한명옥", "Myungok Han"), ("송인자", "Inja Song"),
)  # fmt: skip

ENGLISH = (
    ("Olivia", "올리비아", "Marsh"), ("Daniel", "대니얼", "Okafor"), ("Hannah", "해나", "Lindqvist"),
    ("Marcus", "마커스", "Reid"), ("Priya", "프리야", "Raman"), ("Tom", "톰", "Whitlock"),
    ("Sofia", "소피아", "Almeida"), ("Ben", "벤", "Carver"), ("Chloe", "클로이", "Dufour"),
    ("Liam", "리암", "Gallagher-Poe"), ("Nadia", "나디아", "Haddad"), ("Owen", "오언", "Pritchard"),
    ("Grace", "그레이스", "Tanaka"), ("Felix", "펠릭스", "Brandt"), ("Maya", "마야", "Solberg"),
    ("Ethan", "이선", "Castellano"), ("Ruth", "루스", "Abara"), ("Simon", "사이먼", "Vance"),
    ("Elena", "엘레나", "Petrov"), ("Jack", "잭", "Hollis"), ("Amelia", "어밀리아", "Frost"),
    ("Victor", "빅터", "Nunez"), ("Leah", "리아", "Rosen"), ("Callum", "캘럼", "Baird"),
)  # fmt: skip

PET_NAMES = (
    ("보리", "Bori"), ("두부", "Dubu"), ("콩이", "Kongi"), ("모카", "Mocha"), ("감자", "Gamja"), ("호두", "Hodu"),
    ("나비", "Nabi"), ("율무", "Yulmu"), ("참깨", "Chamkkae"), ("메리", "Merry"), ("밤이", "Bami"), ("찹쌀", "Chapssal"),
)  # fmt: skip

# Firms of software, design, research … (Korean, English, mail domain); all are invented.
EMPLOYERS = (
    ("한빛솔루션", "Hanbit Solutions", "hanbit-solutions.example"), ("누리소프트", "Nuri Soft", "nurisoft.example"),
    ("청솔데이터", "Cheongsol Data", "cheongsol.example"), ("다온미디어", "Daon Media", "daonmedia.example"),
    ("가람테크", "Garam Tech", "garamtech.example"), ("새벽별출판", "Dawnstar Press", "dawnstar.example"),
    ("이음디자인", "Ieum Design", "ieum.example"), ("푸른들식품", "Green Field Foods", "greenfield.example"),
)  # fmt: skip
INTERNATIONAL_EMPLOYERS = (
    ("노스윈드", "Northwind Analytics", "northwind-analytics.example"), ("루멘웍스", "Lumenworks", "lumenworks.example"),
    ("틸라모빌리티", "Tilla Mobility", "tilla.example"), ("오픈하버", "Open Harbor", "openharbor.example"),
    ("페이퍼크레인", "Papercrane", "papercrane.example"), ("메이플로그", "Maplelog", "maplelog.example"),
)  # fmt: skip
