namespace KernelSim.Protocol;

/// <summary>The properties of one map type: a row of the table that library, driver and tools share.</summary>
public sealed class MapTypeTraits
{
    private readonly EbpfResult[] _answers;

    internal MapTypeTraits(BpfMapType type, string name, MapOperationSupport operations)
    {
        Type = type;
        Name = name;
        UpstreamName = "BPF_MAP_TYPE_" + name.ToUpperInvariant();
        _answers = operations.Answers;
    }

    /// <summary>The map type that the row is about.</summary>
    public BpfMapType Type { get; }

    /// <summary>The name that bpftool and <c>libbpf_bpf_map_type_str</c> use: <c>percpu_hash</c>.</summary>
    public string Name { get; }

    /// <summary>The C name: <c>BPF_MAP_TYPE_PERCPU_HASH</c>.</summary>
    public string UpstreamName { get; }

    /// <summary>What maps of this type hold.</summary>
    public MapContents Contents { get; init; } = MapContents.Values;

    /// <summary>Allowed key sizes; any other is <see cref="EbpfResult.InvalidArgument"/> when the map is created.</summary>
    public SizeRange Key { get; init; } = SizeRange.NotZero;

    /// <summary>Allowed sizes of one CPU's value; any other is <see cref="EbpfResult.InvalidArgument"/> when the map is created.</summary>
    public SizeRange Value { get; init; } = SizeRange.NotZero;

    /// <summary>What <c>max_entries</c> means for maps of this type.</summary>
    public MapCapacity Capacity { get; init; } = MapCapacity.Hint;

    /// <summary>True when an extension provides the maps; the driver then checks no sizes itself.</summary>
    public bool IsCustom { get; init; }

    /// <summary>What creation does with the handle of an inner map.</summary>
    public InnerMapRule InnerMap => Contents switch
    {
        MapContents.Maps => InnerMapRule.Required,
        MapContents.Programs => InnerMapRule.Ignored,
        _ => InnerMapRule.Forbidden,
    };

    /// <summary>
    /// True when values have no keys. A perf event array can still be created with a key size; an update with a key is then an invalid
    /// argument, whatever <see cref="AnswerTo"/> says of updates.
    /// </summary>
    public bool IsKeyless => Key.Allows(0) && !IsCustom;

    /// <summary>True when a map of this type can be created at all.</summary>
    public bool IsCreatable => Type != BpfMapType.Unspec;

    /// <summary>True when keys are indexes from 0 to below <c>max_entries</c>.</summary>
    public bool IsArray => Capacity == MapCapacity.Slots;

    /// <summary>
    /// True when every key always exists: deleting one fills its value with zeros. The slots of an array of objects can be empty instead.
    /// </summary>
    public bool KeysAlwaysExist => IsArray && !HoldsObjects;

    /// <summary>True when the keys of a map can be walked, one after the other.</summary>
    public bool CanBeWalked => Supports(MapOperation.NextKey);

    /// <summary>True when the use of keys is tracked, to find the least recently used one.</summary>
    public bool KeepsKeyHistory => Capacity == MapCapacity.Evicts;

    /// <summary>True when user mode sees one slot per possible CPU in a value.</summary>
    public bool HasPerCpuValues => Contents == MapContents.PerCpuValues;

    /// <summary>
    /// True when the kernel keeps something for each CPU, <c>BPF_MAP_TYPE_PER_CPU</c>: the types with per-CPU values, and perf event
    /// arrays. Creation multiplies the value size by the CPUs for all of them.
    /// </summary>
    public bool IsPerCpuInKernel => Contents is MapContents.PerCpuValues or MapContents.PerCpuRecords;

    /// <summary>True when values are programs.</summary>
    public bool HoldsPrograms => Contents == MapContents.Programs;

    /// <summary>True when values are maps.</summary>
    public bool HoldsMaps => Contents == MapContents.Maps;

    /// <summary>True when values are other objects, which travel as handles.</summary>
    public bool HoldsObjects => HoldsPrograms || HoldsMaps;

    /// <summary>
    /// The result of an operation before it reaches the map's data: success if the type supports it, otherwise the refusal. Checks of
    /// sizes come first. (A helper's lookup returns <see cref="EbpfResult.InvalidArgument"/> for a program array.)
    /// </summary>
    public EbpfResult AnswerTo(MapOperation operation) => _answers[(int)operation];

    /// <summary>True when the type supports the operation.</summary>
    public bool Supports(MapOperation operation) => AnswerTo(operation) == EbpfResult.Success;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
