# SPDX-License-Identifier: Apache-2.0
"""The configuration says where it is wrong, and what is in force."""

from pathlib import Path

import pytest

from lejar.node.config import ConfigProblem, load, shown


def test_defaults_are_a_hub_on_the_loopback_address(tmp_path: Path) -> None:
    config = load({}, tmp_path)
    assert config.address == "http://127.0.0.1:8750"
    assert config.home == tmp_path / "var"
    assert config.file is None


def test_a_file_is_read_and_a_variable_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / "lejar.toml").write_text("[gateway]\nport = 9000\nhost = '::1'\n")
    assert load({}, tmp_path).address == "http://[::1]:9000"
    assert load({"LEJAR_GATEWAY_PORT": "9001"}, tmp_path).gateway.port == 9001


def test_the_command_line_goes_before_a_variable(tmp_path: Path) -> None:
    config = load({"LEJAR_HOME": "one"}, tmp_path, {"LEJAR_HOME": "two"})
    assert config.home == tmp_path / "two"


def test_a_file_in_the_data_folder_goes_before_one_in_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "lejar.toml").write_text("[gateway]\nport = 1\n")
    home = tmp_path / "var"
    home.mkdir()
    (home / "lejar.toml").write_text("[gateway]\nport = 2\n")
    assert load({}, tmp_path).gateway.port == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[gateway]\nport = 9000\nprt = 1\n", r"lejar\.toml, line 3: \[gateway\] has no setting"),
        ("# first\n[gatewy]\nport = 9000\n", r"lejar\.toml, line 2: nothing is called 'gatewy'"),
        ("port = 9000\n", r"lejar\.toml, line 1: nothing is called 'port'"),
        ("gateway = 1\n", r"line 1: 'gateway' is a table"),
        ("[gateway\n", "is not TOML"),
        ("[gateway]\nport = 70000\n", r"\[gateway\] cannot be used"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "lejar.toml").write_text(text)
    with pytest.raises(ConfigProblem, match=said):
        load({}, tmp_path)


@pytest.mark.parametrize("name", ["LEJAR_PORT", "LEJAR_GATEWAY_PROT", "LEJAR_"])
def test_an_unknown_variable_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigProblem, match=f"{name} is no setting"):
        load({name: "1"}, tmp_path)


def test_a_variable_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match="LEJAR_GATEWAY_PORT cannot be used"):
        load({"LEJAR_GATEWAY_PORT": "many"}, tmp_path)


def test_variables_that_are_no_settings_are_known(tmp_path: Path) -> None:
    load({"LEJAR_CI": "1", "LEJAR_LANG": "ms", "PATH": "/bin"}, tmp_path)


def test_a_data_folder_too_deep_for_a_socket_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigProblem, match="no socket fits in it"):
        load({"LEJAR_HOME": "x" * 120}, tmp_path)


def test_every_setting_is_shown_with_a_variable_that_changes_it(tmp_path: Path) -> None:
    config = load({}, tmp_path)
    for _, value, variable in shown(config):
        if value:
            load({variable: value}, tmp_path)
