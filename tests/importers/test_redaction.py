"""Secrets leave commands, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from darak.importers.code.redaction import REDACTED, redact

SECRET = "hunter2XyZ"
TOKEN = "A1b2C3d4E5f6G7h8I9j0K1l2"

WITH_A_SECRET = [
    "mysql -u root -phunter2XyZ db",
    "mysqldump -uroot --password=hunter2XyZ x",
    "mariadb -p'hunter2XyZ' x",
    "PGPASSWORD=hunter2XyZ psql -h db",
    "export API_KEY='hunter2XyZ'",
    'export DB_PASSWORD="my hunter2XyZ phrase"',
    "env STRIPE_SECRET_KEY=hunter2XyZ npm start",
    "AWS_SECRET_ACCESS_KEY=hunter2XyZ aws s3 ls",
    "set -x GITHUB_TOKEN hunter2XyZ",
    "setenv SECRET hunter2XyZ",
    "$env:TOKEN = 'hunter2XyZ'",
    "curl -u me:hunter2XyZ https://example.org",
    "curl --user 'me:hunter2XyZ' https://example.org",
    "curl -H 'Authorization: Bearer hunter2XyZ' https://example.org",
    "curl -H 'Authorization: Basic hunter2XyZ' https://example.org",
    "curl -H 'X-Api-Key: hunter2XyZ' https://example.org",
    "curl -H 'PRIVATE-TOKEN: hunter2XyZ' https://example.org",
    "curl -b 'session=hunter2XyZ' https://example.org",
    "curl -d 'user=a&password=hunter2XyZ' https://example.org",
    'curl -d \'{"password": "hunter2XyZ"}\' https://example.org',
    'curl -d "{\\"api_key\\": \\"hunter2XyZ\\"}" https://example.org',
    "curl 'https://example.org/a?q=1&access_token=hunter2XyZ&b=2'",
    "git clone https://me:hunter2XyZ@example.org/a/b",
    'psql "postgresql://me:hunter2XyZ@db/main"',
    "http --auth me:hunter2XyZ example.org",
    "wget --user=me --password=hunter2XyZ https://example.org",
    "docker login -u me -p hunter2XyZ",
    "docker login --username me --password hunter2XyZ",
    "az login --service-principal -u app -p hunter2XyZ",
    "echo hunter2XyZ | docker login --password-stdin",
    "echo hunter2XyZ | sudo -S ls",
    "echo 'me:hunter2XyZ' | chpasswd",
    "gh auth login --with-token <<< hunter2XyZ",
    "sshpass -p hunter2XyZ ssh me@host",
    "sshpass -phunter2XyZ ssh me@host",
    "redis-cli -a hunter2XyZ ping",
    "mongosh -u me -p hunter2XyZ",
    "zip -P hunter2XyZ a.zip b",
    "7z x a.7z -phunter2XyZ",
    "openssl rsa -in k -passin pass:hunter2XyZ",
    "openssl enc -aes256 -k hunter2XyZ -in a",
    "ssh-keygen -t ed25519 -N hunter2XyZ -f k",
    "ldapsearch -x -w hunter2XyZ -b dc=example",
    "smbclient //h/s -U me%hunter2XyZ",
    "sqlcmd -S h -U sa -P hunter2XyZ",
    "htpasswd -bc users me hunter2XyZ",
    "vault login hunter2XyZ",
    "aws configure set aws_secret_access_key hunter2XyZ",
    "npm config set //registry.npmjs.org/:_authToken hunter2XyZ",
    "kubectl create secret generic db --from-literal=password=hunter2XyZ",
    "heroku config:set SECRET_KEY=hunter2XyZ",
    "terraform apply -var db_password=hunter2XyZ",
    "ansible-playbook site.yml -e ansible_become_pass=hunter2XyZ",
    "mysql -e \"CREATE USER a IDENTIFIED BY 'hunter2XyZ'\"",
    "os.environ['API_KEY'] = 'hunter2XyZ'",
    "client = Client(api_key='hunter2XyZ')",
    "password = 'hunter2XyZ'",
    "비밀번호=1 DB_PASSWORD=hunter2XyZ ./실행.sh",
    "cmdkey /add:srv /user:kim /pass:hunter2XyZ",
    "net user kim hunter2XyZ /add",
    r"net use z: \\srv\share /user:kim hunter2XyZ",
    r"net use z: \\srv\share hunter2XyZ /user:kim",
    "$p = ConvertTo-SecureString 'hunter2XyZ' -AsPlainText -Force",
    "New-LocalUser kim -Password (ConvertTo-SecureString -AsPlainText 'hunter2XyZ' -Force)",
    "xfreerdp /u:kim /p:hunter2XyZ /v:host",
    "keytool -genkey -storepass changeit1 -keypass hunter2XyZ",
    "htpasswd -nb me hunter2XyZ",
    "wpa_passphrase 'My Wifi' hunter2XyZ",
    "nmcli dev wifi connect Home password hunter2XyZ",
    "lftp -u me,hunter2XyZ sftp://host",
    "bitcoin-cli walletpassphrase hunter2XyZ 60",
    "mosquitto_pub -u me -P hunter2XyZ -t x",
    "snmpwalk -v2c -c hunter2XyZ host",
    "security unlock-keychain -p hunter2XyZ login.keychain",
    "rclone config create x webdav pass hunter2XyZ",
    "ansible-vault encrypt_string --vault-id dev@file 'hunter2XyZ' --name 'db'",
    "vncpasswd -f <<< hunter2XyZ",
    "http POST example.org Authorization:'Token hunter2XyZ'",
]
TOKENS = [
    f"git remote add o https://ghp_{TOKEN}@example.org/a",
    f"echo ghp_{TOKEN}",
    f"echo github_pat_{TOKEN}",
    f"echo glpat-{TOKEN}",
    f"echo xoxb-{TOKEN}",
    f"llm keys set openai sk-proj-{TOKEN}",
    f"echo sk_live_{TOKEN}",
    "echo AKIAIOSFODNN7EXAMPLE",
    f"echo AIzaSyA{TOKEN}{TOKEN}",
    f"echo eyJhbGciOiJIUzI1NiJ9.{TOKEN}.{TOKEN}",
    f"echo npm_{TOKEN}",
    f"echo hf_{TOKEN}",
    f"curl https://hooks.slack.com/services/{TOKEN}",
    f"curl https://api.telegram.org/bot123456789:{TOKEN}A1b2C3d4E5f/sendMessage",
    f"echo '-----BEGIN OPENSSH PRIVATE KEY-----\n{TOKEN}\n-----END OPENSSH PRIVATE KEY-----' > k",
]
WITHOUT = [
    "ls -la",
    "mysql -p main",
    "mysql -h db -P 3306 -u root main",
    "ssh me@host -p 2222",
    "ssh -p 2222 login.example.org",
    "docker run -p 8080:80 nginx",
    "mkdir -p a/b/c",
    "cp -p a b",
    "git log -p src/auth.py",
    "git clone git@github.com:me/repo",
    "git commit -m 'Add token: refresh flow'",
    "git checkout -b feature/auth-token",
    "grep -rn password src/",
    "cat token.txt",
    "pass show mail",
    "man passwd",
    "sudo passwd me",
    "ssh -i ~/.ssh/key.pem host",
    "echo $TOKEN",
    "export TOKEN=$(pass show token)",
    "export TOKEN=$OTHER_TOKEN",
    "curl -H \"Authorization: Bearer $TOKEN\" https://example.org",
    "curl -b cookies.txt https://example.org",
    "docker login --password-stdin",
    "ansible-vault view --vault-password-file p.txt x",
    "ldapsearch -W -D cn=me",
    "PWD=/home/me ls",
    "sort -k 2 file",
    "ls --sort=size",
    "zip -r a.zip b",
    "tar -xzvpf a.tgz",
    "ssh-keygen -t ed25519 -N '' -f k",
    "for key in a b; do echo $key; done",
    "tokenizer = Tokenizer()",
    "len(tokens)",
    "echo '비밀번호는 없다'",
    "https://example.org/a?page=2&sort=asc",
    "python manage.py runserver 0.0.0.0:8000",
]  # fmt: skip


@pytest.mark.parametrize("command", WITH_A_SECRET)
def test_a_secret_is_left_out_and_the_command_stays(command: str) -> None:
    redacted = redact(command)
    assert SECRET not in redacted and REDACTED in redacted
    assert redacted.split()[0].split("=")[0] == command.split()[0].split("=")[0]


@pytest.mark.parametrize("command", TOKENS)
def test_a_token_is_known_wherever_it_stands(command: str) -> None:
    assert TOKEN not in redact(command) and REDACTED in redact(command)


@pytest.mark.parametrize("command", WITHOUT)
def test_a_command_without_a_secret_is_not_changed(command: str) -> None:
    assert redact(command) == command


@pytest.mark.parametrize("command", WITH_A_SECRET + TOKENS)
def test_what_is_redacted_stays_so(command: str) -> None:
    assert redact(redact(command)) == redact(command)


@given(st.sampled_from(WITH_A_SECRET), st.text("abcxyz /.|'\"-", max_size=12), st.text("abcxyz /.", max_size=12))
def test_no_surroundings_bring_a_secret_back(command: str, before: str, after: str) -> None:
    assert SECRET not in redact(f"{before}; {command} {after}")
