namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>Reads the bytes of a key or a value: one a word, in hex after the keyword <c>hex</c>.</summary>
internal static class ByteReader
{
    /// <summary>Reads as many bytes as there is room for.</summary>
    /// <param name="words">The words, from the first after <c>key</c> or <c>value</c> on.</param>
    /// <param name="what">What they are, for a complaint.</param>
    /// <param name="bytes">Receives them.</param>
    /// <param name="output">Where complaints go.</param>
    public static bool TryRead(WordReader words, string what, Span<byte> bytes, BpftoolOutput output)
    {
        bool hex = words.Is("hex");
        if (hex)
        {
            words.Skip();
        }

        int count = 0;
        for (; count < bytes.Length && words.Current is { } word; count++)
        {
            if (!CNumber.TryParse(word, out ulong value, hex))
            {
                output.Fail($"error parsing byte: {word}");
                return false;
            }

            bytes[count] = unchecked((byte)value);
            words.Skip();
        }

        if (count < bytes.Length)
        {
            output.Fail($"{what} expected {bytes.Length} bytes got {count}");
            return false;
        }

        return true;
    }
}
