namespace KernelSim.Protocol.Checks;

/// <summary>One thing that is checked before a request goes on, and what a refusal by it says. Declared once, as a row of a table.</summary>
/// <param name="Number">
/// Stable number: 1xxx user library, 2xxx I/O manager and driver, 3xxx protocol dispatch and validator, 4xxx handlers and maps.
/// </param>
/// <param name="Id">Stable id, <c>where.operation.what</c>, as events, errors and <c>explain</c> show it.</param>
/// <param name="Text">What is checked, in a sentence.</param>
/// <param name="Formula">How the expected number is computed, in the reader's terms.</param>
/// <param name="Status">The status that a refused request ends with.</param>
/// <param name="Fix">What a caller can do about it.</param>
public record Check(int Number, string Id, string Text, string Formula, NtStatus Status, string Fix)
{
    /// <summary>What events show in place of a code that a check does not have.</summary>
    public const string NoCode = "none";

    /// <summary>The number as it is quoted: <c>KS1003</c>.</summary>
    public string Code => $"KS{Number}";

    /// <summary>True for a check of a user library, which refuses before any request is sent.</summary>
    public bool IsOfTheLibrary => Number < 2000;

    /// <summary>The result that the driver's protocol has for a refusal, by name; <see cref="NoCode"/> if only the status is known.</summary>
    public virtual string ResultName => NoCode;

    /// <summary>The errno that the driver's user library makes of a refusal, by name; <see cref="NoCode"/> if no call gets one.</summary>
    public virtual string ErrnoName => NoCode;

    /// <summary>
    /// True if a refusal is the answer to a driver that attaches through the registrar. The request that made the driver attach continues, and
    /// completes with a status of its own.
    /// </summary>
    public bool RefusesAttachment { get; init; }

    /// <summary>How the given number must stand to the expected one.</summary>
    public CheckRelation Relation { get; init; } = CheckRelation.Equal;

    /// <summary>What the two numbers stand for.</summary>
    public CheckNumbers Numbers { get; init; } = CheckNumbers.Count;

    /// <summary>
    /// What is accepted, in words that follow "expected"; <c>{0}</c> stands for the expected number. Null where the relation says it.
    /// </summary>
    public string? Accepts { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Id}";
}
