"""How guidance and answers share the height that a question has."""


def shared(room: int, guidance: int, answers: int) -> tuple[int, int]:
    """Rows that each of them gets, at least one each where it needs any; what gets less than it needs scrolls.

    Where both do not fit, the answers come first: two thirds, or what the guidance leaves them.
    """
    if guidance + answers <= room:
        return guidance, answers
    for_answers = min(answers, max(room * 2 // 3, room - guidance, 1))
    for_guidance = max(1, room - for_answers) if guidance else 0
    return for_guidance, max(1, room - for_guidance) if answers else 0
