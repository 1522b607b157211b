using System.Buffers.Binary;
using System.Globalization;
using KernelSim.HostBpf;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>A random script about one map: single calls and batches with keys that meet often, on a map that is full now and then.</summary>
internal sealed class RandomMapScript
{
    private const uint MostEntries = 24;
    private const int ZeroSeed = 64;
    private const int NoPrealloc = 1;

    private readonly string _type;
    private readonly Random _random;

    public RandomMapScript(string type, int seed)
    {
        _type = type;
        _random = new Random(seed);
    }

    private bool IsKeyless => _type is "queue" or "stack";

    private bool IsTrie => _type == "lpm_trie";

    private bool HoldsMaps => _type.EndsWith("_of_maps", StringComparison.Ordinal);

    /// <summary>The script: it creates its maps, and makes a number of calls.</summary>
    public string[] Lines(int calls)
    {
        int keySize = IsKeyless ? 0 : IsTrie ? 7 : 4;
        int flags = IsTrie ? NoPrealloc : _type.Contains("hash", StringComparison.Ordinal) ? ZeroSeed : 0;
        string inner = HoldsMaps ? ",\"inner_fd\":\"inner\"" : "";
        return
        [
            """{"op":"map_create","as":"inner","type":"hash","name":"inner","key_size":4,"value_size":4,"max_entries":8}""",
            $$"""{"op":"map_create","as":"m","type":"{{_type}}","name":"m","key_size":{{keySize}},"value_size":{{(HoldsMaps ? 4 : 8)}},"""
                + $"\"max_entries\":{MostEntries},\"flags\":{flags}{inner}}}",
            .. Enumerable.Range(0, calls).Select(_ => Next()),
        ];
    }

    private string Next() => _random.Next(14) switch
    {
        < 5 => Call("update_elem", $"{KeyField()}\"{(HoldsMaps ? "value_fd" : "value")}\":\"{(HoldsMaps ? "inner" : Value())}\",\"flags\":{Flags()}"),
        5 => Call("lookup_elem", KeyField() + "\"id\":0"),
        6 => Call("lookup_and_delete_elem", KeyField() + "\"id\":0"),
        7 => Call("delete_elem", KeyField() + "\"id\":0"),
        8 when !_type.Contains("hash", StringComparison.Ordinal) => Call("get_next_key", KeyField() + "\"id\":0"),
        8 or 9 => UpdateBatch(),
        10 => DeleteBatch(),
        11 => Call("lookup_and_delete_batch", $"\"count\":{_random.Next(8)}"),
        _ => Call("lookup_batch", $"\"count\":{_random.Next((int)MostEntries + 4)},\"cursor\":\"{(_random.Next(2) == 0 ? "start" : "next")}\""),
    };

    private static string Call(string op, string fields) => $$"""{"op":"map_{{op}}","fd":"m",{{fields}}}""";

    private string UpdateBatch()
    {
        int count = _random.Next(5);
        string keys = string.Concat(Enumerable.Range(0, count).Select(_ => Key()));
        string values = string.Concat(Enumerable.Range(0, count).Select(_ => HoldsMaps ? "ffffffff" : Value()));
        return Call("update_batch", $"\"keys\":\"{keys}\",\"values\":\"{values}\",\"count\":{count},\"elem_flags\":{(_random.Next(8) == 0 ? 1 : 0)}");
    }

    private string DeleteBatch()
    {
        int count = _random.Next(4);
        return Call("delete_batch", $"\"keys\":\"{string.Concat(Enumerable.Range(0, count).Select(_ => Key()))}\",\"count\":{count}");
    }

    private string KeyField() => IsKeyless ? "" : $"\"key\":\"{Key()}\",";

    private int Flags() => _random.Next(4) == 0 ? _random.Next(4) : 0;

    private string Key()
    {
        if (IsKeyless)
        {
            return "00000000";
        }

        if (!IsTrie)
        {
            return Number((uint)_random.Next((int)MostEntries + 8));
        }

        // Few different bits, so that prefixes meet often, and none behind the prefix, where the systems may keep different ones.
        int length = _random.Next(26);
        uint bits = 0;
        for (int bit = 0; bit < Math.Min(length, 24); bit++)
        {
            bits |= _random.Next(6) == 0 ? 1u << (23 - bit) : 0;
        }

        return Number((uint)length) + bits.ToString("x6", CultureInfo.InvariantCulture);
    }

    private string Value()
    {
        string one = Number((uint)_random.Next()) + Number(0);
        return _type.StartsWith("percpu", StringComparison.Ordinal) ? string.Concat(Enumerable.Repeat(one, HostBpfMap.PossibleCpus)) : one;
    }

    private static string Number(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return Convert.ToHexStringLower(bytes);
    }
}
