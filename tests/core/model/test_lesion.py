"""Body sites: told apart, and the intimate ones known as such."""

from core.model.lesion import BODY_SITES, INTIMATE_SITES, Laterality, Lesion, View


def test_every_site_has_one_id_and_one_name() -> None:
    ids, names = zip(*BODY_SITES, strict=True)
    assert len(set(ids)) == len(set(names)) == len(BODY_SITES)
    assert all(id_ == id_.lower() and id_.replace("-", "").isalpha() for id_ in ids)


def test_intimate_sites_are_sites() -> None:
    assert {id_ for id_, _ in BODY_SITES} >= INTIMATE_SITES
    assert {"breast", "genital", "buttock", "groin"} == INTIMATE_SITES


def test_sides_and_views_are_those_of_the_picture_set() -> None:
    assert {side.value for side in Laterality} == {"left", "right", "midline"}
    assert {view.value for view in View} == {"locating", "close-up", "dermoscopic", "lateral", "other"}


def test_a_lesion_is_named_by_number_side_and_site() -> None:
    assert str(Lesion(2, "eyelid", Laterality.RIGHT)) == "lesion 2: right eyelid or around the eye"
