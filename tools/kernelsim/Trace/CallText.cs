namespace KernelSim.Tool.Trace;

/// <summary>A call of the library as strace would write it: with what it was given that a trace knows.</summary>
internal static class CallText
{
    /// <summary>The call. A batch says how many elements it asks for; of other calls that goes without saying.</summary>
    /// <param name="function">The function.</param>
    /// <param name="descriptor">The descriptor; below 0 where it takes none.</param>
    /// <param name="count">How many elements it asks for.</param>
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
