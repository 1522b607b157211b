namespace KernelSim.Architecture.Tests;

/// <summary>
/// A row of <c>tests/reference/upstream-cases.tsv</c>: a test case of upstream's suites, as macros and templates make them.
/// </summary>
/// <param name="Suite">The source file, without <c>_jit</c> and extension.</param>
/// <param name="Name">The case, with what a macro or template puts in, in brackets.</param>
/// <param name="Needs">What it loads.</param>
/// <param name="Expressed">Since when a test expresses it: before bytecode ran, or now. Open if none does.</param>
/// <param name="Text">That test, as folder/class.method; or why there is none.</param>
internal sealed record UpstreamCase(string Suite, string Name, string Needs, string Expressed, string Text)
{
    /// <summary>Expressed by no test.</summary>
    public const string Open = "open";

    /// <summary>All rows.</summary>
    public static IReadOnlyList<UpstreamCase> All { get; } =
    [
        .. Repository.ReadText("tests", "reference", "upstream-cases.tsv")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => new UpstreamCase(cells[0], cells[1], cells[2], cells[3], cells[4])),
    ];
}
