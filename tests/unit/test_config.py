"""Settings: what may be set, what outranks what, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsdesk import __version__, config
from newsdesk.config import KEYS, LISTS, load_config, read_config
from newsdesk.errors import ConfigError
from newsdesk.query.moments import read_age

REPOSITORY = Path(__file__).parents[2]


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_missing_file_means_defaults_unless_it_was_named(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert load_config(path, {}) == config.Config()
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        load_config(path, {}, required=True)


def test_the_whole_file_is_read(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
        seeds = ["~/news", "wires", "/srv/desk"]
        display.theme = "nord"
        [keys]
        follow = "f"
        [[feeds]]
        url = "https://example.org/rss"
        title = "Example"
        tags = ["wires"]
        outlet_country = "gb"
        every = "1h"
        [[feeds]]
        url = ["exec:", "fetch-mail", "--new"]
        [[follows]]
        query = "country:JP topic:politics"
        alerts = ["velocity"]
        """,
    )
    found = load_config(path, {"HOME": "/home/ann"})
    assert found.seeds == ("/home/ann/news", str(tmp_path / "wires"), "/srv/desk")
    assert found.theme == "nord"
    assert found.keys == {"follow": "f"}
    assert found.feeds[0].outlet_country == "GB"
    assert found.feeds[0].comments is True
    assert found.feeds[1].url == ("exec:", "fetch-mail", "--new")
    assert found.follows[0].alerts == ("velocity",)
    assert found.set_by["display.theme"] == str(path)


def test_the_environment_outranks_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, 'seeds = ["/a"]\n[display]\ntheme = "nord"\n')
    found = load_config(path, {"NEWSDESK_SEEDS": "/b:/c", "NEWSDESK_DISPLAY_THEME": "dracula"})
    assert found.seeds == ("/b", "/c")
    assert found.theme == "dracula"
    assert found.set_by["seeds"] == "NEWSDESK_SEEDS"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('seed = ["x"]', "unknown key 'seed': did you mean 'seeds'?"),
        ("[display]\ntheem = 'x'", "display: unknown key 'theem': did you mean 'theme'?"),
        ("[[feeds]]\nurl = 'https://a.example/'\ntitel = 'x'", "[[feeds]] 1: unknown key 'titel': did you mean 'title'?"),
        ("[[feeds]]\ntitle = 'x'", "[[feeds]] 1: url is missing"),
        ("[[feeds]]\nurl = 'ftp://x'", "must begin with http:// or https://"),
        ("[[feeds]]\nurl = ['rm', '-rf']", 'a program is written ["exec:"'),
        ("[[feeds]]\nurl = 'https://a.example/'\nevery = '0h'", "every: must be an age"),
        (
            "[[feeds]]\nurl = 'https://a.example/'\nevery = '99999999999999d'",
            "every: must be an age of at most 999999d or 9999w",
        ),
        ("[fetch]\nzzz = 'x'", "fetch: unknown key 'zzz': there is only contact"),
        ("[[feeds]]\nurl = 'https://a.example/'\ncomments = 'yes'", "comments: must be true or false"),
        ("[[follows]]\nquery = 'x'\nalerts = ['loud']", "there is no alert 'loud'"),
        ("[feeds]\nurl = 'x'", "feeds: must be a list of tables"),
        ("display = 3", "display: must be a table"),
        ("seeds = 'x'", "seeds: must be a list of texts"),
        ("seeds = ['']", "seeds: must name files and folders"),
        ("seeds = [", "config.toml: "),
        ("seeds = ['a']\nseeds = ['b']", "config.toml: "),
    ],
)
def test_a_mistake_is_named_with_file_key_and_mend(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    _, faults = read_config(path, {})
    assert len(faults) == 1
    assert faults[0].startswith(str(path))
    assert says in faults[0]
    with pytest.raises(ConfigError):
        load_config(path, {})


@pytest.mark.parametrize(
    "text",
    [
        'seeds = ["a\\u0000"]',
        '[alerts]\ncommand = ["a\\u0000b"]',
        '[[feeds]]\nurl = ["exec:", "a\\u0000"]',
        '[alerts]\nfile = "\\u0000"',
    ],
)
def test_a_text_that_no_path_and_no_argument_can_be_is_a_mistake(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match="must hold no NUL"):
        load_config(path, {})


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("DISPLAY_THEEM", "unknown key: did you mean NEWSDESK_DISPLAY_THEME?"),
        ("DISPLY_THEME", "unknown key: did you mean NEWSDESK_DISPLAY_THEME?"),
        ("SEED", "unknown key: did you mean NEWSDESK_SEEDS?"),
        ("CONFG", "unknown key: did you mean NEWSDESK_CONFIG?"),
        ("MOOD_XYZ", "unknown key: there is only NEWSDESK_MOOD_TIER"),
        ("FETCH", "unknown key: there is only NEWSDESK_FETCH_CONTACT"),
        ("FEEDS_URL", "unknown key: feeds are in the settings file alone"),
        ("KEYS_FOLLOW", "unknown key: keys are in the settings file alone"),
    ],
)
def test_a_misspelt_variable_is_told_as_a_misspelt_key_is(name: str, says: str, tmp_path: Path) -> None:
    _, faults = read_config(tmp_path / "none.toml", {f"NEWSDESK_{name}": "x"})
    assert faults == [f"NEWSDESK_{name}: {says}"]


def test_variables_of_other_programs_that_begin_like_ours_are_let_be(tmp_path: Path) -> None:
    names = ("SERVICE_HOST", "PORT", "PORT_8080_TCP", "SHARED", "WALK", "KILLS", "DATA", "CONFIG", "FETCH_CONTACT")
    _, faults = read_config(tmp_path / "none.toml", dict.fromkeys((f"NEWSDESK_{name}" for name in names), "x"))
    assert faults == []


def test_lists_in_the_environment_are_words(tmp_path: Path) -> None:
    env = {
        "NEWSDESK_THREADS_DISCOURSE": "https://forum.example.org https://b.example:8443",
        "NEWSDESK_ALERTS_COMMAND": "notify-send -t 5 '{follow}: news' {alert}",
    }
    found = load_config(tmp_path / "none.toml", env)
    assert found.servers.discourse == ("https://forum.example.org", "https://b.example:8443")
    assert found.alerts.command == ("notify-send", "-t", "5", "{follow}: news", "{alert}")
    with pytest.raises(ConfigError, match="NEWSDESK_ALERTS_COMMAND: No closing quotation"):
        load_config(tmp_path / "none.toml", {"NEWSDESK_ALERTS_COMMAND": "say 'x"})


def test_whatever_age_a_setting_takes_a_query_can_ask_for() -> None:
    assert [read_age(text) for text in ("90s", "30m", "1h", "2d", "1w", "999999d")] == [1, 30, 60, 2880, 10080, 999999 * 1440]


def test_every_mistake_is_found_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a = 1\nb = 2\nseeds = 3\n")
    _, faults = read_config(path, {})
    assert len(faults) == 3
    with pytest.raises(ConfigError, match="and 2 more"):
        load_config(path, {})


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00", b"seeds = \x80", b"[" * 100_000, b"a = " + b"1" * 5_000])
def test_a_file_that_is_no_toml_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    _, faults = read_config(path, {})
    assert len(faults) == 1
    assert faults[0].startswith(str(path))


def test_a_folder_is_no_settings_file(tmp_path: Path) -> None:
    _, faults = read_config(tmp_path, {})
    assert faults == [f"{tmp_path}: Is a directory"]


def test_the_example_changes_nothing_and_is_the_file_in_the_repository(tmp_path: Path) -> None:
    text = config.example()
    assert load_config(write(tmp_path, text), {}) == config.Config()
    assert (REPOSITORY / "config.example.toml").read_text("utf-8") == text


def test_the_example_is_right_once_its_comments_are_taken_away(tmp_path: Path) -> None:
    lines = [line.removeprefix("#") for line in config.example().split("\n")]
    found, faults = read_config(write(tmp_path, "\n".join(line for line in lines if not line.startswith(" "))), {})
    assert not faults
    named = {
        key.name if not key.section else f"{key.section}.{key.name}"
        for key in KEYS
        if key.section not in ("feeds", "follows", "keys")
    }
    assert set(found.set_by) == named | {"feeds", "follows", "keys"}


def test_every_key_is_in_the_example_with_its_words() -> None:
    text = config.example()
    for key in KEYS:
        assert key.doc in text
        assert key.section in LISTS or key.kind == "map" or key.variable in text


def test_what_is_shown_is_what_is_in_force(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        'seeds = ["/a"]\n[keys]\n"x y" = "ctrl+f"\n[[feeds]]\nurl = "https://example.org/"\ntitle = "Quote \\" it"\n'
        '[[follows]]\nquery = "topic:sport"\n',
    )
    first = load_config(path, {})
    again = load_config(write(tmp_path, config.show(first)), {})
    assert (again.seeds, again.keys, again.feeds, again.follows) == (first.seeds, first.keys, first.feeds, first.follows)


@pytest.mark.parametrize(
    ("contact", "told"),
    [("", ""), (" \n", ""), ("desk@example.org", " (+desk@example.org)"), ("desk,\n\troom\x1b4\n", " (+desk, room 4)")],
)
def test_servers_are_told_the_contact_in_one_line(contact: str, told: str) -> None:
    assert config.user_agent(config.Config(contact=contact)) == f"newsdesk/{__version__}{told}"


def test_feeds_that_only_a_secret_tells_apart_have_names_of_their_own(tmp_path: Path) -> None:
    logins = ["one@", "two@", "one@", "ada:one@", "ada:two@", ""]
    text = "".join(f"[[feeds]]\nurl = 'https://{login}example.org/rss'\n" for login in logins)
    feeds = load_config(write(tmp_path, text), {}).feeds
    bare, ada = "https://example.org/rss", "https://ada@example.org/rss"
    assert [feed.id for feed in feeds] == [f"{bare} (2)", f"{bare} (3)", f"{bare} (2)", ada, f"{ada} (2)", bare]


@pytest.mark.parametrize(
    ("url", "name", "login", "secret"),
    [
        ("https://example.org/rss", "https://example.org/rss", "", False),
        ("https://ada:pass@example.org/rss", "https://ada@example.org/rss", "ada", True),
        ("https://ada:p@ss:w@example.org:8080", "https://ada@example.org:8080", "ada", True),
        ("https://token@example.org/rss", "https://example.org/rss", "token", True),
        ("https://example.org?of=ada:x@example.net/rss", "https://example.org?of=ada:x@example.net/rss", "", False),
        ("https://example.org#ada:x@example.net", "https://example.org#ada:x@example.net", "", False),
        ("https://example.org/@ada:x@example.net", "https://example.org/@ada:x@example.net", "", False),
        (("exec:", "cat", "//a:b@c"), "exec: cat //a:b@c", "", False),
    ],
)
def test_a_feed_is_named_without_its_password(url: str | tuple[str, ...], name: str, login: str, secret: bool) -> None:
    feed = config.Feed(url)
    assert (feed.id, feed.login, feed.has_secret) == (name, login, secret)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("sead = 1\n", 1),
        ("# a note\n\n[display]\n# another\nkeymp = 'vim'\n", 5),
        ("[[feeds]]\nurl = 'https://a.example/'\n\n[[feeds]]\ntags = []\n", 4),
        ("[[feeds]]\nurl = 'https://a.example/'\nevery = '1h'\n[[feeds]]\nurl = 'https://b.example/'\nevery = 'x'\n", 6),
        ("display.theme = 3\n", 1),
        ("[alerts]\r\nquiet = 3\r\n", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8", newline="")
    with pytest.raises(ConfigError) as told:
        load_config(path, {})
    assert str(told.value).startswith(f"{path}:{line}: ")


def test_a_file_that_is_too_large_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    feed = '[[feeds]]\nurl = "https://example.org/{}"\n'
    path.write_text("".join(map(feed.format, range(2))) + "#" * 16 * 2**20 + "\n" + feed.format(2), "utf-8")
    config, faults = read_config(path, {})
    assert config.feeds == ()
    assert len(faults) == 1
    assert faults[0].startswith(f"{path}: larger than 16 MiB")
