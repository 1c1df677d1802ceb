// The decision on a drop that was read and is whole: its status, its reason, what is kept.
//
// Pure. Of a drop that broke a limit nothing is kept but the drop itself, in quarantine; of one that is damaged what was
// good before the damage is.

internal import Archive
internal import Catalog
internal import Files
internal import Radiology

struct JudgedDrop {
    private let read: ReadDrop
    private let assembler: DropAssembler
    let status: DropStatus

    init(read: ReadDrop, assembler: DropAssembler) {
        self.read = read
        self.assembler = assembler
        status =
            read.isHostile ? .quarantined : DropStatus.ofImages(assembler.tally, isBroken: read.breakage != nil)
    }

    /// Whether the packs that were written are installed.
    var keepsPacks: Bool { !read.isHostile }

    var reason: String? {
        if let breakage = read.breakage { return breakage }
        let tally = assembler.tally
        if tally.good == 0, tally.bad == 0 {
            return tally.ignored == 0 ? "there is no file in it" : "there is no DICOM image in it"
        }
        guard tally.bad > 0 else { return nil }
        let first = assembler.files.first { $0.status == .damaged || $0.status == .refused }
        return
            "\(tally.bad) of \(assembler.files.count) files are damaged or refused; the first is \(first?.path ?? "?"): "
            + (first?.reason ?? "?")
    }

    func outcome(
        packs: [(series: Int, pack: SealedPack)], tier: String, isAttested: Bool,
        declaresExamsWhole: Bool
    ) -> DropOutcome {
        let isHeld = status == .quarantined || assembler.tally.bad > 0 || read.breakage != nil
        let files =
            keepsPacks ? assembler.files : assembler.files.filter { $0.status == .damaged || $0.status == .refused }
        return DropOutcome(
            sha256: read.digest, byteCount: read.byteCount, attested: isAttested, status: status.rawValue,
            reason: reason, isHeld: isHeld, series: keepsPacks ? assembler.series : [],
            packs: packs.map {
                DropOutcome.PackFacts(
                    series: $0.series, digest: $0.pack.digest, tier: tier, byteCount: $0.pack.byteCount,
                    memberCount: $0.pack.memberCount)
            },
            instances: keepsPacks ? assembler.instances : [], files: files,
            declaresExamsWhole: declaresExamsWhole, generation: assembler.generation)
    }
}
