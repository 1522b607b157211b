using System.Buffers.Binary;
using KernelSim.LabScripts;
using KernelSim.Tool.Lab.Grading.Scripts;

namespace KernelSim.Tool.Lab.Labs.Boundary;

/// <summary>Elements with different keys, by number from 0: the same for the same seed, as many as are asked for.</summary>
/// <param name="Seed">What they depend on.</param>
/// <param name="Count">How many the task is about.</param>
/// <param name="KeySize">Bytes of a key: 4 or more.</param>
/// <param name="ValueBytes">Bytes of a value; in a per-CPU map, of all slots.</param>
internal sealed record ElementSet(ulong Seed, int Count, int KeySize, int ValueBytes)
{
    /// <summary>Most elements that a script may ask for.</summary>
    public const int Most = 1 << 16;

    /// <summary>The key of an element.</summary>
    public byte[] Key(int index)
    {
        byte[] key = new byte[KeySize];
        BinaryPrimitives.WriteUInt32LittleEndian(key, unchecked((uint)index + ((uint)Seed * 0x9e37_79b9)));
        return key;
    }

    /// <summary>The value of an element.</summary>
    public byte[] Value(int index)
    {
        byte[] value = new byte[ValueBytes];
        for (int i = 0; i < ValueBytes; i++)
        {
            value[i] = unchecked((byte)((Seed * 31) + ((ulong)index * 7) + ((ulong)i * 13)));
        }

        return value;
    }

    /// <summary>Names its sizes, and its keys and values for placeholders.</summary>
    public TemplateNames Name(TemplateNames names) => names
        .Add("count", Count)
        .Add("key_size", KeySize)
        .Add("value_size", ValueBytes)
        .Add("max_entries", Count + (Count / 2))
        .Add("keys", Most, n => [.. Enumerable.Range(0, n).SelectMany(Key)])
        .Add("values", Most, n => [.. Enumerable.Range(0, n).SelectMany(Value)]);

    /// <summary>How many of the elements are among others, given in hex.</summary>
    public int CountOf(IReadOnlyDictionary<string, string>? held) => held is null
        ? 0
        : Enumerable.Range(0, Count).Count(i => held.TryGetValue(Hex.Of(Key(i)), out string? value) && value == Hex.Of(Value(i)));
}
