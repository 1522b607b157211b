using KernelSim.Protocol;

namespace KernelSim.Nt.Ke;

/// <summary>A record of the flight recorder, read.</summary>
public sealed class FlightEntry
{
    internal FlightEntry(in FlightRecord record, FlightNameBook names)
    {
        Sequence = record.Sequence;
        Processor = record.Processor;
        Kind = (FlightKind)record.Kind;
        Request = record.IsOutsideRequest ? 0 : record.Request;
        Process = record.Process;
        Code = record.Code;
        Status = new NtStatus(record.Status);
        Numbers = [record.Numbers[0], record.Numbers[1], record.Numbers[2], record.Numbers[3]];
        FlightWording wording = names.WordingOf(Kind);
        Name = wording.Name;
        Text = wording.Text(this, names);
    }

    /// <summary>Counts the records of one ring, from 1. Numbers that a reader does not find were overwritten, or never written.</summary>
    public ulong Sequence { get; }

    /// <summary>The processor whose ring it is in: that of the thread that wrote it, or the first for a thread outside the kernel.</summary>
    public int Processor { get; }

    /// <summary>What it is about.</summary>
    public FlightKind Kind { get; }

    /// <summary>The kind's name.</summary>
    public string Name { get; }

    /// <summary>The request id; 0 outside a request.</summary>
    public ulong Request { get; }

    /// <summary>The process id; 0 for the system.</summary>
    public int Process { get; }

    /// <summary>A control code, the number of a check or of a system call, a stop code: as the kind says.</summary>
    public uint Code { get; }

    /// <summary>The status, where the kind has one.</summary>
    public NtStatus Status { get; }

    /// <summary>Four numbers, whose meaning depends on the kind: <see cref="FlightKindTable"/> says which.</summary>
    public IReadOnlyList<long> Numbers { get; }

    /// <summary>The id of the driver's object that a completed request or a refusal was about; 0 where it is not known.</summary>
    public uint Object => Kind switch
    {
        FlightKind.IoctlCompleted => new FlightOutcome(this).Object,
        FlightKind.Refusal => (uint)Numbers[3],
        _ => 0,
    };

    /// <summary>The record in one line.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Sequence} cpu{Processor} #{Request} {Name}: {Text}");

    /// <summary>The first 8 bytes of a control request, which its records keep as their first number.</summary>
    internal byte[] RequestStart() => BitConverter.GetBytes(Numbers[0]);

    /// <summary>The name that fills the four numbers.</summary>
    internal string NameInNumbers() => FlightName.Unpack([.. Numbers]);
}
