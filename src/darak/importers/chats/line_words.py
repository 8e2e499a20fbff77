"""What LINE writes around messages, in the languages that exports are seen in, as data."""

from __future__ import annotations

import re

HEADER = "[LINE] "
TITLES = tuple(
    re.compile(pattern)
    for pattern in (
        r"Chat (?:history )?(?:with|in) (?P<room>.+)",
        r"(?P<room>.+?)とのトーク履歴",
        r"(?P<room>.+?)のトーク履歴",
        r"[與与](?P<room>.+?)的聊天[記记][錄录]",
        r"(?P<room>.+?)的聊天[記记][錄录]",
        r"(?P<room>.+?)\s?(?:님과의|와의|과의)\s?(?:대화|채팅)(?:\s?내용|\s?기록)?",
        r"(?P<room>.+?)의\s?(?:대화|채팅)(?:\s?내용|\s?기록)?",
        r"ประวัติการสนทนา(?:กับ|ใน)\s?(?P<room>.+)",
        r"Riwayat obrolan (?:dengan|di) (?P<room>.+)",
    )
)
"""The first line behind HEADER: with whom the chat is, or in which group."""

AFTER_NOON = ("PM", "오후", "午後", "下午")
HALVES = ("AM", "오전", "午前", "上午", *AFTER_NOON)

_PLACEHOLDERS = {
    "photo": "Photo 사진 写真 照片 圖片 图片 ภาพ รูป Foto",
    "video": "Video 동영상 動画 影片 视频 วิดีโอ",
    "voice": "Voice_message 음성_메시지 음성메시지 ボイスメッセージ 語音訊息 语音信息 ข้อความเสียง",
    "emoticon": "Sticker 스티커 スタンプ 貼圖 贴图 สติกเกอร์ Stiker",
    "document": "File 파일 ファイル 檔案 文件 ไฟล์",
    "location": "Location 위치 位置情報 位置 ตำแหน่ง",
    "contact": "Contact 연락처 連絡先 聯絡資訊 联系信息",
    "note": "Notes Note 노트 ノート 記事本 记事本",
    "album": "Albums Album 앨범 アルバム 相簿 相册",
    "gift": "Gift 선물 プレゼント 禮物 礼物",
}
PLACEHOLDERS = {f"[{w.replace('_', ' ')}]": kind for kind, words in _PLACEHOLDERS.items() for w in words.split()}
"""What stands for what the text has not, in exports of phones."""
BARE_PLACEHOLDERS = {
    **dict.fromkeys(("Photos", "사진", "写真", "照片"), "photo"),
    **dict.fromkeys(("Videos", "동영상", "動画", "影片"), "video"),
    **dict.fromkeys(("Audio", "음성메시지", "ボイスメッセージ"), "voice"),
    **dict.fromkeys(("Stickers", "스티커", "スタンプ", "貼圖"), "emoticon"),
    **dict.fromkeys(("Files", "파일", "ファイル"), "document"),
}
"""The same in exports of computers."""

NOTICES = re.compile(
    r".+? (?:unsent a message|(?:joined|left) the (?:group|chat)|(?:invited|added) .+ to the (?:group|chat)"
    r"|(?:changed|updated) the (?:group|chat)\S* .+|removed .+ from the (?:group|chat))\.?"
    r"|.+(?:がグループに参加しました|が退会しました|がグループを退会しました|が送信を取り消しました|を招待しました"
    r"|をグループに追加しました)。?"
    r"|.+(?:已加入群組|已離開群組|已收回訊息|已退出群組)。?"
    r"|.+(?:님이 그룹에 참여했습니다|님이 그룹에서 나갔습니다|님이 나갔습니다|님을 초대했습니다"
    r"|메시지 보내기를 취소했습니다|메시지를 취소했습니다)\.?"
)
"""What LINE itself says, in exports of computers, where nothing else tells it from messages."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
