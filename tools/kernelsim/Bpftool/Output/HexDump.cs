using System.Globalization;

namespace KernelSim.Tool.Bpftool.Output;

/// <summary>Bytes with their offsets and characters, 16 a line.</summary>
internal static class HexDump
{
    private const int BytesOfLine = 16;
    private const int BytesOfGroup = 8;

    /// <summary>Writes bytes.</summary>
    public static void Write(TextWriter output, ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += BytesOfLine)
        {
            ReadOnlySpan<byte> line = bytes.Slice(start, Math.Min(BytesOfLine, bytes.Length - start));
            output.Write(start.ToString("x7", CultureInfo.InvariantCulture));
            output.Write('\t');
            for (int i = 0; i < BytesOfLine; i++)
            {
                output.Write(i < line.Length ? line[i].ToString("x2", CultureInfo.InvariantCulture) : "  ");
                output.Write(i % 2 == 0 ? "" : " ");
            }

            output.Write("| ");
            for (int i = 0; i < line.Length; i++)
            {
                output.Write(line[i] is >= (byte)' ' and <= (byte)'~' ? (char)line[i] : '.');
                output.Write(i == BytesOfGroup - 1 ? " " : "");
            }

            output.Write('\n');
        }
    }
}
