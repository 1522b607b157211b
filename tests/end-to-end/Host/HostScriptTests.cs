using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using KernelSim.HostBpf;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>
/// Scripts under <c>--abi linux</c> beside the host kernel's own bpf(2): return values, errno, counts, values, and elements as sets. Hash maps
/// have BPF_F_ZERO_SEED, so that their buckets are the same too. Skipped, with the reason, where bpf(2) is not permitted.
/// </summary>
public sealed class HostScriptTests
{
    private const int ZeroSeed = 64;

    public HostScriptTests()
    {
        string? reason = HostBpfMap.WhyUnavailable();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    /// <summary>Scripts about one topic each; <c>V</c> stands for a value of all CPUs.</summary>
    public static TheoryData<string, string[]> Topics => new()
    {
        { "creation", Creation() },
        { "arrays", Arrays() },
        { "hash maps", Hashes() },
        { "tries", Tries() },
        { "queues", Queues() },
        { "maps of maps", MapsOfMaps() },
        { "rings and program arrays", Others() },
    };

    public static TheoryData<string, int> RandomRuns => new MatrixTheoryData<string, int>(
        ["hash", "percpu_hash", "array", "percpu_array", "lpm_trie", "queue", "stack", "array_of_maps", "hash_of_maps"], [1, 2]);

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_script_ends_as_on_the_host_kernel(string topic, string[] lines)
    {
        Assert.NotEmpty(topic);
        AssertSame(lines);
    }

    [Theory]
    [MemberData(nameof(RandomRuns))]
    public void A_random_script_ends_as_on_the_host_kernel(string type, int seed) => AssertSame(new RandomMapScript(type, seed).Lines(400));

    private static void AssertSame(string[] lines)
    {
        ToolRun run = ToolRun.WithInput(
            string.Join('\n', lines) + "\n",
            ["script", "-", "--abi", "linux", "--cpus", HostBpfMap.PossibleCpus.ToString(CultureInfo.InvariantCulture)]);
        Assert.True(run.ExitCode == 0, run.Error);
        IReadOnlyList<JsonElement> results = run.Json;
        Assert.Equal(lines.Length, results.Count);
        using HostScript host = new();
        List<string> differences = [];
        for (int i = 0; i < lines.Length; i++)
        {
            string expected = host.Run(lines[i]);
            string actual = host.OutcomeOf(lines[i], results[i]);
            if (expected != actual)
            {
                differences.Add($"line {i + 1}: {lines[i]}\n  host      {expected}\n  simulated {actual}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences.Take(20)));
    }

    private static string Create(string name, string type, int key, long value, long entries, long flags = 0, string? inner = null) =>
        $$"""{"op":"map_create","as":"{{name}}","type":"{{type}}","name":"m","key_size":{{key}},"value_size":{{value}},"max_entries":{{entries}},"""
        + $"\"flags\":{flags}{(inner is null ? "" : $",\"inner_fd\":\"{inner}\"")}}}";

    private static string Key(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return Convert.ToHexStringLower(bytes);
    }

    private static string Call(string op, string fd, string rest = "") =>
        $$"""{"op":"map_{{op}}","fd":"{{fd}}"{{(rest.Length > 0 ? "," + rest : "")}}}""";

    private static string[] Creation() =>
    [
        Create("h", "hash", 4, 4, 4),
        Create("p", "prog_array", 4, 4, 4),
        Create("o", "array_of_maps", 4, 4, 4, 0, "h"),
        .. Of("hash", "percpu_hash", "lru_hash", "lru_percpu_hash", "array", "percpu_array", "prog_array").SelectMany(type => Sizes(type)
            .Concat(Enumerable.Range(0, 13).Select(bit => Create($"{type} flag {bit}", type, 4, 4, 4, 1L << bit)))),
        .. Of(0, 8, 16, 24, 128, 384).Select(flags => Create($"access {flags}", "hash", 4, 4, 4, flags)),
        .. Enumerable.Range(0, 13).Select(bit => Create($"lpm flag {bit}", "lpm_trie", 8, 4, 4, 1 | (1L << bit))),
        .. Of(0, 4, 5, 8, 260, 261).Select(size => Create($"lpm {size}", "lpm_trie", size, 4, 4, 1)),
        Create("no prealloc", "lpm_trie", 8, 4, 4),
        .. Of("queue", "stack").SelectMany(type =>
            Enumerable.Range(0, 13).Select(bit => Create($"{type} flag {bit}", type, 0, 4, 4, 1L << bit))),
        Create("queue key", "queue", 4, 4, 4),
        Create("queue large", "queue", 0, 8 << 20, 4),
        .. Of((0, 4096), (0, 100), (0, 2048), (4, 4096), (0, 0)).Select(r => Create($"ring {r}", "ringbuf", 0, r.Item1, r.Item2)),
        Create("ring key", "ringbuf", 4, 0, 4096),
        .. Enumerable.Range(0, 13).Select(bit => Create($"ring flag {bit}", "ringbuf", 0, 0, 4096, 1L << bit)),
        .. Of("array_of_maps", "hash_of_maps").SelectMany(type => (string[])
        [
            Create($"{type} none", type, 4, 4, 4),
            Create($"{type} program", type, 4, 4, 4, 0, "p"),
            Create($"{type} nested", type, 4, 4, 4, 0, "o"),
            Create($"{type} wide", type, 4, 8, 4, 0, "h"),
            Create($"{type} ro", type, 4, 4, 4, 8, "h"),
            Create($"{type} prealloc", type, 4, 4, 4, 1, "h"),
        ]),
        Create("ignored", "hash", 4, 4, 4, 0, "h"),
        Create("unspec", "unspec", 4, 4, 4),
        Create("buckets", "hash", 4, 4, uint.MaxValue),
    ];

    private static IEnumerable<string> Sizes(string type) =>
        from key in Of(0, 4, 8)
        from value in Of(0, 4, 40_000)
        from entries in Of(0, 4)
        select Create($"{type} {key} {value} {entries}", type, key, value, entries);

    private static string[] Arrays() =>
    [
        .. Of("array", "percpu_array").SelectMany(type => (string[])
        [
            Create(type, type, 4, 8, 4),
            .. (from index in Of(1u, 9u)
               from flags in Enumerable.Range(0, 5)
               select Call("update_elem", type, $"\"key\":\"{Key(index)}\",\"value\":\"{Value(type, index)}\",\"flags\":{flags}")),
            Call("lookup_elem", type, $"\"key\":\"{Key(1)}\""),
            Call("lookup_elem", type, $"\"key\":\"{Key(4)}\""),
            Call("lookup_elem", type),
            Call("delete_elem", type, $"\"key\":\"{Key(1)}\""),
            Call("lookup_and_delete_elem", type, $"\"key\":\"{Key(1)}\""),
            .. Of("null", $"\"{Key(0)}\"", $"\"{Key(3)}\"", $"\"{Key(4)}\"").Select(k => Call("get_next_key", type, $"\"key\":{k}")),
            .. Enumerable.Range(0, 6).Select(n => Call("lookup_batch", type, $"\"count\":{n}")),
            Call("lookup_batch", type, "\"count\":3"),
            Call("lookup_batch", type, "\"count\":3,\"cursor\":\"next\""),
            Call("lookup_batch", type, "\"count\":3,\"cursor\":\"next\""),
            Call("lookup_batch", type, "\"count\":3,\"flags\":256"),
            Call("lookup_batch", type, "\"count\":3,\"elem_flags\":1"),
            Call("lookup_and_delete_batch", type, "\"count\":3"),
            Call("delete_batch", type, $"\"keys\":\"{Key(1)}\",\"count\":1"),
            Call("update_batch", type, $"\"keys\":\"{Key(1)}{Key(9)}\",\"values\":\"{Value(type, 1)}{Value(type, 2)}\",\"count\":2"),
            Call("update_batch", type, $"\"keys\":\"{Key(1)}\",\"values\":\"{Value(type, 1)}\",\"count\":1,\"elem_flags\":1"),
            Call("update_batch", type, $"\"keys\":\"{Key(1)}\",\"values\":\"{Value(type, 1)}\",\"count\":1,\"flags\":256"),
        ]),
    ];

    private static string[] Hashes() =>
    [
        .. Of("hash", "percpu_hash").SelectMany(type => (string[])
        [
            Create(type, type, 4, 8, 4, ZeroSeed),
            .. Enumerable.Range(0, 6).Select(i => Call("update_elem", type, $"\"key\":\"{Key((uint)i)}\",\"value\":\"{Value(type, (uint)i)}\"")),
            .. (from key in Of(1u, 9u)
               from flags in Enumerable.Range(0, 5)
               select Call("update_elem", type, $"\"key\":\"{Key(key)}\",\"value\":\"{Value(type, key)}\",\"flags\":{flags}")),
            Call("update_elem", type, $"\"key\":null,\"value\":\"{Value(type, 1)}\""),
            Call("update_elem", type, $"\"key\":\"{Key(1)}\",\"value\":null"),
            Call("lookup_elem", type),
            Call("delete_elem", type),
            .. Enumerable.Range(0, 7).Select(n => Call("lookup_batch", type, $"\"count\":{n}")),
            Call("lookup_batch", type, "\"count\":3"),
            Call("lookup_batch", type, "\"count\":3,\"cursor\":\"next\""),
            Call("lookup_batch", type, "\"count\":3,\"cursor\":\"next\""),
            .. Of("lookup_batch", "lookup_and_delete_batch").SelectMany(op => (string[])
            [
                Call(op, type, "\"count\":3,\"flags\":256"),
                Call(op, type, "\"count\":3,\"elem_flags\":1"),
                Call(op, type, "\"count\":0,\"elem_flags\":1"),
            ]),
            Call(
                "update_batch",
                type,
                $"\"keys\":\"{Key(1)}{Key(9)}{Key(2)}\",\"values\":\"{Value(type, 1)}{Value(type, 2)}{Value(type, 3)}\",\"count\":3"),
            Call("update_batch", type, $"\"keys\":\"{Key(1)}\",\"values\":\"{Value(type, 1)}\",\"count\":1,\"elem_flags\":1"),
            Call("update_batch", type, $"\"keys\":\"{Key(1)}\",\"values\":\"{Value(type, 1)}\",\"count\":1,\"flags\":256"),
            Call("delete_batch", type, $"\"keys\":\"{Key(1)}{Key(9)}{Key(2)}\",\"count\":3"),
            Call("delete_batch", type, $"\"keys\":\"{Key(1)}\",\"count\":1,\"flags\":256"),
            Call("lookup_and_delete_elem", type, $"\"key\":\"{Key(2)}\""),
            Call("lookup_and_delete_batch", type, "\"count\":9"),
            Call("lookup_and_delete_batch", type, "\"count\":9"),
            Call("lookup_batch", type, "\"count\":9"),
        ]),
        .. Of((8, "ro"), (16, "wo")).SelectMany(access => (string[])
        [
            Create(access.Item2, "hash", 4, 8, 4, access.Item1),
            Call("update_elem", access.Item2, $"\"key\":\"{Key(1)}\",\"value\":\"{Value("hash", 1)}\""),
            Call("lookup_elem", access.Item2, $"\"key\":\"{Key(1)}\""),
            Call("lookup_and_delete_elem", access.Item2, $"\"key\":\"{Key(1)}\""),
            Call("delete_elem", access.Item2, $"\"key\":\"{Key(1)}\""),
            Call("get_next_key", access.Item2),
            Call("lookup_batch", access.Item2, "\"count\":3"),
            Call("lookup_and_delete_batch", access.Item2, "\"count\":3"),
            Call("delete_batch", access.Item2, $"\"keys\":\"{Key(1)}\",\"count\":1"),
        ]),
    ];

    private static string[] Tries()
    {
        string[] keys = ["080000000a000000", "100000000a010000", "180000000a010200", "0000000000000000", "090000000a800000"];
        return
        [
            Create("t", "lpm_trie", 8, 8, 4, 1),
            .. keys.Select(k => Call("update_elem", "t", $"\"key\":\"{k}\",\"value\":\"{Value("t", 7)}\"")),
            .. Enumerable.Range(0, 5).Select(f => Call("update_elem", "t", $"\"key\":\"{keys[4]}\",\"value\":\"{Value("t", 7)}\",\"flags\":{f}")),
            .. Enumerable.Range(0, 5).Select(f => Call("update_elem", "t", $"\"key\":\"{keys[0]}\",\"value\":\"{Value("t", 8)}\",\"flags\":{f}")),
            Call("lookup_elem", "t", "\"key\":\"200000000a010203\""),
            .. Of("lookup_elem", "delete_elem", "get_next_key", "lookup_and_delete_elem")
                .Select(op => Call(op, "t", "\"key\":\"210000000a010203\"")),
            Call("update_elem", "t", $"\"key\":\"210000000a010203\",\"value\":\"{Value("t", 7)}\""),
            Call("get_next_key", "t"),
            .. keys.Select(k => Call("get_next_key", "t", $"\"key\":\"{k}\"")),
            Call("get_next_key", "t", "\"key\":\"0700000063000000\""),
            .. Enumerable.Range(0, 6).Select(n => Call("lookup_batch", "t", $"\"count\":{n}")),
            Call("lookup_batch", "t", "\"count\":3"),
            Call("lookup_batch", "t", "\"count\":3,\"cursor\":\"next\""),
            Call("lookup_and_delete_batch", "t", "\"count\":3"),
            Call("update_batch", "t", $"\"keys\":\"{keys[0]}{keys[4]}\",\"values\":\"{Value("t", 1)}{Value("t", 2)}\",\"count\":2"),
            Call("delete_batch", "t", $"\"keys\":\"{keys[0]}{keys[4]}{keys[1]}\",\"count\":3"),
            Call("lookup_batch", "t", "\"count\":9"),
        ];
    }

    private static string[] Queues() =>
    [
        .. Of("queue", "stack").SelectMany(type => (string[])
        [
            Create(type, type, 0, 8, 2),
            Call("lookup_elem", type),
            Call("lookup_and_delete_elem", type),
            .. Of(0, 0, 0, 1, 2, 3, 4).Select((f, i) => Call("update_elem", type, $"\"value\":\"{Value(type, (uint)i)}\",\"flags\":{f}")),
            Call("lookup_elem", type),
            Call("lookup_elem", type, $"\"key\":\"{Key(1)}\""),
            Call("delete_elem", type),
            Call("get_next_key", type),
            Call("lookup_and_delete_elem", type),
            Call("lookup_batch", type, "\"count\":1"),
            Call("lookup_batch", type, "\"count\":0"),
            Call("delete_batch", type, $"\"keys\":\"{Key(1)}\",\"count\":1"),
        ]),
    ];

    private static string[] MapsOfMaps() =>
    [
        Create("h", "hash", 4, 4, 4),
        Create("h8", "hash", 4, 4, 8),
        Create("hf", "hash", 4, 4, 4, 1),
        Create("a", "array", 4, 4, 4),
        Create("a8", "array", 4, 4, 8),
        Create("ai", "array", 4, 4, 4, 4096),
        Create("ai8", "array", 4, 4, 8, 4096),
        Create("p", "percpu_array", 4, 8, 4),
        Create("p8", "percpu_array", 4, 8, 8),
        Create("oh", "array_of_maps", 4, 4, 4, 0, "h"),
        Create("oa", "array_of_maps", 4, 4, 4, 0, "a"),
        Create("oi", "array_of_maps", 4, 4, 4, 0, "ai"),
        Create("op", "array_of_maps", 4, 4, 4, 0, "p"),
        Create("hh", "hash_of_maps", 4, 4, 2, ZeroSeed, "h"),
        .. (from pair in new[]
           {
               ("oh", "h"), ("oh", "h8"), ("oh", "hf"), ("oh", "a"), ("oa", "a"), ("oa", "a8"), ("oi", "ai"), ("oi", "ai8"), ("oi", "a8"),
               ("op", "p8"),
           }
           select Call("update_elem", pair.Item1, $"\"key\":\"{Key(0)}\",\"value_fd\":\"{pair.Item2}\"")),
        .. (from outer in Of("oh", "hh")
           from flags in Enumerable.Range(0, 4)
           from key in Of(1u, 9u)
           select Call("update_elem", outer, $"\"key\":\"{Key(key)}\",\"value_fd\":\"h\",\"flags\":{flags}")),
        Call("update_elem", "hh", $"\"key\":\"{Key(3)}\",\"value_fd\":\"h\""),
        .. (from outer in Of("oh", "hh")
           from call in new[]
           {
               Call("update_elem", outer, $"\"key\":\"{Key(1)}\",\"value_fd\":-1"),
               Call("update_elem", outer, $"\"key\":\"{Key(1)}\",\"value_fd\":9999"),
               Call("lookup_elem", outer, $"\"key\":\"{Key(1)}\""),
               Call("lookup_elem", outer, $"\"key\":\"{Key(2)}\""),
               Call("lookup_and_delete_elem", outer, $"\"key\":\"{Key(1)}\""),
               Call("lookup_batch", outer, "\"count\":9"),
               Call("delete_elem", outer, $"\"key\":\"{Key(1)}\""),
               Call("delete_elem", outer, $"\"key\":\"{Key(1)}\""),
               Call("delete_elem", outer, $"\"key\":\"{Key(99)}\""),
               Call("delete_batch", outer, $"\"keys\":\"{Key(1)}\",\"count\":1"),
               Call("lookup_and_delete_batch", outer, "\"count\":9"),
               Call("lookup_batch", outer, "\"count\":9"),
           }
           select call),
    ];

    private static string[] Others() =>
    [
        Create("r", "ringbuf", 0, 0, 4096),
        Create("p", "prog_array", 4, 4, 4),
        .. Of("lookup_elem", "lookup_and_delete_elem", "delete_elem", "get_next_key").Select(op => Call(op, "r")),
        Call("update_elem", "r", "\"value\":\"\""),
        .. Of(1u, 9u).SelectMany(k => (string[])
        [
            Call("lookup_elem", "p", $"\"key\":\"{Key(k)}\""),
            Call("lookup_and_delete_elem", "p", $"\"key\":\"{Key(k)}\""),
            Call("delete_elem", "p", $"\"key\":\"{Key(k)}\""),
            Call("get_next_key", "p", $"\"key\":\"{Key(k)}\""),
            Call("update_elem", "p", $"\"key\":\"{Key(k)}\",\"value\":\"ffffffff\""),
            Call("update_elem", "p", $"\"key\":\"{Key(k)}\",\"value\":\"ffffffff\",\"flags\":2"),
        ]),
        .. (from map in Of("r", "p")
           from call in new[]
           {
               Call("lookup_batch", map, "\"count\":1"),
               Call("lookup_and_delete_batch", map, "\"count\":1"),
               Call("delete_batch", map, $"\"keys\":\"{Key(1)}\",\"count\":1"),
               Call("update_batch", map, $"\"keys\":\"{Key(1)}\",\"values\":\"{Key(1)}\",\"count\":1"),
           }
           select call),
    ];

    private static T[] Of<T>(params T[] items) => items;

    private static string Value(string type, uint number) => string.Concat(Enumerable.Repeat(
        Key(number) + Key(number + 1), type.StartsWith("percpu", StringComparison.Ordinal) ? HostBpfMap.PossibleCpus : 1));
}
