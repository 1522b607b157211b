using System.Globalization;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles;

/// <summary>One thing that is checked when an object file is read. Declared once, as a row of <see cref="ObjectRuleTable"/>.</summary>
/// <param name="Id">Stable id: <c>elf.…</c>, <c>btf.…</c> or <c>maps.…</c>.</param>
/// <param name="Text">What is checked, in a sentence.</param>
/// <param name="Formula">How the expected number is computed, in the reader's terms.</param>
/// <param name="Fix">What the author of the file can do about it.</param>
public sealed record ObjectRule(string Id, string Text, string Formula, string Fix)
{
    /// <summary>How the given number must stand to the expected one.</summary>
    public CheckRelation Relation { get; init; } = CheckRelation.Equal;

    /// <summary>What the two numbers stand for.</summary>
    public CheckNumbers Numbers { get; init; } = CheckNumbers.Count;

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <summary>A number as messages have it.</summary>
    internal string NumberText(long number) => Numbers.NameOf(number) ?? number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is accepted, in words that follow "expected".</summary>
    internal string Expectation(long expected) => Relation switch
    {
        CheckRelation.AtLeast => $"at least {NumberText(expected)}",
        CheckRelation.AtMost => $"at most {NumberText(expected)}",
        CheckRelation.LessThan => $"less than {NumberText(expected)}",
        CheckRelation.MultipleOf => $"a multiple of {NumberText(expected)}",
        CheckRelation.InWords => Formula,
        _ => NumberText(expected),
    };
}
