"""Secrets in commands: where they stand, as a table, and the text without them.

A pattern's group `secret` is what is left out; the rest of the command stays readable. What refers to a secret
without being one (`$TOKEN`, `$(pass show x)`, `--password-stdin`, a key file's path) stays. Rather one word too much
is left out than one secret too few.
"""

from __future__ import annotations

import re
from functools import cache

REDACTED = "[redacted]"

_WORDS = r"[^|;&]{0,2000}?"
"""Other words of the same command."""
_VALUE = r"""(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|(?P<secret>[^\s"';&|<>)]+))"""
_SECRET = (
    r"(?:pass(?:word|wd|phrase|code)|secrets?|token|credentials?|api[-_]?key|(?:access|private|secret|signing|encryption"
    r"|master|auth|account|license|session|shared|storage|ssh)[-_]?key)"
)
"""A name that ends so is a secret's, whatever is before it."""
_WEAK = r"(?:pass|pwd|key|auth|pin|otp|bearer)"
"""These only as a word of their own."""
_ENDING = r"(?:[-_](?:\d+|base64|value|prod|dev|test|live))?"
_VARIABLE = rf"(?:\w{{0,60}}{_SECRET}|(?:\w{{1,60}}_)?{_WEAK}){_ENDING}"
_OPTION = rf"(?:[\w-]{{0,60}}{_SECRET}|(?:[\w-]{{1,60}}[-_])?(?:pass|pwd|bearer|otp)){_ENDING}"
_MONGO = r"mongo(?:sh|dump|restore|export|import|stat|top)?"
_READS_IT = r"\s*(?:sudo\s+-\S*S|[^|]{0,500}(?:password-stdin|with-token|chpasswd|passwd|cryptsetup))"
_MYSQL = r"(?:mysql|mariadb)(?:dump|admin|import|check|show|pump|-\w+)?"

_PLACES: tuple[tuple[str, str], ...] = (
    # Addresses
    ("user and password in an address", r"[a-z][a-z0-9+.-]{0,20}://[^\s/:@'\"]{0,200}:(?P<secret>[^\s@'\"]{1,1000})@"),
    ("token in place of a user", r"[a-z][a-z0-9+.-]{0,20}://(?P<secret>[^\s/:@'\"]{16,1000})@"),
    (
        "parameter of an address",
        r"[?&;#](?:[\w.-]{0,60}(?:token|secret|passw(?:or)?d|passwd|pwd|api[-_]?key|access[-_]?key|signature|credential)"
        r"|key|auth|sig|code|otp|session(?:id)?|jwt|sas)=(?P<secret>[^&\s'\"#]+)",
    ),
    ("web hook", r"(?:hooks\.slack\.com/services|discord(?:app)?\.com/api/webhooks)/(?P<secret>[\w/-]+)"),
    # Variables and settings
    ("variable", rf"(?<![\w./-])(?!(?:OLD)?PWD=){_VARIABLE}\+?={_VALUE}"),
    (
        "variable of a program",
        rf"(?<![\w./-])\w{{0,60}}{_SECRET}{_ENDING}[\"']?\]?\s*(?::\s*str\s*)?(?::?=|=>)\s*(?=[\"']){_VALUE}",
    ),
    ("variable of PowerShell", rf"\$(?:env:)?{_VARIABLE}\s*=\s*{_VALUE}"),
    ("variable set by a command", rf"\b(?:setenv|setx|export|set(?:\s+-\w+)*)\s+{_VARIABLE}\s+(?![=-]){_VALUE}"),
    (
        "setting",
        r"\b(?:aws_secret_access_key|aws_session_token|[\w/:.-]{0,100}_(?:authToken|password|auth)|oauth[_-]?token"
        rf"|[\w-]{1, 60}\.(?:password|token|secret|key|apikey))[\s=]+{_VALUE}",
    ),
    ("field of JSON", rf"""\\?["'][\w-]{{0,60}}{_SECRET}{_ENDING}\\?["']\s*:\s*\\?["'](?P<secret>[^"'\\]+)"""),
    # Options
    (
        "option",
        rf"(?<!\S)--?{_OPTION}(?![\w-])(?:=|\s+)(?![-(])(?:pass:|token=)?{_VALUE}",
    ),
    ("option of Windows", rf"(?<!\S)/(?:pass(?:word|wd)?|pwd|rp):{_VALUE}"),
    ("key store of Java", rf"(?<!\S)-\w{{0,20}}(?:store|key)pass(?:wd)?[\s=]+{_VALUE}"),
    ("password of openssl", rf"(?<!\S)-pass(?:in|out)?\s+pass:{_VALUE}"),
    ("password of putty", rf"(?<!\S)-pw\s+{_VALUE}"),
    # Programs and their short options
    ("mysql", rf"\b{_MYSQL}\b{_WORDS}\s(?-i:-p)(?![\s-]|rotocol|lugin|ort){_VALUE}"),
    ("sshpass", rf"\bsshpass\s+(?:-\w+\s+)*?(?-i:-p)\s*{_VALUE}"),
    ("login", rf"(?<=\s)login(?=\s){_WORDS}\s(?-i:-p)[\s=]*{_VALUE}"),
    ("mongo", rf"\b{_MONGO}\b{_WORDS}\s(?-i:-p)[\s=]*(?!ort){_VALUE}"),
    (
        "user:password",
        rf"\b(?:curl|http|https|wget|xh)\b{_WORDS}\s(?:-u|--user|--proxy-user|-U|-a|--auth)[\s=]*"
        r"(?:[\"']?)[^\s:\"']*:(?P<secret>[^\s\"']+)",
    ),
    (
        "samba",
        rf"\b(?:smbclient|rpcclient|net)\b{_WORDS}(?:-U|--user)[\s=]*[\"']?[^\s%\"']+%(?P<secret>[^\s\"']+)",
    ),
    ("directory service", rf"\bldap\w+\b{_WORDS}\s(?-i:-w)\s*{_VALUE}"),
    ("redis", rf"\bredis-cli\b{_WORDS}\s(?-i:-a)\s+{_VALUE}"),
    ("archive", rf"\b(?:zip|unzip|7z[ar]?|rar|unrar)\b{_WORDS}\s-(?:P\s*|hp|p)(?!\s){_VALUE}"),
    ("database of Microsoft", rf"\b(?:sqlcmd|bcp|isql)\b{_WORDS}\s(?-i:-P)\s*{_VALUE}"),
    ("user's password", rf"\b(?:useradd|usermod)\b{_WORDS}\s(?-i:-p)\s+{_VALUE}"),
    ("htpasswd", rf"\bhtpasswd\b\s+-\w*b\w*\s+\S+\s+\S+\s+{_VALUE}"),
    ("htpasswd that prints", rf"\bhtpasswd\s+-(?=\w*n)\w*b\w*\s+\S+\s+{_VALUE}"),
    ("Windows' accounts", rf"\bnet\s+user\s+(?!/)\S+\s+(?![/*]){_VALUE}"),
    ("Windows' shares", rf"\bnet\s+use\b{_WORDS}(?:\s/user:\S+|\s\\\\\S+)\s+(?![/*]){_VALUE}"),
    ("PowerShell", rf"\bConvertTo-SecureString\s+(?:-(?:AsPlainText|Force|String)\s+)*(?=[\"']){_VALUE}"),
    ("remote desktop", rf"\b[wx]?freerdp\b{_WORDS}\s/p:{_VALUE}"),
    ("wireless network", rf"\bwpa_passphrase\s+(?:\"[^\"]*\"|'[^']*'|\S+)\s+{_VALUE}"),
    ("wireless network", rf"\bnmcli\b{_WORDS}\s(?:password|\S*\.psk)\s+{_VALUE}"),
    ("lftp", rf"\blftp\b{_WORDS}\s-u\s+[\"']?[^\s,\"']+,{_VALUE}"),
    ("wallet", rf"\bwalletpassphrase(?:change)?\s+{_VALUE}"),
    ("mosquitto", rf"\bmosquitto_\w{{1,20}}\b{_WORDS}\s(?-i:-P)\s*{_VALUE}"),
    ("management of networks", rf"\bsnmp\w{{1,20}}\b{_WORDS}\s(?-i:-[cAX])\s*{_VALUE}"),
    ("keychain", rf"\bsecurity\s+\w+-keychain\b{_WORDS}\s(?-i:-p)\s+{_VALUE}"),
    ("rclone", rf"\brclone\s+config\s+\w{{1,20}}\b{_WORDS}\s(?:\w+_)?(?:pass|password|secret|token|key)[\s=]+{_VALUE}"),
    (
        "ansible",
        rf"\bencrypt_string\s+(?:-[\w-]+(?:=|\s+)(?:\"[^\"]*\"|'[^']*'|[^\s\"']+)\s+)*(?!-){_VALUE}",
    ),
    ("key of openssl", rf"\bopenssl\b{_WORDS}\s-[kK]\s+{_VALUE}"),
    ("phrase of a key", rf"\bssh-keygen\b{_WORDS}\s(?-i:-[NP])\s+{_VALUE}"),
    ("vault", r"\bvault\s+login\s+(?:-\S+\s+)*(?:token=)?(?P<secret>[^\s-]\S*)"),
    ("secret stored by hand", rf"\b(?:rclone\s+obscure|security\s+add-\w+-password\b{_WORDS}\s-w)\s+{_VALUE}"),
    ("given to a program", rf"\becho\s+(?:-\w+\s+)*{_VALUE}\s*\|{_READS_IT}"),
    ("given to a program", rf"\bprintf\s+(?:[\"']%s(?:\\n)?[\"']\s+)?{_VALUE}\s*\|{_READS_IT}"),
    (
        "given to a program",
        rf"(?:password-stdin|with-token|passwd|cryptsetup|sudo\s+-S)\b[^|;&]{{0,500}}<<<\s*{_VALUE}",
    ),
    (
        "SQL",
        r"\b(?:identified\s+(?:with\s+\S+\s+)?by|(?:with\s+)?(?:encrypted\s+)?password)\s+"
        r"\\?['\"](?P<secret>[^'\"\\]+)",
    ),
    # Headers
    (
        "authorisation",
        r"\b(?:proxy-)?authorization\s*[:=]\s*[\"']?(?:(?:bearer|basic|token|digest|negotiate|apikey)\s+)?"
        r"(?P<secret>[^\s\"']+)",
    ),
    ("bearer", r"\bbearer\s+(?P<secret>[\w.~+/=-]{8,})"),
    (
        "header",
        r"(?:(?:-H|--header)[\s=]*[\"']?|\bx-)(?!authorization)[\w-]{0,60}(?:key|token|auth|secret)[\w-]{0,60}:\s*(?P<secret>[^\s\"']+)",
    ),
    ("cookie", r"\b(?:set-)?cookie:\s*(?P<secret>[^\"'\n]+)"),
    ("cookie", rf"\bcurl\b{_WORDS}\s(?:-b|--cookie)[\s=]+(?=[\"']?[^\s\"']+=){_VALUE}"),
)
_TOKENS: tuple[tuple[str, str], ...] = (
    ("private key", r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"),
    ("AWS", r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b"),
    ("GitHub", r"\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{20,})"),
    ("GitLab", r"\bgl(?:pat|ptt|dt|rt|soat|agent|oas)-[\w-]{16,}"),
    ("Slack", r"\bx(?:ox[abeoprs]|app)-[\w-]{10,}"),
    ("OpenAI, Anthropic, Stripe and the like", r"\b(?:sk|rk|pk)[-_](?:live_|test_|proj-|ant-|or-)?[\w-]{16,}"),
    ("Google", r"\bAIza[\w-]{30,}|\bya29\.[\w-]{16,}|\bGOCSPX-[\w-]{16,}|\b1//0[\w-]{24,}"),
    ("JWT", r"\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]{0,60})?"),
    ("npm, PyPI, RubyGems", r"\b(?:npm_[A-Za-z0-9]{20,}|pypi-[\w-]{16,}|rubygems_[0-9a-f]{40,})"),
    ("Hugging Face, Replicate, Groq", r"\b(?:hf_[A-Za-z0-9]{16,}|r8_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{30,})"),
    ("SendGrid", r"\bSG\.[\w-]{16,}\.[\w-]{16,}"),
    ("DigitalOcean, Vault", r"\bdo[opr]_v1_[0-9a-f]{16,}|\bhv[sbr]\.[\w-]{16,}"),
    ("Shopify, Atlassian, Linear", r"\bshp(?:at|ca|pa|ss)_\w{16,}|\bATATT3\w{16,}\S*|\blin_api_\w{16,}"),
    ("Notion", r"\b(?:secret|ntn)_[A-Za-z0-9]{24,}"),
    ("Telegram", r"(?<!\d)\d{8,10}:[\w-]{35}(?![\w-])"),
    ("Tailscale, age", r"\btskey-\w+-[\w-]{8,}|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}"),
)


@cache
def _places() -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE | re.DOTALL) for _, pattern in _PLACES]


@cache
def _tokens() -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.DOTALL) for _, pattern in _TOKENS]


_REFERENCE = re.compile(
    r"\$\w+|\$\{[^}]*\}|\$\(.*|`.*|%\w+%|<[\w -]+>|\*+|\[redacted\]|true|false|null|none|yes|no|prompt|-", re.IGNORECASE
)
"""What stands for a secret elsewhere, or for none."""
_HINT = re.compile(
    r"pass|pwd|secret|token|key|auth|cred|bearer|cookie|otp|pin|-[pPwWaukKUNbh]|://|sig|code|sas|session|jwt|identified|hooks"
    r"|echo|printf|<<<|login|obscure|\d:|net\s+use|psk|freerdp|snmp|encrypt_string",
    re.IGNORECASE,
)


def redact(text: str) -> str:
    """The text with `[redacted]` in place of every secret; the same text when there is none."""
    for pattern in _tokens():
        text = pattern.sub(REDACTED, text)
    if not _HINT.search(text):
        return text
    for pattern in _places():
        text = pattern.sub(_without, text)
    return text


def _without(match: re.Match[str]) -> str:
    for group in ("secret", "quoted", "single"):
        if group in match.re.groupindex and match[group]:
            if _REFERENCE.fullmatch(match[group]):
                return match[0]
            start, end = match.start(group) - match.start(), match.end(group) - match.start()
            return match[0][:start] + REDACTED + match[0][end:]
    return match[0]
