"""What is done with cases. Each function is one act, whole or not at all.

An operation checks that the act is possible now; whether this user may do it
is asked beforehand, in ``cases.rules``.
"""

from cases.operations.assessments import (
    NobodyToAsk,
    NotComplete,
    NotForThisCase,
    PartChanged,
    add_addendum,
    answer_separate_worker,
    comment_on_assessment,
    record_measure,
    save_part,
    sign_assessment,
    start_assessment,
)
from cases.operations.assigning import (
    WorksOnItAlready,
    assign,
    end_assignment,
    reassign,
)
from cases.operations.concerns import (
    tell_of_concern,
)
from cases.operations.consent import (
    NothingAgreed,
    record_consent,
    record_parental_view,
    withdraw_consent,
)
from cases.operations.ending import (
    ChangedMeanwhile,
    ConcernIsOpen,
    NotFinished,
    OwnProposal,
    SeenToBeUndone,
    TooLate,
    answer_requirement,
    begin_ending,
    go_on_after_all,
    propose_ending,
    reopen_case,
    send_back_ending,
    sign_off_ending,
    write_ending,
)
from cases.operations.extensions import (
    NoMoreTime,
    OwnRequest,
    decide_extension,
    request_extension,
)
from cases.operations.missing import (
    EpisodeChanged,
    MissingAlready,
    come_back,
    report_missing,
    talk_about_return,
    write_missing,
)
from cases.operations.network import (
    contribute,
    explain_no_contribution,
    feed_back,
    note_safety_change,
    supervise,
)
from cases.operations.notes import (
    add_note,
    finish_task,
    pause,
    pin,
    record_contact,
    resume,
    set_task,
    unpin,
)
from cases.operations.opening import (
    NotOneOfOurs,
    check_on_waiting,
    open_case,
)
from cases.operations.pathway import (
    NotOfferedHere,
    answer_menu,
    choose_focus,
    decide_stage,
)
from cases.operations.plans import (
    agree_plan,
    end_plan,
    keep_copy,
    move_step,
    rate_goals,
    rate_scales,
    remove_goal,
    share_plan,
    start_plan,
    write_goal,
    write_plan,
)
from cases.operations.reviews import (
    add_review,
    cancel_review,
    hold_review,
)
from cases.operations.safety_plans import (
    write_safety_plan,
)
from cases.operations.sharing import (
    add_contact,
    confirm_contact,
    record_privacy_information,
    record_sharing,
)
from cases.planning import (
    PlanChanged,
    PlanLacks,
)
from cases.steps import (
    ClosedToThem,
    KeptAlready,
    MoveNotAllowed,
)

__all__ = [
    "ChangedMeanwhile",
    "ClosedToThem",
    "ConcernIsOpen",
    "EpisodeChanged",
    "KeptAlready",
    "MissingAlready",
    "MoveNotAllowed",
    "NobodyToAsk",
    "NotComplete",
    "NotFinished",
    "NotForThisCase",
    "NotOfferedHere",
    "NotOneOfOurs",
    "NothingAgreed",
    "OwnProposal",
    "NoMoreTime",
    "OwnRequest",
    "PartChanged",
    "PlanChanged",
    "PlanLacks",
    "SeenToBeUndone",
    "TooLate",
    "WorksOnItAlready",
    "add_addendum",
    "add_contact",
    "add_note",
    "add_review",
    "agree_plan",
    "answer_menu",
    "answer_requirement",
    "answer_separate_worker",
    "assign",
    "begin_ending",
    "go_on_after_all",
    "cancel_review",
    "check_on_waiting",
    "choose_focus",
    "come_back",
    "comment_on_assessment",
    "confirm_contact",
    "contribute",
    "decide_extension",
    "decide_stage",
    "end_assignment",
    "end_plan",
    "explain_no_contribution",
    "feed_back",
    "finish_task",
    "hold_review",
    "keep_copy",
    "move_step",
    "note_safety_change",
    "open_case",
    "pause",
    "pin",
    "propose_ending",
    "rate_goals",
    "rate_scales",
    "reassign",
    "record_consent",
    "record_contact",
    "record_measure",
    "record_parental_view",
    "record_privacy_information",
    "record_sharing",
    "remove_goal",
    "reopen_case",
    "report_missing",
    "request_extension",
    "resume",
    "save_part",
    "send_back_ending",
    "set_task",
    "share_plan",
    "sign_assessment",
    "sign_off_ending",
    "start_assessment",
    "start_plan",
    "supervise",
    "talk_about_return",
    "tell_of_concern",
    "unpin",
    "withdraw_consent",
    "write_ending",
    "write_goal",
    "write_missing",
    "write_plan",
    "write_safety_plan",
]
