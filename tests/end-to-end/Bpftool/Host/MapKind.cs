namespace KernelSim.EndToEnd.Tests.Bpftool.Host;

/// <summary>A kind of map that both kernels have.</summary>
/// <param name="Type">bpftool's name of the type.</param>
/// <param name="KeySize">Bytes of a key.</param>
/// <param name="ValueSize">Bytes of a value.</param>
internal sealed record MapKind(string Type, int KeySize, int ValueSize)
{
    /// <summary>Number of different keys that are used.</summary>
    public const int Keys = 7;

    private const int PrefixLengths = 5;

    /// <summary>Elements that the map has room for. Linux evicts from an LRU map before it is full.</summary>
    private int Entries => Type == "lru_hash" ? 1024 : Keys + 1;

    /// <summary>Whether it has no keys.</summary>
    public bool IsKeyless => KeySize == 0;

    /// <summary>Whether its elements are always there.</summary>
    public bool KeepsElements => Type.EndsWith("array", StringComparison.Ordinal);

    /// <summary>Whether the order of its elements is the kernel's.</summary>
    public bool IsUnordered => Type.EndsWith("hash", StringComparison.Ordinal) || Type == "lpm_trie";

    /// <summary>The words that create it, in Windows's form.</summary>
    public string Words => $"type {Type} key {KeySize} value {ValueSize} entries {Entries} name random";

    /// <summary>The words that create it on Linux, where a trie needs <c>BPF_F_NO_PREALLOC</c>.</summary>
    public string LinuxWords => Type == "lpm_trie" ? Words + " flags 1" : Words;

    /// <summary>The words of a key.</summary>
    public string Key(int number) => Type == "lpm_trie"
        ? $"{8 * (number % PrefixLengths)} 0 0 0 {Bytes(KeySize - 4, number % PrefixLengths, number)}"
        : Bytes(KeySize, 1, number);

    /// <summary>The answer of Windows where Linux has given one that differs by design.</summary>
    public ToolRun OfWindows(ToolRun linux)
    {
        const string tooLong = "Argument list too long";
        (string text, int exitCode) = IsKeyless ? ("No space left on device", 228) : ("Invalid argument", 234);
        ToolRun answer = linux.ExitCode != 249 ? linux : linux with
        {
            ExitCode = exitCode,
            Output = linux.Output.Replace(tooLong, text, StringComparison.Ordinal),
            Error = linux.Error.Replace(tooLong, text, StringComparison.Ordinal),
        };
        return answer with
        {
            Output = answer.Output.Replace("flags 0x1", "flags 0x0", StringComparison.Ordinal)
                .Replace("\"flags\":1", "\"flags\":0", StringComparison.Ordinal)
                .Replace("\"flags\": 1", "\"flags\": 0", StringComparison.Ordinal),
        };
    }

    /// <summary>Bytes of which the first few are a number, and the rest zeros.</summary>
    private static string Bytes(int count, int filled, int number) =>
        string.Join(' ', Enumerable.Range(0, count).Select(i => i < filled ? number : 0));

    /// <inheritdoc/>
    public override string ToString() => $"{Type}, key {KeySize}, value {ValueSize}";
}
