namespace KernelSim.Nt.Mm;

/// <summary>Four characters that name the owner of a pool block.</summary>
/// <param name="Value">The four characters, the first in the lowest byte.</param>
public readonly record struct PoolTag(uint Value)
{
    /// <summary>Creates a tag of exactly four printable ASCII characters.</summary>
    public PoolTag(string text)
        : this(Pack(text))
    {
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(4, Value, static (chars, value) =>
        {
            for (int i = 0; i < 4; i++)
            {
                chars[i] = (char)(byte)(value >> (8 * i));
            }
        });

    private static uint Pack(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != 4 || text.Any(c => c is < ' ' or > '~'))
        {
            throw new ArgumentException($"A pool tag has 4 printable ASCII characters; '{text}' was given.", nameof(text));
        }

        return text[0] | ((uint)text[1] << 8) | ((uint)text[2] << 16) | ((uint)text[3] << 24);
    }
}
