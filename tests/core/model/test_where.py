"""Site and side in one line: read where it is one place alone, refused where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleRefusedError
from core.model.lesion import BODY_SITES, PAIRED_SITES, Laterality
from core.model.where import Where, places_for, read_where, sides_of

EVERY_PLACE = [Where(site, side) for site, _ in BODY_SITES for side in sides_of(site)]
LEFT, RIGHT, MIDLINE = Laterality


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("left forearm", Where("forearm", LEFT)),
        ("forearm l", Where("forearm", LEFT)),
        ("FOREA, L.", Where("forearm", LEFT)),
        ("l wrist", Where("forearm", LEFT)),
        ("nose mid", Where("nose", MIDLINE)),
        ("centre of the nose", Where("nose", MIDLINE)),
        ("back right lower", Where("lower-back", RIGHT)),
        ("upper back m", Where("upper-back", MIDLINE)),
        ("lip l", Where("lip", LEFT)),
        ("right upper lip", Where("lip", RIGHT)),
        ("lower leg l", Where("lower-leg", LEFT)),
        ("buttocks l", Where("buttock", LEFT)),
        ("shin rt", Where("lower-leg", RIGHT)),
    ],
)
def test_words_and_their_beginnings_in_any_order_are_one_place(typed: str, place: Where) -> None:
    assert read_where(typed) == place


@pytest.mark.parametrize("place", EVERY_PLACE, ids=str)
def test_every_place_is_read_back_from_how_it_is_shown(place: Where) -> None:
    assert read_where(str(place)) == place


@pytest.mark.parametrize(
    ("typed", "could_be"),
    [
        ("fore left", {Where("forehead", LEFT), Where("forearm", LEFT)}),
        ("leg r", {Where("thigh", RIGHT), Where("lower-leg", RIGHT)}),
        ("nail left", {Where("finger", LEFT), Where("toe", LEFT)}),
        ("back mid", {Where("upper-back", MIDLINE), Where("lower-back", MIDLINE)}),
    ],
)
def test_what_could_be_several_places_is_refused_and_all_of_them_are_offered(typed: str, could_be: set[Where]) -> None:
    assert set(places_for(typed)) == could_be
    with pytest.raises(RuleRefusedError, match="can be 2 places"):
        read_where(typed)


@pytest.mark.parametrize("site", [id_ for id_, _ in BODY_SITES])
def test_a_site_without_a_side_is_never_taken_for_the_midline(site: str) -> None:
    name = dict(BODY_SITES)[site]
    with pytest.raises(RuleRefusedError, match="side is not clear yet: left or right"):
        read_where(name)


@pytest.mark.parametrize(
    "typed", ["xyz", "left right forearm", "left left forearm", "forearm forearm l", "forearm left left", "l forearm 3"]
)
def test_what_is_no_place_or_says_a_thing_twice_is_refused(typed: str) -> None:
    assert places_for(typed) == ()
    with pytest.raises(RuleRefusedError, match="no place on the list"):
        read_where(typed)


@pytest.mark.parametrize("site", sorted(PAIRED_SITES))
def test_one_of_a_pair_has_no_midline(site: str) -> None:
    assert sides_of(site) == (LEFT, RIGHT)
    with pytest.raises(RuleRefusedError):
        read_where(f"midline {dict(BODY_SITES)[site]}")


@pytest.mark.parametrize("typed", ["", "  ", "of the", "..."])
def test_nothing_typed_offers_every_place_and_is_none(typed: str) -> None:
    assert list(places_for(typed)) == EVERY_PLACE
    with pytest.raises(RuleRefusedError, match="No place on the body"):
        read_where(typed)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_one_place_on_the_list_or_refused(typed: str) -> None:
    places = places_for(typed)
    try:
        assert (read_where(typed),) == places
    except RuleRefusedError:
        assert len(places) != 1


@given(st.sampled_from(EVERY_PLACE), st.data())
def test_a_place_is_among_what_its_own_words_offer_however_short_and_mixed_up(
    place: Where, data: st.DataObject
) -> None:
    words = [word for word in str(place).split() if word not in ("or", "the", "around", "area")]
    begun = [word[: data.draw(st.integers(1, len(word)))] for word in data.draw(st.permutations(words))]
    assert place in places_for(" ".join(begun))
