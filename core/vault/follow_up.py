"""What is written into the vault after the move: one act of an episode, one correction of a patient.

Each is a record of its own, signed for and told in the audit log; nothing that
was written before is touched.
"""

from ..audit.events import EventKind
from ..errors import RuleRefusedError, VaultError
from ..follow_up.acts import Act, ConfirmedInRecord, Decided, Replied, Retained, Sent, Told, What, Withdrawn
from ..follow_up.correction import Corrected, nothing_differs
from ..model.patient import Patient
from ..records.document import add_record, read_document
from ..records.episode import Correction, Episode, PatientRow, read_patient, rows_of_act, rows_of_correction
from ..records.layout import EpisodePlace
from .place_keys import patient_key
from .vault import Vault

_TOLD_AS: dict[type[What], EventKind] = {
    Decided: EventKind.ROUTE_DECIDED,
    Sent: EventKind.REQUEST_SENT,
    Replied: EventKind.REPLY_RECEIVED,
    Told: EventKind.PATIENT_TOLD,
    ConfirmedInRecord: EventKind.CONFIRMED_IN_RECORD,
    Retained: EventKind.PICTURES_RETAINED,
    Withdrawn: EventKind.CONSENT_WITHDRAWN,
}

FOLLOW_UP_EVENTS = frozenset({*_TOLD_AS.values(), EventKind.PATIENT_CORRECTED})
"""Each tells of a record, which is its last subject."""


def record_act(vault: Vault, episode: Episode, what: What) -> Act:
    """Durable when it returns. Raises VaultError, and nothing was written then or all of it is there."""
    act = Act(vault.clock(), vault.staff.id, what)
    place = EpisodePlace(vault.keyring.head.vault, episode.patient_folder, episode.id)
    deposit = vault.deposit()
    record = add_record(place, vault.key_of(place), deposit, act.at.isoformat(), rows_of_act(act))
    vault.audit.record(_TOLD_AS[type(what)], subjects=(episode.id, record))
    vault.keep_in_catalogue(deposit.sign(), [(episode.patient_folder, episode.id)])
    return act


def correct_patient(vault: Vault, episode: Episode, corrected: Corrected) -> Patient:
    """Who the patient of this episode is from now on, in all of their episodes.

    Raises RuleRefusedError where nothing differs from what the vault has or the number does, VaultError.
    """
    place = vault.patient_place(episode.patient.number)
    key = patient_key(vault.store, vault.keyring, place, cold=True)
    before = read_patient(read_document(vault.store, place, key)) if key else None
    if key is None or before is None:
        raise VaultError("The document of this patient is missing.", "Run dermlock vault check.")
    after = corrected.patient
    if after.number.key != before.number.key:
        raise RuleRefusedError(
            "Another number is another patient's folder.",
            "Correct names and birth date only; tell whoever runs the vault.",
        )
    if after == before:
        raise nothing_differs()
    at = vault.clock()
    correction = Correction(at, vault.staff.id, corrected.reason, PatientRow.of(before), PatientRow.of(after))
    deposit = vault.deposit()
    record = add_record(place, key, deposit, at.isoformat(), rows_of_correction(correction))
    mine = [(entry.patient_folder, entry.id) for entry in vault.find(number=before.number)]
    vault.audit.record(EventKind.PATIENT_CORRECTED, subjects=(*(episode for _, episode in mine), record))
    vault.keep_in_catalogue(deposit.sign(), mine)
    return after
