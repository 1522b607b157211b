namespace KernelSim.TraceAnalysis.Wording;

/// <summary>A call of the library as strace would write it: with the arguments that a trace contains.</summary>
public static class CallNotation
{
    /// <summary>The call. A batch shows how many elements it requests; other calls do not.</summary>
    /// <param name="function">Name of the function.</param>
    /// <param name="descriptor">The descriptor; below 0 if it takes none.</param>
    /// <param name="count">Number of elements requested.</param>
    public static string Of(string function, int descriptor, long count)
    {
        IEnumerable<string> arguments =
        [
            .. descriptor >= 0 ? [FormattableString.Invariant($"fd={descriptor}")] : Array.Empty<string>(),
            .. count > 1 || IsBatch(function) ? [FormattableString.Invariant($"count={count}")] : Array.Empty<string>(),
        ];
        return $"{function}({string.Join(", ", arguments)})";
    }

    /// <summary>Whether the function works on many elements at once.</summary>
    public static bool IsBatch(string function) => function.EndsWith("_batch", StringComparison.Ordinal);
}
