using System.Buffers.Binary;
using KernelSim.LabScripts;
using KernelSim.Protocol;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>What the placeholders of a script may name: numbers, bytes in hex, and functions of a number.</summary>
internal sealed class TemplateNames
{
    private readonly Dictionary<string, long> _numbers = [];
    private readonly Dictionary<string, string> _bytes = [];

    private readonly Dictionary<string, Func<long, object>> _functions = new()
    {
        ["pad8"] = n => n is >= 0 and <= uint.MaxValue ? (long)PerCpuLayout.Pad8((uint)n) : throw OutOfRange("pad8", n, uint.MaxValue),
        ["u8"] = n => Little("u8", n, sizeof(byte)),
        ["u16"] = n => Little("u16", n, sizeof(ushort)),
        ["u32"] = n => Little("u32", n, sizeof(uint)),
        ["u64"] = n => Little("u64", n, sizeof(ulong)),
    };

    /// <summary>All names, for messages.</summary>
    public IEnumerable<string> All => _numbers.Keys.Concat(_bytes.Keys).Concat(_functions.Keys.Select(f => $"{f}(n)"));

    /// <summary>Names a number.</summary>
    public TemplateNames Add(string name, long number)
    {
        _numbers[name] = number;
        return this;
    }

    /// <summary>Names bytes.</summary>
    public TemplateNames Add(string name, byte[] bytes)
    {
        _bytes[name] = Hex.Of(bytes);
        return this;
    }

    /// <summary>Names a function from a number to bytes.</summary>
    /// <param name="name">The word before the bracket.</param>
    /// <param name="most">The greatest number that it takes.</param>
    /// <param name="function">Its bytes for a number from 0.</param>
    public TemplateNames Add(string name, int most, Func<int, byte[]> function)
    {
        _functions[name] = n => n >= 0 && n <= most ? Hex.Of(function((int)n)) : throw OutOfRange(name, n, most);
        return this;
    }

    /// <summary>The value of a name: a number (<see langword="long"/>), or bytes in hex; null if there is none.</summary>
    public object? Value(string name) =>
        _numbers.TryGetValue(name, out long number) ? number : _bytes.GetValueOrDefault(name);

    /// <summary>The function of a name; null if there is none.</summary>
    public Func<long, object>? Function(string name) => _functions.GetValueOrDefault(name);

    private static string Little(string name, long number, int bytes)
    {
        if (bytes < sizeof(long) && (number < 0 || number >> (8 * bytes) != 0))
        {
            throw OutOfRange(name, number, (1L << (8 * bytes)) - 1);
        }

        byte[] all = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(all, number);
        return Hex.Of(all.AsSpan(0, bytes));
    }

    private static FormatException OutOfRange(string name, long given, long most) =>
        new($"{given} given to {name}, expected a number from 0 to {most}");
}
