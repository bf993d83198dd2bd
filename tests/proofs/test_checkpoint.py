# SPDX-License-Identifier: Apache-2.0
"""Notes, keys, checkpoints and cosignatures against vectors made by others."""

import struct
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.proofs.checkpoint import (
    COSIGNATURE,
    ED25519,
    INTEGER_MAX,
    MOMENT_MAX,
    Checkpoint,
    MalformedNote,
    Note,
    Signature,
    Signer,
    parse_checkpoint,
    parse_key,
    parse_note,
    verify_signature,
)

# the key pair and note of Go's golang.org/x/mod/sumdb/note tests
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_SEED = b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_BODY = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
PETER_NOTE = (
    PETER_BODY
    + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)

# a public checkpoint with the log's signature and a witness's cosignature, from the open internet
ARCHE = (
    "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"
)
REMORA = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"
ARCHE_NOTE = (
    "arche2025h1.staging.ct.transparency.dev\n"
    "1432088532\n"
    "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\n"
    "\n"
    "\u2014 arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6"
    "hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=\n"
    "\u2014 arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwh"
    "UkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=\n"
    "\u2014 transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KY"
    "TzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==\n"
    "\u2014 witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+"
    "/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==\n"
    "\u2014 remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIo"
    "bWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==\n"
    "\u2014 witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvV"
    "r+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==\n"
)

CHECKPOINT = Checkpoint("log.example/hub", 7, bytes(range(32)), 3, bytes(range(32, 64)), 1_795_000)
LOG = Signer("log.example/hub", bytes(range(32)))
WITNESS = Signer("witness.example/sc", bytes(range(1, 33)), COSIGNATURE)


def test_go_note() -> None:
    """Go's key and note read, verify, and come out of our signer byte for byte."""
    key, note = parse_key(PETER), parse_note(PETER_NOTE)
    assert (key.name, key.algorithm, key.text) == ("PeterNeumann", ED25519, PETER)
    assert note.body == PETER_BODY
    assert verify_signature(note.body, note.signatures[0], key)
    assert not verify_signature(note.body + "!\n", note.signatures[0], key)
    signer = Signer("PeterNeumann", PETER_SEED)
    assert signer.public == key
    assert Note(PETER_BODY, (signer.sign(PETER_BODY),)).text == PETER_NOTE


def test_a_public_cosigned_checkpoint() -> None:
    """A log's Ed25519 signature and a witness's cosignature from elsewhere verify here."""
    note = parse_note(ARCHE_NOTE)
    assert note.text == ARCHE_NOTE
    for text, position in ((ARCHE, 1), (REMORA, 4)):
        key, signature = parse_key(text), note.signatures[position]
        assert key.text == text
        assert verify_signature(note.body, signature, key)
        assert not verify_signature(note.body.replace("8532", "8533"), signature, key)
        others = [line for line in note.signatures if line is not signature]
        assert not any(verify_signature(note.body, line, key) for line in others)
    assert note.signatures[4].seconds() == 0x6A122120


def test_time_in_the_specification_example() -> None:
    """The cosignature shown in the C2SP text has the time shown with it."""
    note = parse_note(
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dl"
        "rDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
    )
    assert note.signatures[0].seconds() == 1_679_315_147
    with pytest.raises(MalformedNote, match="cosignature"):
        parse_note(PETER_NOTE).signatures[0].seconds()


def test_every_cut_and_changed_key_is_refused() -> None:
    """As Go's own test: no substring and no next character of a key is a key."""
    cuts = [PETER[i:j] for i in range(len(PETER)) for j in range(i, len(PETER) + 1)]
    cuts.remove(PETER)
    changed = [PETER[:at] + chr(ord(char) + 1) + PETER[at + 1 :] for at, char in enumerate(PETER)]
    wrong_length = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
    wrong_algorithm = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    upper_case = PETER.replace("c74f20a3", "C74F20A3")
    for text in (*cuts, *changed, wrong_length, wrong_algorithm, upper_case):
        with pytest.raises(MalformedNote):
            parse_key(text)


LINE = PETER_NOTE.split("\n")[3]


@pytest.mark.parametrize(
    "text",
    [
        "",
        PETER_BODY,
        PETER_NOTE[:-1],
        PETER_NOTE + "\n",
        PETER_NOTE + LINE + "\n",
        PETER_NOTE.replace("\u2014", "-"),
        PETER_NOTE.replace("\u2014 ", "\u2014  "),
        PETER_NOTE.replace("PeterNeumann", "Peter+Neumann"),
        PETER_NOTE.replace("PeterNeumann", "Peter\u00a0Neumann"),
        PETER_NOTE.replace("PeterNeumann", ""),
        PETER_NOTE.replace("AM=\n", "AN=\n"),
        PETER_NOTE.replace("AM=\n", "AM\n"),
        PETER_NOTE.replace("AM=\n", "AM= \n"),
        PETER_NOTE.replace("problem,", "problem\t"),
        PETER_NOTE.replace("problem,", "problem\r"),
        PETER_NOTE.replace("problem,", "problem\ud800"),
        PETER_BODY + "\n\u2014 PeterNeumann x08gow==\n",
        "\n\n" + LINE + "\n",
        PETER_BODY + "\n" + "".join(f"\u2014 n{n} x08go/YA\n" for n in range(65)),
    ],
)
def test_notes_that_are_none(text: str) -> None:
    """What the signed-note format forbids."""
    with pytest.raises(MalformedNote):
        parse_note(text)


def test_a_note_may_have_empty_lines() -> None:
    """The last empty line parts text and signatures."""
    assert parse_note("a\n\nb\n\n" + LINE + "\n").body == "a\n\nb\n"


def test_checkpoint_text() -> None:
    """The text is as the format says, line for line."""
    assert CHECKPOINT.text.split("\n") == [
        "log.example/hub",
        "7",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "block 3",
        "state ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
        "at 1795000",
        "",
    ]


@given(
    st.builds(
        Checkpoint,
        st.just("log.example/hub"),
        st.integers(0, INTEGER_MAX),
        st.binary(min_size=32, max_size=32),
        st.integers(0, INTEGER_MAX),
        st.binary(min_size=32, max_size=32),
        st.integers(0, MOMENT_MAX),
    )
)
def test_checkpoints_go_round(checkpoint: Checkpoint) -> None:
    """Every checkpoint reads back."""
    assert parse_checkpoint(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n7\n", "\n07\n"),
        ("\n7\n", "\n-7\n"),
        ("\n7\n", "\n\u0667\n"),
        ("\n7\n", "\n9223372036854775808\n"),
        ("block 3", "block  3"),
        ("block 3", "block 3 "),
        ("block 3", "Block 3"),
        ("block 3\n", ""),
        ("at 1795000\n", "at 1795000\nmore\n"),
        ("at 1795000\n", "at 1795000"),
        ("at 1795000", "at 253402300800000000"),
        ("Hh8=", "Hh9="),
        ("Hh8=", "Hh8"),
        ("AAEC", ""),
        ("log.example/hub", ""),
        ("log.example/hub", "log example"),
    ],
)
def test_checkpoints_that_are_none(old: str, new: str) -> None:
    """One way only to write a checkpoint."""
    assert old in CHECKPOINT.text
    with pytest.raises(MalformedNote):
        parse_checkpoint(CHECKPOINT.text.replace(old, new, 1))


def test_sign_and_cosign() -> None:
    """A log signs, a witness cosigns with a time; neither passes for the other."""
    body = CHECKPOINT.text
    signed, cosigned = LOG.sign(body), WITNESS.cosign(body, 1_795_000_000)
    assert verify_signature(body, signed, LOG.public)
    assert verify_signature(body, cosigned, WITNESS.public)
    assert cosigned.seconds() == 1_795_000_000
    assert not verify_signature(body, signed, WITNESS.public)
    as_log = Signer("witness.example/sc", bytes(range(1, 33)))
    relabelled = Signature(cosigned.name, as_log.public.key_id, cosigned.blob[8:])
    assert not verify_signature(body, relabelled, as_log.public)
    later = Signature(cosigned.name, cosigned.key_id, struct.pack(">Q", 9) + cosigned.blob[8:])
    assert not verify_signature(body, later, WITNESS.public)
    short = Signature(cosigned.name, cosigned.key_id, cosigned.blob[:-1])
    assert not verify_signature(body, short, WITNESS.public)
    assert not verify_signature(body, Signature(signed.name, signed.key_id, b"x"), LOG.public)
    shifted = Signature(signed.name, signed.key_id, signed.blob + body[:1].encode())
    assert not verify_signature(body[1:], shifted, LOG.public)
    with pytest.raises(MalformedNote):
        WITNESS.sign(body)
    with pytest.raises(MalformedNote):
        LOG.cosign(body, 1)
    with pytest.raises(MalformedNote):
        WITNESS.cosign(body, INTEGER_MAX + 1)
    with pytest.raises(MalformedNote):
        Signer("a name", bytes(32))
