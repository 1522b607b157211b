namespace KernelSim.Protocol.Checks;

/// <summary>One thing that code on either side checks before it goes on. Declared once, in <see cref="CheckTable"/>.</summary>
/// <param name="Number">Stable number: 1xxx user library, 2xxx I/O manager and driver, 3xxx protocol dispatch and validator, 4xxx handlers and maps.</param>
/// <param name="Id">Stable id, <c>where.operation.what</c>, as events, errors and <c>explain</c> show it.</param>
/// <param name="Text">What is checked, in a sentence.</param>
/// <param name="Formula">How the expected number is computed, in the reader's terms.</param>
/// <param name="Result">The result that a refused call returns.</param>
/// <param name="Fix">What a caller can do about it.</param>
public sealed record Check(int Number, string Id, string Text, string Formula, EbpfResult Result, string Fix)
{
    private readonly NtStatus? _status;

    /// <summary>The number as it is quoted: <c>KS1003</c>.</summary>
    public string Code => $"KS{Number}";

    /// <summary>True for a check of the user library, which refuses before any request is sent.</summary>
    public bool IsOfTheLibrary => Number < 2000;

    /// <summary>
    /// What a refused request ends with: the status of <see cref="Result"/>, unless the code that checks knows no results and has one of
    /// its own.
    /// </summary>
    public NtStatus Status
    {
        get => _status ?? ResultConversions.ToNtStatus(Result);
        init => _status = value;
    }

    /// <summary>What a libbpf-shaped call makes of a refusal. For the driver's checks: of the status, as it comes back through an IOCTL.</summary>
    public Errno Errno => ResultConversions.ToErrno(IsOfTheLibrary ? Result : ResultConversions.SeenThroughIoctl(Status));

    /// <summary>
    /// True if a refusal is the answer to a driver that attaches through the registrar. The request that made the driver attach continues, and
    /// completes with a status of its own.
    /// </summary>
    public bool RefusesAttachment { get; init; }

    /// <summary>How the given number must stand to the expected one.</summary>
    public CheckRelation Relation { get; init; } = CheckRelation.Equal;

    /// <summary>What the two numbers stand for.</summary>
    public CheckNumbers Numbers { get; init; } = CheckNumbers.Count;

    /// <summary>What is accepted, in words that follow "expected"; <c>{0}</c> stands for the expected number. Null where the relation says it.</summary>
    public string? Accepts { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Id}";
}
