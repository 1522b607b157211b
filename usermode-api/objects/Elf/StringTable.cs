using System.Text;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>Names that end with a zero byte, by their offset. Each is decoded once, when it is asked for.</summary>
/// <param name="bytes">The table.</param>
internal sealed class StringTable(FileBytes bytes)
{
    /// <summary>No symbol's, type's or section's name is longer: a hostile table must not turn a small file into large strings.</summary>
    public const int LongestName = 512;

    private readonly Dictionary<uint, string> _known = [];

    public static StringTable Empty { get; } = new(default);

    public FileBytes Bytes => bytes;

    /// <summary>Whether <see cref="At"/> has a name there; decodes nothing.</summary>
    public bool Has(uint offset, int longest = LongestName) => LengthAt(offset, longest) >= 0;

    /// <summary>The name at an offset; null where that lies outside, the name does not end, or it is longer than the limit.</summary>
    public string? At(uint offset, int longest = LongestName)
    {
        lock (_known)
        {
            if (_known.TryGetValue(offset, out string? known))
            {
                return known;
            }

            int length = LengthAt(offset, longest);
            return length < 0 ? null : _known[offset] = Encoding.UTF8.GetString(bytes.Span.Slice((int)offset, length));
        }
    }

    private int LengthAt(uint offset, int longest)
    {
        if (offset >= bytes.Length)
        {
            return -1;
        }

        ReadOnlySpan<byte> rest = bytes.Span[(int)offset..];
        return rest[..Math.Min(rest.Length, longest + 1)].IndexOf((byte)0);
    }
}
