"""What WhatsApp itself says in a chat, in the languages of its users, as data.

The words are those of WhatsApp's own exports; a word that is missing here costs only the hint what the text stands
for, never the message.
"""

from __future__ import annotations

import re

_OMITTED: dict[str, tuple[str, ...]] = {
    "media": (
        *("<media omitted>", "<multimedia omitido>", "<archivo omitido>", "<medien ausgeschlossen>"),
        *(
            "<medien weggelassen>",
            "<médias omis>",
            "<fichier omis>",
            "<mídia omitida>",
            "<mídia oculta>",
            "<arquivo de mídia oculto>",
        ),
        *("<ficheiro não revelado>", "<media omessi>", "<media omesso>", "<media weggelaten>", "<без медиафайлов>"),
        *("<файл пропущен>", "<медіа пропущено>", "<medya atlanmış>", "<medya dahil edilmedi>", "<pliki pominięto>"),
        *("<pominięto multimedia>", "<미디어 파일 제외됨>", "<미디어 파일을 생략한 대화내용>", "<メディアなし>"),
        *("<メディアは含まれていません>", "<省略多媒体文件>", "<媒体省略>", "<忽略多媒體檔>", "<省略多媒體檔案>"),
        *("<मीडिया के बिना>", "<تم استبعاد الوسائط>", "<המדיה לא נכללה>", "<מדיה הושמטה>"),
        *("<media tidak disertakan>", "<bỏ qua media>", "<bỏ qua tệp phương tiện>", "<สื่อถูกลบ>", "<ไฟล์สื่อถูกลบ>"),
        *("<media utelämnat>", "<media har utelämnats>", "<uten vedlegg>", "<media utelatt>", "<medier udeladt>"),
        *("<mediefil udeladt>", "<media jätettiin pois>", "<media jätetty pois>", "<média vynechány>"),
        *("<média elhagyva>", "<hiányzó médiafájl>", "<conținut media omis>", "<εξαίρεση πολυμέσων>"),
        *("<mitjans omesos>", "<media dikecualikan>", "<medijski zapis izostavljen>", "<médiá vynechané>"),
    ),
    "photo": (
        *("image omitted", "imagen omitida", "bild weggelassen", "image absente", "imagem ocultada"),
        *("imagem não revelada", "immagine omessa", "afbeelding weggelaten", "изображение отсутствует"),
        *("зображення відсутнє", "görüntü dahil edilmedi", "画像は含まれていません", "画像は省略されました"),
        *(
            "이미지 생략됨",
            "图片已省略",
            "照片已忽略",
            "圖片已略去",
            "圖像已省略",
            "फ़ोटो हटाई गई",
            "لم يتم إدراج الصورة",
        ),
        *("obraz pominięty", "gambar tidak disertakan", "bild utesluten", "bilde ikke inkludert", "billede udeladt"),
        *("ei kuvaa", "obrázek vynechán", "đã bỏ qua hình ảnh", "ไม่มีรูปภาพ", "imagine omisă", "εικόνα παραλείφθηκε"),
    ),
    "video": (
        *("video omitted", "video omitido", "video weggelassen", "vidéo absente", "vídeo omitido"),
        *("vídeo não revelado", "video omesso", "video weggelaten", "видео отсутствует", "відео відсутнє"),
        *("video dahil edilmedi", "ビデオは含まれていません", "動画は省略されました", "비디오 생략됨", "동영상 생략됨"),
        *("视频已忽略", "视频已省略", "影片已略去", "影片已省略", "वीडियो छोड़ा गया", "لم يتم إدراج الفيديوهات"),
        *("wideo pominięte", "video tidak disertakan", "video utesluten", "video utelatt", "video udeladt"),
        *("videota ei sisällytetä", "video vynecháno", "đã bỏ video", "วิดีโอถูกลบ", "video note omitted"),
    ),
    "voice": (
        *("audio omitted", "audio omitido", "audio weggelassen", "audio omis", "audio absent", "áudio ocultado"),
        *("ficheiro de áudio não revelado", "audio omesso", "audio weggelaten", "аудиофайл отсутствует"),
        *("аудио отсутствует", "аудіо відсутнє", "ses dahil edilmedi", "音声は含まれていません"),
        *("音声メッセージは省略されました", "오디오 생략됨", "音频已忽略", "音频已省略", "音訊已略去", "音訊已省略"),
        *("ऑडियो हटाई गयी", "لم يتم إدراج المقاطع الصوتية", "audio pominięte", "audio tidak disertakan"),
        *("ljud utelslutet", "lyd utelatt", "lyd udeladt", "äänitiedostoa ei sisällytetä", "bỏ qua tệp âm thanh"),
    ),
    "emoticon": (
        *("sticker omitted", "sticker omitido", "sticker weggelassen", "sticker omis", "sticker absent"),
        *("figurinha omitida", "sticker não revelado", "sticker non incluso", "sticker omesso", "sticker weggelaten"),
        *("стикер не добавлен", "стикер отсутствует", "наклейку не додано", "çıkartma dahil edilmedi"),
        *(
            "スタンプは含まれていません",
            "スタンプは省略されました",
            "스티커 제외됨",
            "스티커 생략됨",
            "贴图已省略",
            "貼圖已略去",
        ),
        *("貼圖已忽略", "स्टिकर छोड़ा गया", "تم حذف الملصقات", "pominięto naklejkę", "stiker tidak disertakan"),
        *("sticker utesluten", "klistermærke udeladt", "klistremerke utelatt", "tarraa ei sisällytetty"),
    ),
    "gif": (
        *("gif omitted", "gif omitido", "gif weggelassen", "gif retiré", "gif absent", "gif omitida"),
        *("gif não revelada", "gif esclusa", "gif omesso", "gif weggelaten", "gif отсутствует", "gif dahil edilmedi"),
        *(
            "gifは含まれていません",
            "gif 생략됨",
            "gif 动态图已被忽略",
            "gif 已略去",
            "gif छोड़ा गया",
            "plik gif pominięty",
        ),
    ),
    "document": (
        *("document omitted", "documento omitido", "dokument weggelassen", "document manquant", "documento omesso"),
        *("documento não revelado", "documento ocultado", "document weggelaten", "документ отсутствует"),
        *("документ пропущено", "belge dahil edilmedi", "ドキュメントは含まれていません", "문서 생략됨", "文档已省略"),
        *("文件已略去", "文件已忽略", "डॉक्यूमेंट छोड़ा गया", "لم يتم إدراج المستند", "dokument pominięty"),
    ),
    "contact": (
        *(
            "contact card omitted",
            "tarjeta de contacto omitida",
            "kontaktkarte ausgelassen",
            "kontaktkarte weggelassen",
        ),
        *("fiche contact manquante", "cartão do contato omitido", "contacto não revelado", "scheda contatto omessa"),
        *("visitekaartje weggelaten", "карточка контакта отсутствует", "kişi kartı dahil edilmedi"),
        *("連絡先カードを省略", "연락처 카드 생략됨", "联系人卡片已忽略", "聯絡人卡片已略去", "कॉन्टैक्ट कार्ड छोड़ा गया"),
    ),
    "deleted": (
        *("this message was deleted", "you deleted this message", "diese nachricht wurde gelöscht"),
        *("du hast diese nachricht gelöscht", "se eliminó este mensaje", "este mensaje fue eliminado"),
        *("eliminaste este mensaje", "ce message a été supprimé", "vous avez supprimé ce message"),
        *("mensagem apagada", "essa mensagem foi apagada", "esta mensagem foi apagada", "você apagou esta mensagem"),
        *("questo messaggio è stato eliminato", "hai eliminato questo messaggio", "dit bericht is verwijderd"),
        *("u hebt dit bericht verwijderd", "bu mesaj silindi", "bu mesajı sildiniz", "данное сообщение удалено"),
        *("вы удалили данное сообщение", "сообщение удалено", "이 메시지는 삭제되었습니다", "메시지를 삭제했습니다"),
        *(
            "삭제된 메시지입니다",
            "このメッセージは削除されました",
            "このメッセージを削除しました",
            "此消息已删除",
            "您删除了此消息",
        ),
        *("此訊息已刪除", "你已刪除此訊息", "यह मैसेज मिटाया गया", "यह संदेश हटा दिया गया", "आपने यह मैसेज मिटाया"),
        *("تم حذف هذه الرسالة", "ta wiadomość została usunięta", "usunięto tę wiadomość", "pesan ini telah dihapus"),
    ),
    "call": (
        *("missed voice call", "missed video call", "missed group voice call", "missed group video call"),
        *("verpasster sprachanruf", "verpasster videoanruf", "llamada perdida", "videollamada perdida"),
        *("llamada de voz perdida", "appel vocal manqué", "appel vidéo manqué", "chamada de voz perdida"),
        *("chamada de vídeo perdida", "ligação de voz perdida", "ligação de vídeo perdida"),
        *("chiamata vocale persa", "videochiamata persa", "gemiste spraakoproep", "gemiste videogesprek"),
        *("cevapsız sesli arama", "cevapsız görüntülü arama", "пропущенный аудиозвонок", "пропущенный видеозвонок"),
        *("부재중 음성 통화", "부재중 영상 통화", "부재중 음성통화", "부재중 영상통화", "音声通話不在着信"),
        *("ビデオ通話不在着信", "未接语音通话", "未接视频通话", "未接語音來電", "未接視訊來電", "मिस्ड वॉइस कॉल"),
    ),
}
_STANDS_FOR = {words: kind for kind, phrases in _OMITTED.items() for words in phrases}
_CALL = re.compile(
    r"(?:silenced |missed |group )?(?:voice|video) call[,.](?: .*)?"
    r"|(?:음성|영상) 통화, .+|(?:Sprach|Video)anruf[,.] .+",
    re.IGNORECASE,
)
_ANY_OMITTED = re.compile(r"<[^\W\d_][^<>/=@#:.&]{6,60}>")
"""What Android puts in place of a file, in any language: nothing but words in brackets."""
_PIECE = re.compile("\n|\u200e")
"""What divides a caption, or the name of a document, from WhatsApp's words for it."""

_ATTACHED_WORDS = (
    *("file attached", "Datei angehängt", "archivo adjunto", "fichier joint", "arquivo anexado", "ficheiro anexado"),
    *("file allegato", "bestand bijgevoegd", "файл добавлен", "файл додано", "dosya ekli", "添付ファイル"),
    *("ファイル添付", "ファイル添付済み", "파일 첨부됨", "파일 첨부", "附件檔案", "文件附件", "檔案附加", "फ़ाइल जुड़ी है"),
    *("फ़ाइल अटैच की गई", "الملف مرفق", "plik dołączony", "załączono plik", "file terlampir", "bifogad fil"),
    *("fil bifogad", "fil vedlagt", "vedhæftet fil", "tiedosto liitetty", "přiložený soubor", "fájl csatolva"),
)
ATTACHED = re.compile(
    rf"^\u200e?(?P<android>\S[^\n]*?\.\w{{2,5}}) \((?:{'|'.join(_ATTACHED_WORDS)})\)$"
    r"|< ?[^<>:：\n]{2,20}?[ \u00a0]?(?::[ \u00a0]|：[ \u00a0]?)(?P<ios>[^<>\n]+\.\w{2,5}) ?>$"
    r"|^\u200e?(?P<older>\S+-(?:PHOTO|VIDEO|AUDIO)-\d+\.\w{2,5}) <[^<>:\n]{2,20}>$",
    re.MULTILINE | re.IGNORECASE,
)
"""A file that came with a message: `….jpg (file attached)` on Android, `<attached: ….jpg>` on iOS, `….jpg <attached>`
on older ones."""
MEDIA_NAME = re.compile(
    r"(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+.*\.\w+|\d{8}-(?:PHOTO|VIDEO|AUDIO|GIF|STICKER)-\d{4}(?:-\d\d){5}\.\w+",
    re.IGNORECASE,
)
"""Names that WhatsApp itself gives to media files."""

_EDITED = (
    *(
        "This message was edited",
        "Diese Nachricht wurde bearbeitet",
        "Este mensaje fue editado",
        "Se editó este mensaje",
    ),
    *("Ce message a été modifié", "Mensagem editada", "Esta mensagem foi editada", "Dit bericht is bewerkt"),
    *("Questo messaggio è stato modificato", "Bu mesaj düzenlendi", "Это сообщение изменено"),
    *("Данное сообщение изменено", "편집된 메시지입니다", "이 메시지가 편집되었습니다", "수정된 메시지입니다"),
    *("このメッセージは編集されました", "此消息已编辑", "此訊息已編輯", "यह मैसेज बदला गया"),
)
_EDITED_MARK = re.compile(rf"<(?:{'|'.join(_EDITED)})\.?>")

_ENCRYPTED = (
    *("end-to-end encr", "Ende-zu-Ende-", "extremo a extremo", "bout en bout", "ponta a ponta", "crittografati end"),
    *("crittografia end-to-end", "end-to-end versleuteld", "end-to-end-versleuteling", "uçtan uca", "сквозным шифр"),
    *(
        "종단간 암호화",
        "종단 간 암호화",
        "エンドツーエンド",
        "端到端加密",
        "端對端加密",
        "एंड-टू-एंड",
        "تمامًا بين الطرفين",
    ),
    *("szyfrowan", "enkripsi end-to-end", "mã hóa đầu cuối", "מקצה לקצה", "totalsträckskrypterade", "ende-til-ende"),
)
ENCRYPTION = re.compile("|".join(map(re.escape, _ENCRYPTED)), re.IGNORECASE)
_NOTICES = (
    *("created (?:the |this )?group", "changed the (?:subject|group name|group description)", "changed (?:their|your)"),
    *("changed this group's", "security code .*changed", "joined using (?:this group's|a group|your) invite"),
    *(
        "added you$",
        "removed you$",
        "turned (?:on|off) disappearing",
        "updated the message timer",
        "You're now an admin",
    ),
    *("pinned a message$", "hat die Gruppe .*erstellt", "hat den (?:Betreff|Gruppennamen) .*geändert"),
    *(
        "hat .* hinzugefügt\\.?$",
        "Sicherheitsnummer .* geändert",
        "creó (?:el|este) grupo",
        "cambió el (?:asunto|nombre)",
    ),
    *("a créé (?:le|ce) groupe", "a changé (?:le sujet|l'objet|le nom)", "criou (?:o|este) grupo"),
    *("mudou o (?:assunto|nome) do grupo", "ha creato il gruppo", "ha cambiato l'oggetto", "heeft de groep .*gemaakt"),
    *("heeft het onderwerp gewijzigd", "grubu(?:nu)? oluşturdu", "создал\\(?а?\\)? группу", "изменил\\(?а?\\)? тему"),
    *(
        "그룹을 만들",
        "그룹 이름을 .*변경",
        "님을 추가했습니다",
        "님이 나갔습니다",
        "보안 코드가 변경",
        "グループ.*を作成しました",
    ),
    *("件名を.*に変更", "セキュリティコードが変更", "创建了群组", "建立了群組", "ने ग्रुप बनाया"),
)
_NOTICE = re.compile("|".join(_NOTICES), re.IGNORECASE)
_QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"))
_LONGEST_NAME = 80

_ROOM_NAMES = (
    r"WhatsApp Chat (?:with|-) (?P<room>.+)",
    r"WhatsApp-Chat (?:mit|met) (?P<room>.+)",
    r"Chat (?:de )?WhatsApp (?:con|amb) (?P<room>.+)",
    r"Discussion WhatsApp avec (?P<room>.+)",
    r"Conversa (?:do|no) WhatsApp com (?P<room>.+)",
    r"Чат WhatsApp с (?P<room>.+)",
    r"(?P<room>.+?) ile WhatsApp Sohbeti",
    r"(?P<room>.+?)\s?님과의 WhatsApp 대화",
    r"WhatsApp 대화[ :-]+(?P<room>.+)",
    r"(?P<room>.+?)とのWhatsAppチャット",
    r"(?P<room>.+?) के साथ WhatsApp चैट",
    r"WhatsApp[ -]?(?:Chat|chatt|대화) ?[-–—:] ?(?P<room>.+)",
)
_ROOM = re.compile("|".join(name.replace("?P<room>", f"?P<room{i}>") for i, name in enumerate(_ROOM_NAMES)), re.I)


def stands_for(text: str) -> str | None:
    """What the text stands for when it is WhatsApp's word for something that the export leaves out, or for a call."""
    pieces = _PIECE.split(text)
    for piece in pieces:
        if kind := _STANDS_FOR.get(piece.strip(" .").casefold()):
            return kind
    if _ANY_OMITTED.fullmatch(pieces[0]):
        return "media"
    return "call" if _CALL.fullmatch(text) else None


def without_edited(text: str) -> tuple[str, bool]:
    """The text without WhatsApp's word that it was edited, and whether that stood there."""
    start = text.rfind("<")
    if start < 0 or not _EDITED_MARK.fullmatch(text, start):
        return text, False
    return text[:start].rstrip(" \n\u200e"), True


def is_notice(text: str) -> bool:
    """Whether WhatsApp itself says this: the note on encryption, who came and went, names of groups."""
    return bool(ENCRYPTION.search(text) or _NOTICE.search(text))


def is_name(words: str) -> bool:
    """Whether what stands before a colon can be the name of a writer, rather than a notice with a colon in it."""
    if len(words) > _LONGEST_NAME or words.count('"') % 2:
        return False
    return all(words.count(opening) == words.count(closing) for opening, closing in _QUOTES) and not is_notice(words)


def room_in(name: str) -> str | None:
    """The chat that the name of a file or an archive tells, in WhatsApp's own way of naming exports."""
    match = _ROOM.fullmatch(name)
    return next(filter(None, match.groups())) if match else None
