namespace KernelSim.Tool.Bpftool.Output;

/// <summary>Bytes as bpftool writes them.</summary>
internal static class HexText
{
    private const string Digits = "0123456789abcdef";
    private const int BytesOfLine = 16;
    private const int BytesOfGroup = 8;

    /// <summary>Writes bytes in hex, 16 a line in two groups.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[BytesOfLine * 3 + 2];
        for (int at = 0; at < bytes.Length; at += BytesOfLine)
        {
            int length = 0;
            if (at > 0)
            {
                text[length++] = '\n';
            }

            ReadOnlySpan<byte> line = bytes.Slice(at, Math.Min(BytesOfLine, bytes.Length - at));
            for (int i = 0; i < line.Length; i++)
            {
                if (i > 0)
                {
                    text[length++] = ' ';
                }

                if (i == BytesOfGroup)
                {
                    text[length++] = ' ';
                }

                text[length++] = Digits[line[i] >> 4];
                text[length++] = Digits[line[i] & 0xF];
            }

            output.Write(text[..length]);
        }
    }

    /// <summary>Writes bytes as an array of strings such as <c>"0x2a"</c>.</summary>
    public static void Write(BpftoolJson json, ReadOnlySpan<byte> bytes)
    {
        Span<char> text = ['"', '0', 'x', ' ', ' ', '"'];
        json.BeginArray();
        foreach (byte value in bytes)
        {
            text[3] = Digits[value >> 4];
            text[4] = Digits[value & 0xF];
            json.Raw(text);
        }

        json.EndArray();
    }

    /// <summary>Writes bytes as an array of numbers.</summary>
    public static void WriteNumbers(BpftoolJson json, ReadOnlySpan<byte> bytes)
    {
        json.BeginArray();
        foreach (byte value in bytes)
        {
            json.Number(value);
        }

        json.EndArray();
    }
}
