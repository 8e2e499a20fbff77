"""The texts about what is kept, taking it out and forgetting, in Korean and English; a part of the table of `texts`."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS_OF_PRIVACY: Mapping[str, tuple[str, str]] = {
    "privacy.lead": (
        "모든 것이 이 컴퓨터에 암호화되어 있어요. 여기서 보고, 꺼내고, 지울 수 있어요.",
        "Everything is on this machine, encrypted. Here you can see it, take it out, and erase it.",
    ),
    "privacy.kept": ("무엇이 있나요", "What is kept"),
    "privacy.kept.counts": (
        "기록 {records}개, 측정값 {samples}개, 사람 {people}명.",
        "{records} records, {samples} samples, {people} people.",
    ),
    "privacy.kept.where": (
        "금고 {vault}, 색인 {index}. 폴더: {home}",
        "Vault {vault}, index {index}, in {home}",
    ),
    "privacy.programs": ("다락을 쓴 프로그램", "Programs that asked"),
    "privacy.programs.none": ("아직 없어요.", "None so far."),
    "privacy.export": ("모두 꺼내기", "Take everything out"),
    "privacy.export.lead": (
        "모든 기록과 첨부 파일을 파일 하나로 저장해요. 이 파일은 암호화되지 않으니 잘 보관하세요.",
        "Saves every record and attached file as one file. It is not encrypted, so keep it safe.",
    ),
    "privacy.export.button": ("파일로 저장", "Save as a file"),
    "privacy.forget": ("잊기", "Forget"),
    "privacy.forget.lead": (
        "고른 것을 금고, 색인, 첨부 파일에서 영원히 지워요. 먼저 무엇이 지워지는지 보여 드려요.",
        "Erases what you choose from the vault, the index and the attached files for good. You see it first.",
    ),
    "forget.search": ("이 말이 모두 들어간 기록", "Records that say all of"),
    "forget.search.how": (
        "조사나 어미가 붙은 말도 찾아요. 더 긴 말 속까지 찾으려면 따옴표로 묶으세요.",
        "Found with any endings; put it in quotation marks to find it inside longer words too.",
    ),
    "forget.people": ("이 사람의 기록 (이름 전체)", "Records of this person (whole name)"),
    "forget.sources": ("이 자료의 기록", "Records from this source"),
    "forget.kinds": ("이 종류의 기록", "Records of this kind"),
    "forget.since": ("이날부터", "From"),
    "forget.until": ("이날까지", "Until"),
    "forget.any": ("모두", "Any"),
    "forget.day": ("날짜는 2024-05-01, 2024-05, 2024처럼 쓰세요.", "Write days as 2024-05-01, 2024-05 or 2024."),
    "forget.preview": ("무엇이 지워지는지 보기", "See what would go"),
    "forget.all": ("모두 잊기", "Forget everything"),
    "forget.all.type": (
        "금고에 있는 것을 모두 지우려면 “잊기”라고 쓰세요.",
        "To erase all there is in the vault, write “forget”.",
    ),
    "forget.all.word": ("잊기", "forget"),
    "forget.title": ("이것을 잊을까요?", "Forget this?"),
    "forget.amount": (
        "기록 {records}개와 측정값 {samples}개가 지워져요.",
        "{records} records and {samples} samples would go.",
    ),
    "forget.between": ("{first} – {last}", "{first} – {last}"),
    "forget.with": ("관련된 사람", "People"),
    "forget.attachments": ("첨부 파일", "Attached files"),
    "forget.turns": ("다락과 나눈 대화", "Turns of conversations"),
    "forget.keep": ("체크를 풀면 그 기록은 남아요.", "Clear a box to keep that record."),
    "forget.first": ("{n}개 가운데 처음 {shown}개예요.", "The first {shown} of {n}."),
    "forget.forever": ("되돌릴 수 없어요.", "This cannot be undone."),
    "forget.confirm": ("영원히 잊기", "Forget for good"),
    "forget.cancel": ("그만두기", "Keep everything"),
    "forget.done": ("잊었어요", "Forgotten"),
    "forget.gone": (
        "기록 {records}개와 측정값 {samples}개를 지웠어요.",
        "{records} records and {samples} samples are gone.",
    ),
    "forget.receipt": ("영수증", "Receipt"),
    "forget.receipt.lead": (
        "정말 지워졌는지 터미널에서 확인할 수 있어요.",
        "In a terminal you can check that it is really gone.",
    ),
    "forget.files": (
        "금고 밖의 이 파일들에는 아직 남아 있어요. 거기서도 지우려면 파일을 지우세요.",
        "These files outside the vault still hold it. Delete them if it should be gone from there too.",
    ),
    "privacy.out": ("이 브라우저에서 나가기", "Leave this browser"),
    "privacy.out.lead": (
        "다른 사람도 이 브라우저를 쓴다면 나가 두세요. 다시 들어오려면 터미널에서 darak serve를 실행해요.",
        "Sign out where others use this browser, too. To come in again, run darak serve in a terminal.",
    ),
    "privacy.out.button": ("나가기", "Sign out"),
}
