"""Looking at what is sealed, on a real vault: each look is one event of the audit log, and the history shows it."""

import os
from collections import Counter

from core.audit.events import EventKind
from tui.demo import KNOWN_PATIENT, STAFF_ID
from tui.find.episode_words import history_rows, rows_of, shown_images
from tui.pictures.studio import made_up_practice


def test_every_look_is_one_event_and_stands_in_the_history() -> None:
    with made_up_practice(os.environ) as practice:
        session = practice.session
        entry = session.find(f"{KNOWN_PATIENT.family_name} today")[0]
        before = Counter(logged.event.kind for logged in session.history(session.episode(entry.id)))
        episode = session.episode(entry.id)
        pictures = shown_images(episode, session)
        assert [picture.load(40, 40).width for picture in pictures[:2]] == [40, 40]
        history = session.history(episode)
        after = Counter(logged.event.kind for logged in history)
        rows = [" ".join(row) for row in history_rows(history)]
        said = rows_of(episode, session.today)
    assert after - before == {EventKind.EPISODE_VIEWED: 1, EventKind.PICTURE_VIEWED: 2}
    assert any(f"picture viewed by {STAFF_ID}, 2 times" in row for row in rows)
    assert any(f"pictures sealed by {STAFF_ID}: 3 pictures" in row for row in rows)
    assert ("Lesions", "Lesion 1: left forearm or wrist. 7 months; has grown since November") in said
