"""`dermlock audit`: show, check."""

from ...support.station import Station


def test_what_was_done_is_shown_in_order_with_who_and_where(station: Station) -> None:
    station.run("find", "--passphrase-file", "-", stdin=b"not the passphrase\n")
    said = station.signed_in("audit", "show", "--json")
    assert said.code == 0
    events = said.document["events"]
    assert [(event["kind"], event["staff"]) for event in events] == [
        ("vault created", "a.jones"),
        ("sign-in refused", ""),
        ("signed in", "a.jones"),
        ("audit shown", "a.jones"),
    ]
    assert [event["number"] for event in events] == [1, 2, 3, 4]
    assert len({event["station"] for event in events}) == 1
    assert "passphrase" not in said.out
    lines = station.signed_in("audit", "show").out.splitlines()
    assert [line.split("  ")[2] for line in lines] == ["1", "2", "3", "4", "5", "6"]


def test_a_whole_log_is_called_whole(station: Station) -> None:
    said = station.signed_in("audit", "check", "--json")
    assert (said.code, said.document) == (0, {"findings": []})


def test_a_log_that_somebody_shortened_is_found(station: Station) -> None:
    last = max((path for path in (station.vault / "audit").rglob("*") if path.is_file()), key=lambda path: path.name)
    station.signed_in("vault", "check")
    objects = sorted(path for path in (station.vault / "audit").rglob("*") if path.is_file())
    newest = [path for path in objects if path.name > last.name]
    newest[0].unlink()
    for command in ("check", "show"):
        said = station.signed_in("audit", command, "--json")
        assert said.code == 1
        assert said.document["findings"]
        assert all(finding["next_step"].endswith(".") for finding in said.document["findings"])
    as_text = station.signed_in("audit", "check")
    assert as_text.code == 1
    assert "whole" not in as_text.out
