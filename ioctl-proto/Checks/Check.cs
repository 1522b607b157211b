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
    /// <summary>The number as it is quoted: <c>KS1003</c>.</summary>
    public string Code => $"KS{Number}";

    /// <inheritdoc/>
    public override string ToString() => $"{Code} {Id}";
}
