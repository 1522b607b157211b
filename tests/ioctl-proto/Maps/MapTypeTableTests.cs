using System.Text.Json;

namespace KernelSim.Protocol.Tests;

public sealed class MapTypeTableTests
{
    /// <summary>
    /// Which type answers what: find, find+delete, update, update with handle, delete, next key, batch get, batch get+delete, helper
    /// push, helper pop, ring. yes: it exists; NS: not supported; IA: invalid argument.
    /// </summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "unspec", "NS NS NS NS NS NS NS NS NS NS NS" },
        { "hash", "yes yes yes NS yes yes yes yes IA IA NS" },
        { "array", "yes IA yes NS yes yes yes yes IA IA NS" },
        { "prog_array", "yes IA NS yes yes yes yes yes NS IA NS" },
        { "percpu_hash", "yes yes yes NS yes yes yes yes IA IA NS" },
        { "percpu_array", "yes IA yes NS yes yes yes yes IA IA NS" },
        { "hash_of_maps", "yes IA NS yes yes yes yes yes NS IA NS" },
        { "array_of_maps", "yes IA NS yes yes yes yes yes NS IA NS" },
        { "lru_hash", "yes yes yes NS yes yes yes yes IA IA NS" },
        { "lpm_trie", "yes IA yes NS yes yes yes yes IA IA NS" },
        { "queue", "yes yes yes NS NS NS NS NS yes yes NS" },
        { "lru_percpu_hash", "yes yes yes NS yes yes yes yes IA IA NS" },
        { "stack", "yes yes yes NS NS NS NS NS yes yes NS" },
        { "ringbuf", "NS NS NS NS NS NS NS NS NS NS yes" },
        { "perf_event_array", "NS NS NS NS NS NS NS NS NS NS yes" },
        { "sample_hash_map", "yes yes yes NS yes yes NS NS IA IA NS" },
        { "xskmap", "yes yes yes NS yes yes NS NS IA IA NS" },
    };

    /// <summary>
    /// What a type is like: smallest and largest key, smallest and largest value, per-CPU (no, values, rings), what becomes of
    /// max_entries, what becomes of an inner map's handle.
    /// </summary>
    public static TheoryData<string, uint, uint, uint, uint, string, MapCapacity, InnerMapRule> Properties
    {
        get
        {
            const uint Max = uint.MaxValue;
            return new()
            {
                { "hash", 1, Max, 1, Max, "no", MapCapacity.Hint, InnerMapRule.Forbidden },
                { "array", 1, Max, 1, Max, "no", MapCapacity.Slots, InnerMapRule.Forbidden },
                { "prog_array", 1, Max, 4, 4, "no", MapCapacity.Slots, InnerMapRule.Ignored },
                { "percpu_hash", 1, Max, 1, Max, "values", MapCapacity.Hint, InnerMapRule.Forbidden },
                { "percpu_array", 1, Max, 1, Max, "values", MapCapacity.Slots, InnerMapRule.Forbidden },
                { "hash_of_maps", 1, Max, 4, 4, "no", MapCapacity.Hint, InnerMapRule.Required },
                { "array_of_maps", 1, Max, 4, 4, "no", MapCapacity.Slots, InnerMapRule.Required },
                { "lru_hash", 1, Max, 1, Max, "no", MapCapacity.Evicts, InnerMapRule.Forbidden },
                { "lpm_trie", 4, Max, 1, Max, "no", MapCapacity.Hint, InnerMapRule.Forbidden },
                { "queue", 0, 0, 1, Max, "no", MapCapacity.Refuses, InnerMapRule.Forbidden },
                { "lru_percpu_hash", 1, Max, 1, Max, "values", MapCapacity.Evicts, InnerMapRule.Forbidden },
                { "stack", 0, 0, 1, Max, "no", MapCapacity.Refuses, InnerMapRule.Forbidden },
                { "ringbuf", 0, 0, 0, Max, "no", MapCapacity.RingBytes, InnerMapRule.Forbidden },
                { "perf_event_array", 0, Max, 0, Max, "rings", MapCapacity.RingBytes, InnerMapRule.Forbidden },
                { "sample_hash_map", 0, Max, 0, Max, "no", MapCapacity.Refuses, InnerMapRule.Forbidden },
                { "xskmap", 0, Max, 0, Max, "no", MapCapacity.Refuses, InnerMapRule.Forbidden },
            };
        }
    }

    [Fact]
    public void There_is_a_row_for_every_type_by_number_and_by_name()
    {
        JsonElement types = Reference.Protocol.GetProperty("enums").GetProperty("ebpf_map_type_t");
        Assert.Equal(types.Int("MAX"), MapTypeTable.Count);
        Assert.Equal(MapTypeTable.Count, MapTypeTable.All.Length);
        foreach (JsonProperty type in types.EnumerateObject().Where(t => t.Name != "MAX"))
        {
            MapTypeTraits row = MapTypeTable.Find((BpfMapType)type.Value.GetUInt32())!;
            Assert.Equal(type.Value.GetUInt32(), (uint)row.Type);
            Assert.Equal(type.Name.ToLowerInvariant(), row.Name);
            Assert.Equal("BPF_MAP_TYPE_" + type.Name, row.UpstreamName);
            Assert.Same(row, MapTypeTable.Find(row.Name));
            Assert.Same(row, MapTypeTable.Find(row.UpstreamName));
            Assert.Equal(row.Name, row.ToString());
        }
    }

    [Fact]
    public void The_names_alone_are_those_of_the_table()
    {
        Assert.Equal(MapTypeTable.All.ToArray().Select(row => row.Name), BpfMapTypeNames.All);
        foreach (MapTypeTraits row in MapTypeTable.All)
        {
            Assert.Equal(row.Name, BpfMapTypeNames.NameOf(row.Type));
            Assert.True(BpfMapTypeNames.TryParse(row.Name, out BpfMapType type));
            Assert.Equal(row.Type, type);
        }

        Assert.Null(BpfMapTypeNames.NameOf((BpfMapType)17));
        Assert.False(BpfMapTypeNames.TryParse("", out _));
    }

    [Theory]
    [InlineData(17u)]
    [InlineData(uint.MaxValue)]
    public void A_number_that_is_no_type_has_no_row(uint type) => Assert.Null(MapTypeTable.Find((BpfMapType)type));

    [Fact]
    public void A_name_that_is_no_type_has_no_row() => Assert.Null(MapTypeTable.Find("per_cpu_hash"));

    [Theory]
    [MemberData(nameof(Answers))]
    public void A_type_has_exactly_the_operations_of_the_table(string name, string answers)
    {
        EbpfResult[] expected =
        [
            .. answers.Split(' ').Select(a => a switch
            {
                "yes" => EbpfResult.Success,
                "IA" => EbpfResult.InvalidArgument,
                "NS" => EbpfResult.OperationNotSupported,
                _ => throw new InvalidOperationException(a),
            }),
        ];
        MapTypeTraits row = MapTypeTable.Find(name)!;
        MapOperation[] operations = Enum.GetValues<MapOperation>();
        Assert.Equal(operations.Length, expected.Length);
        Assert.Equal(expected, operations.Select(row.AnswerTo));
        Assert.Equal(expected.Select(e => e == EbpfResult.Success), operations.Select(row.Supports));
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void A_type_is_as_the_table_says(
        string name, uint minKey, uint maxKey, uint minValue, uint maxValue, string perCpu, MapCapacity capacity, InnerMapRule innerMap)
    {
        MapTypeTraits row = MapTypeTable.Find(name)!;
        Assert.Equal((minKey, maxKey), (row.Key.Minimum, row.Key.Maximum));
        Assert.Equal((minValue, maxValue), (row.Value.Minimum, row.Value.Maximum));
        Assert.Equal(perCpu == "values", row.HasPerCpuValues);
        Assert.Equal(perCpu == "values", row.Type.IsPerCpu());
        Assert.Equal(perCpu != "no", row.IsPerCpuInKernel);
        Assert.Equal(capacity, row.Capacity);
        Assert.Equal(capacity == MapCapacity.Evicts, row.KeepsKeyHistory);
        Assert.Equal(innerMap, row.InnerMap);
        Assert.Equal(row.Value == SizeRange.Exactly(4), row.Type.HoldsObjects());
        Assert.Equal(row.Type is BpfMapType.SampleHashMap or BpfMapType.Xskmap, row.IsCustom);
        Assert.True(row.IsCreatable);
    }

    [Fact]
    public void Maps_of_no_type_cannot_be_created() => Assert.False(MapTypeTable.Find("unspec")!.IsCreatable);

    [Theory]
    [InlineData(4u, 4u, 3u, false, 4u)]
    [InlineData(4u, 4u, 4u, true, 4u)]
    [InlineData(4u, 4u, 5u, false, 4u)]
    [InlineData(1u, uint.MaxValue, 0u, false, 1u)]
    [InlineData(1u, uint.MaxValue, 77u, true, 77u)]
    [InlineData(0u, 0u, 1u, false, 0u)]
    public void A_range_allows_what_lies_in_it_and_names_the_nearest_size(uint minimum, uint maximum, uint size, bool allowed, uint nearest)
    {
        var range = new SizeRange(minimum, maximum);
        Assert.Equal(allowed, range.Allows(size));
        Assert.Equal(nearest, range.Nearest(size));
    }
}
