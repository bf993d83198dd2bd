# SPDX-License-Identifier: Apache-2.0
"""Why an instruction is refused, in order of precedence."""

from lejar.kernel.refusal import RefusalTable, row


class SettlementRefusal(RefusalTable):
    """An instruction is an exchange agreed by all sides, and settles as its terms say."""

    LEGS_TOO_MANY = row(
        "An instruction has too many legs.",
        "Arahan mempunyai terlalu banyak kaki.",
        remedy="Send several instructions and let them settle together as a pool.",
        remedy_ms="Hantar beberapa arahan dan biarkan ia selesai bersama sebagai kumpulan.",
    )
    AMOUNT_ZERO = row(
        "A leg moves nothing.",
        "Satu kaki tidak menggerakkan apa-apa.",
        remedy="Give an amount of at least one smallest unit, or leave the leg out.",
        remedy_ms="Beri jumlah sekurang-kurangnya satu unit terkecil, atau buang kaki itu.",
    )
    LEG_TO_ITSELF = row(
        "A leg goes from one account to another, not to itself.",
        "Setiap kaki urusan bergerak antara dua akaun, bukan ke akaun yang sama.",
        remedy="Name two different accounts.",
        remedy_ms="Namakan dua akaun yang berlainan.",
    )
    LEG_REPEATED = row(
        "Two legs move the same asset in the same direction between the same accounts.",
        "Dua kaki menggerakkan aset yang sama pada arah dan akaun yang sama.",
        remedy="Put the amounts together in one leg.",
        remedy_ms="Satukan jumlah dalam satu kaki.",
    )
    PAID_LEG_UNFIT = row(
        "A money leg says that it pays for a leg that is no security of this instruction.",
        "Kaki wang menyatakan ia membayar kaki yang bukan sekuriti dalam arahan ini.",
        remedy="Name the place of a security leg, counted from 1.",
        remedy_ms="Namakan kedudukan kaki sekuriti, dikira dari 1.",
    )
    PRICE_UNCLEAR = row(
        "Several securities go between the same parties; it is unclear which one a money leg pays.",
        "Beberapa sekuriti bergerak antara pihak yang sama; tidak jelas yang mana dibayar.",
        remedy="Say for each money leg which leg it pays for.",
        remedy_ms="Nyatakan bagi setiap kaki wang, kaki yang dibayarnya.",
    )
    FREE_OF_PAYMENT = row(
        "A security would be delivered for nothing, and no side may deliver free of payment.",
        "Sekuriti akan diserah tanpa balasan, dan tiada pihak dibenarkan menyerah tanpa bayaran.",
        remedy="Add what is given for it, or ask for the permission to deliver free of payment.",
        remedy_ms="Tambah balasannya, atau mohon kebenaran menyerah tanpa bayaran.",
    )
    ISSUANCE_ACCOUNT = row(
        "An issuance account takes part in issue and redemption only, never in an exchange.",
        "Akaun terbitan hanya terlibat dalam terbitan dan penebusan, bukan pertukaran.",
        remedy="Issue to an account that holds, and settle from there.",
        remedy_ms="Terbitkan ke akaun yang memegang, dan selesaikan dari situ.",
    )
    NOT_A_PARTY = row(
        "The signer owns none of the instruction's accounts.",
        "Penandatangan tidak memiliki mana-mana akaun dalam arahan.",
        remedy="Only the owners of the accounts instruct, affirm or cancel.",
        remedy_ms="Hanya pemilik akaun boleh mengarah, mengesah atau membatal.",
    )
    VALUE_DATE_PAST = row(
        "The value date has passed.",
        "Tarikh nilai telah berlalu.",
        remedy="Choose today or a later business day.",
        remedy_ms="Pilih hari ini atau hari perniagaan kemudian.",
    )
    VALUE_DATE_TOO_FAR = row(
        "The value date is more than a year ahead.",
        "Tarikh nilai melebihi setahun dari sekarang.",
        remedy="Choose an earlier value date.",
        remedy_ms="Pilih tarikh nilai yang lebih awal.",
    )
    VALUE_DATE_NOT_BUSINESS = row(
        "The value date is not a business day.",
        "Tarikh nilai bukan hari perniagaan.",
        remedy="Choose the business day named in the facts.",
        remedy_ms="Pilih hari perniagaan yang dinamakan dalam fakta.",
    )
    CUT_OFF_PASSED = row(
        "Today's cut-off for settlement has passed.",
        "Waktu akhir penyelesaian hari ini telah berlalu.",
        remedy="Choose the next business day as the value date.",
        remedy_ms="Pilih hari perniagaan berikutnya sebagai tarikh nilai.",
    )
    VENUE_UNKNOWN = row(
        "Nobody has said which assets may be agreed at this venue.",
        "Tiada ketetapan tentang aset yang boleh dipersetujui di tempat ini.",
        remedy="Ask whoever runs settlement to admit the venue.",
        remedy_ms="Minta pengendali penyelesaian menerima tempat itu.",
    )
    VENUE_UNFIT = row(
        "This asset may not be agreed at this venue.",
        "Aset ini tidak boleh dipersetujui di tempat ini.",
        remedy="Leave the venue out, or choose one that is admitted for the asset.",
        remedy_ms="Tinggalkan tempat itu, atau pilih yang diterima bagi aset tersebut.",
    )
    MEDIATOR_UNFIT = row(
        "Whoever mediates is a side of the instruction itself.",
        "Pengantara ialah salah satu pihak dalam arahan itu sendiri.",
        remedy="Name a party that owns none of its accounts.",
        remedy_ms="Namakan pihak yang tidak memiliki mana-mana akaunnya.",
    )
    PARTIAL_UNFIT = row(
        "Only one delivery against one payment, or one payment, can settle in parts.",
        "Hanya satu serahan lawan satu bayaran, atau satu bayaran, boleh selesai sebahagian.",
        remedy="Leave the part out, or send one instruction for each delivery.",
        remedy_ms="Tinggalkan bahagian itu, atau hantar satu arahan bagi setiap serahan.",
    )
    LINK_UNKNOWN = row(
        "An instruction that is to settle before is not open, or none of the signer's.",
        "Arahan yang perlu selesai dahulu tidak terbuka, atau bukan milik penandatangan.",
        remedy="Name open instructions of your own; one that has settled needs no link.",
        remedy_ms="Namakan arahan terbuka anda; yang telah selesai tidak memerlukan pautan.",
    )
    LINKS_TOO_MANY = row(
        "Too many instructions wait for this one already.",
        "Terlalu banyak arahan sudah menunggu arahan ini.",
        remedy="Let some of them follow one another, or settle as a pool.",
        remedy_ms="Biarkan sebahagiannya mengikut satu sama lain, atau selesai sebagai kumpulan.",
    )
    PROMISE_UNFIT = row(
        "What is promised outside the hub is between two sides of the instruction.",
        "Janji di luar hab adalah antara dua pihak dalam arahan.",
        remedy="Name two different owners of the instruction's accounts, and a registered agent.",
        remedy_ms="Namakan dua pemilik akaun arahan yang berlainan, dan ejen berdaftar.",
    )
    SETTLEMENT_PAUSED = row(
        "Settlement is paused.",
        "Penyelesaian dihentikan seketika.",
        remedy="Wait until it is resumed, or let the instruction wait in the queue.",
        remedy_ms="Tunggu sehingga disambung semula, atau biarkan arahan menunggu giliran.",
    )
    INSTRUCTION_UNKNOWN = row(
        "There is no such open instruction.",
        "Tiada arahan terbuka tersebut.",
        remedy="Check the id; a settled or cancelled instruction is no longer open.",
        remedy_ms="Semak id; arahan yang selesai atau batal tidak lagi terbuka.",
    )
    AFFIRMED_ALREADY = row(
        "The party has affirmed already.",
        "Pihak itu telah pun mengesahkan.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    CANCELLED_ALREADY = row(
        "The party has asked to cancel already; the other side has not.",
        "Pihak itu telah memohon pembatalan; pihak lagi satu belum.",
        remedy="Ask the other side to cancel too.",
        remedy_ms="Minta pihak lagi satu turut membatalkan.",
    )
    NOT_FAILED = row(
        "Only a failed instruction can be retried, or be bought in.",
        "Hanya arahan yang gagal boleh dicuba semula, atau dibeli masuk.",
        remedy="Wait for its value date.",
        remedy_ms="Tunggu tarikh nilainya.",
    )
    NOT_WAITING = row(
        "The instruction does not wait for this.",
        "Arahan itu tidak menunggu perkara ini.",
        remedy="See where it stands; what has settled cannot be changed.",
        remedy_ms="Lihat kedudukannya; yang telah selesai tidak boleh diubah.",
    )
    NOT_A_GIVER = row(
        "Only a side that gives something may say when it goes.",
        "Hanya pihak yang memberi sesuatu boleh menentukan gilirannya.",
        remedy="Ask the side that pays or delivers.",
        remedy_ms="Minta pihak yang membayar atau menyerah.",
    )
    PROMISE_UNKNOWN = row(
        "The instruction has no such promise.",
        "Arahan itu tidak mempunyai janji tersebut.",
        remedy="Count the promises from 1.",
        remedy_ms="Kira janji bermula dari 1.",
    )
    NOT_THE_PROMISE_AGENT = row(
        "Only the agent named for this promise may attest it.",
        "Hanya ejen yang dinamakan bagi janji ini boleh mengakusaksinya.",
        remedy="Ask the named agent.",
        remedy_ms="Minta ejen yang dinamakan.",
    )
    EVIDENCE_USED = row(
        "This evidence has been used already.",
        "Bukti ini telah pun digunakan.",
        remedy="Each promise of each instruction needs evidence of its own.",
        remedy_ms="Setiap janji bagi setiap arahan memerlukan buktinya sendiri.",
    )
    ATTESTED_ALREADY = row(
        "This promise has been attested already.",
        "Janji ini telah pun diakusaksi.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    LIMIT_REACHED = row(
        "The payer's own limit on what it sends is reached.",
        "Had penghantaran yang ditetapkan pembayar telah dicapai.",
        remedy="Wait for what comes in, or let the payer raise its limit.",
        remedy_ms="Tunggu apa yang masuk, atau biarkan pembayar menaikkan hadnya.",
    )
    PAUSED_ALREADY = row(
        "Settlement is paused already.",
        "Penyelesaian telah pun dihentikan seketika.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    NOT_PAUSED = row(
        "Settlement is not paused.",
        "Penyelesaian tidak dihentikan.",
        remedy="Nothing needs to be done.",
        remedy_ms="Tiada apa yang perlu dilakukan.",
    )
    SET_REPEATS = row(
        "The set names an instruction twice.",
        "Set itu menamakan satu arahan dua kali.",
        remedy="Name each instruction once.",
        remedy_ms="Namakan setiap arahan sekali.",
    )
    SET_UNFIT = row(
        "The set names an instruction that does not wait in the queue.",
        "Set itu menamakan arahan yang tidak menunggu dalam giliran.",
        remedy="Read the queue anew and solve again; a pool is named with all its instructions.",
        remedy_ms="Baca giliran semula dan selesaikan lagi; kumpulan dinamakan sepenuhnya.",
    )
    SET_INFEASIBLE = row(
        "If the set settled, somebody would fall short.",
        "Jika set itu diselesaikan, ada pihak yang kekurangan.",
        remedy="Read the queue and balances anew and solve again.",
        remedy_ms="Baca giliran dan baki semula dan selesaikan lagi.",
    )
    SET_WORSE = row(
        "The queue by itself would settle more than this set.",
        "Giliran itu sendiri akan menyelesaikan lebih daripada set ini.",
        remedy="Let the queue settle in its own order.",
        remedy_ms="Biarkan giliran selesai mengikut turutannya.",
    )
    BOUND_UNFIT = row(
        "The bound is below what the set itself is worth.",
        "Batas itu lebih rendah daripada nilai set itu sendiri.",
        remedy="Give the bound that the solver proved.",
        remedy_ms="Beri batas yang dibuktikan penyelesai.",
    )
    FAIL_RULES_UNKNOWN = row(
        "Nobody has said when a buy-in of this asset may be notified.",
        "Tiada ketetapan bila belian masuk bagi aset ini boleh dimaklumkan.",
        remedy="Ask whoever runs settlement.",
        remedy_ms="Tanya pengendali penyelesaian.",
    )
    BUY_IN_EARLY = row(
        "It has not failed for long enough.",
        "Ia belum gagal cukup lama.",
        remedy="Wait until the day named in the facts.",
        remedy_ms="Tunggu sehingga hari yang dinamakan dalam fakta.",
    )
    NOTIFIED_ALREADY = row(
        "A buy-in has been notified already.",
        "Belian masuk telah pun dimaklumkan.",
        remedy="Wait until the notice runs out.",
        remedy_ms="Tunggu sehingga tempoh notis tamat.",
    )
    PENALTY_UNKNOWN = row(
        "Nothing has accrued for this instruction.",
        "Tiada penalti terakru bagi arahan ini.",
        remedy="See what has accrued; what was charged is gone.",
        remedy_ms="Lihat yang terakru; yang telah dicaj tiada lagi.",
    )
    NOT_THE_PAYEE = row(
        "Only who is owed the penalty may charge it.",
        "Hanya pihak yang terhutang penalti boleh mengenakannya.",
        remedy="Ask the side that was to receive.",
        remedy_ms="Minta pihak yang sepatutnya menerima.",
    )
    PENALTY_NOT_SHOWN = row(
        "A penalty is shown for a day before it is charged.",
        "Penalti ditunjukkan sehari sebelum dikenakan.",
        remedy="Charge it from tomorrow on.",
        remedy_ms="Kenakan mulai esok.",
    )
    STILL_WAITING = row(
        "It still waits: for a hold, a link, a promise, a block, the rest of its pool or a word.",
        "Ia masih menunggu: pegangan, pautan, janji, blok, baki kumpulan atau kata putus.",
        remedy="See what it waits for, and do that first.",
        remedy_ms="Lihat apa yang ditunggu, dan lakukannya dahulu.",
    )
    BEHIND_OTHERS = row(
        "Earlier instructions of the same payer wait for the same asset.",
        "Arahan terdahulu pembayar yang sama menunggu aset yang sama.",
        remedy="Wait, or raise the priority of this one.",
        remedy_ms="Tunggu, atau naikkan keutamaan arahan ini.",
    )
    LINK_BROKEN = row(
        "An instruction that had to settle before will not settle any more.",
        "Arahan yang perlu selesai dahulu tidak akan selesai lagi.",
        remedy="Cancel it, and instruct anew without the link.",
        remedy_ms="Batalkannya, dan arahkan semula tanpa pautan.",
    )
