# SPDX-License-Identifier: Apache-2.0
"""Why money is not bound, spent or unbound, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class BoundRefusal(RefusalTable):
    """What is bound to a purpose is spent on nothing else."""

    BOUND_TO_NOBODY = row(
        "The money is bound to receivers, but none are named.",
        "Wang itu terikat kepada penerima, tetapi tiada penerima dinamakan.",
        remedy="Name receivers, or a credential that they hold.",
        remedy_ms="Namakan penerima, atau kelayakan yang mereka pegang.",
    )
    ENVELOPE_UNKNOWN = row(
        "There is no such envelope of bound money: it was spent, returned or never made.",
        "Tiada sampul wang terikat ini: telah dibelanjakan, dipulangkan atau tidak pernah wujud.",
        remedy="Check the envelope's id.",
        remedy_ms="Semak id sampul itu.",
    )
    NOT_THE_SPENDER = row(
        "Whoever may spend this money has not signed.",
        "Pihak yang boleh membelanjakan wang ini belum menandatangani.",
        remedy="Have the holder sign.",
        remedy_ms="Dapatkan tandatangan pemegang.",
    )
    NOT_THE_BINDER = row(
        "Whoever bound this money has not signed.",
        "Pihak yang mengikat wang ini belum menandatangani.",
        remedy="Have the payer sign.",
        remedy_ms="Dapatkan tandatangan pembayar.",
    )
    BOUND_MONEY_ENDED = row(
        "The time in which this money could be spent is over.",
        "Tempoh untuk membelanjakan wang ini telah tamat.",
        remedy="Ask the payer to bind money anew.",
        remedy_ms="Minta pembayar mengikat wang semula.",
    )
    BOUND_PURPOSE_UNFIT = row(
        "This money is bound to another purpose.",
        "Wang ini terikat kepada tujuan lain.",
        remedy="Spend it on the purpose that it is bound to.",
        remedy_ms="Belanjakan untuk tujuan yang ditetapkan.",
    )
    BOUND_RECEIVER_UNFIT = row(
        "This money may not be paid to this account.",
        "Wang ini tidak boleh dibayar ke akaun ini.",
        remedy="Pay one of the receivers that it is bound to.",
        remedy_ms="Bayar salah seorang penerima yang ditetapkan.",
    )
    BOUND_INSUFFICIENT = row(
        "Less is left in the envelope.",
        "Baki dalam sampul itu tidak mencukupi.",
        remedy="Spend no more than what is left.",
        remedy_ms="Belanjakan tidak melebihi baki.",
    )
