using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Arguments;

/// <summary>Reads the key, the value and the flag of a command on an element, in any order, into a map's blocks.</summary>
/// <param name="context">The command's context.</param>
/// <param name="map">The map.</param>
internal sealed class ElementReader(BpftoolContext context, MapAccess map) : IDisposable
{
    private const ulong Any = 0;
    private const ulong NoExist = 1;
    private const ulong Exist = 2;

    private static readonly (string Word, ulong Flag)[] s_flags = [("any", Any), ("noexist", NoExist), ("exist", Exist)];

    private readonly BpftoolOutput _output = context.Output;
    private int? _object;

    /// <summary>Whether a key must still come.</summary>
    public bool NeedsKey { get; set; } = map.Info.KeySize > 0;

    /// <summary>Whether a value must still come.</summary>
    public bool NeedsValue { get; set; }

    /// <summary>Whether a flag may still come.</summary>
    public bool TakesFlag { get; set; }

    /// <summary>The flag of an update.</summary>
    public ulong Flags { get; private set; }

    /// <summary>Reads the rest of a command line.</summary>
    /// <returns>False if it complained.</returns>
    public bool Read(WordReader words)
    {
        while (words.Current is { } word)
        {
            if (!Take(words, word))
            {
                return false;
            }
        }

        if (NeedsKey || NeedsValue)
        {
            _output.Fail($"did not find {(NeedsKey ? "key" : "value")}");
            return false;
        }

        return true;
    }

    /// <summary>Closes the descriptor that a value stands for.</summary>
    public void Dispose()
    {
        if (_object is { } fd)
        {
            context.Kernel.Close(fd);
        }
    }

    private bool Take(WordReader words, string word)
    {
        if (words.Is("key"))
        {
            return TakeKey(words);
        }

        if (words.Is("value"))
        {
            return TakeValue(words);
        }

        if (!Array.Exists(s_flags, f => words.Is(f.Word)))
        {
            _output.Fail($"expected key or value, got: {word}");
            return false;
        }

        if (!TakesFlag)
        {
            _output.Fail($"flags specified multiple times: {word}");
            return false;
        }

        Flags = Array.Find(s_flags, f => words.Is(f.Word)).Flag;
        TakesFlag = false;
        words.Skip();
        return true;
    }

    private bool TakeKey(WordReader words)
    {
        if (!NeedsKey)
        {
            _output.Fail(map.Info.KeySize > 0 ? "duplicate key" : "unnecessary key");
            return false;
        }

        words.Skip();
        NeedsKey = false;
        return ByteReader.TryRead(words, "key", map.Key, _output);
    }

    private bool TakeValue(WordReader words)
    {
        if (!NeedsValue)
        {
            _output.Fail(map.Info.ValueSize > 0 && MayHaveValue ? "duplicate value" : "unnecessary value");
            return false;
        }

        words.Skip();
        NeedsValue = false;
        return map.HoldsMaps || map.HoldsPrograms ? TakeObject(words) : TakeBytes(words);
    }

    /// <summary>Whether the command takes a value at all.</summary>
    public required bool MayHaveValue { get; init; }

    /// <summary>One value, which all CPUs get.</summary>
    private bool TakeBytes(WordReader words)
    {
        Span<byte> first = map.Value[..(int)map.Info.ValueSize];
        if (!ByteReader.TryRead(words, "value", first, _output))
        {
            return false;
        }

        for (int cpu = 1; map.IsPerCpu && cpu < map.Layout.SlotCount; cpu++)
        {
            first.CopyTo(map.Value[(int)map.Layout.SlotOffset(cpu)..]);
        }

        return true;
    }

    private bool TakeObject(WordReader words)
    {
        if (words.Left < 2)
        {
            _output.Fail(map.HoldsMaps ? "not enough value arguments for map in map" : "not enough value arguments for map of progs");
            return false;
        }

        if (map.HoldsPrograms && words.Is("id"))
        {
            _output.Info(
                "Warning: updating program array via MAP_ID, make sure this map is kept open\n"
                + "         by some process or pinned otherwise update will be lost");
        }

        ObjectSelector selector = map.HoldsMaps ? ObjectSelector.ForMaps(context) : ObjectSelector.ForPrograms(context);
        if (!selector.TryOpenOne(words, out int fd))
        {
            return false;
        }

        _object = fd;
        BitConverter.TryWriteBytes(map.Value, fd);
        return true;
    }
}
