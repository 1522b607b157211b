namespace KernelSim.Protocol;

/// <summary>What one map type is like: the row that library, driver and tools look things up in.</summary>
public sealed class MapTypeTraits
{
    private readonly EbpfResult[] _answers;

    /// <param name="type">The type.</param>
    /// <param name="name">Its name in bpftool.</param>
    /// <param name="answers">One letter for each <see cref="MapOperation"/>: Y it exists, N not supported, I invalid argument.</param>
    internal MapTypeTraits(BpfMapType type, string name, string answers)
    {
        Type = type;
        Name = name;
        UpstreamName = "BPF_MAP_TYPE_" + name.ToUpperInvariant();
        _answers =
        [
            .. answers.Select(a => a switch
            {
                'Y' => EbpfResult.Success,
                'I' => EbpfResult.InvalidArgument,
                _ => EbpfResult.OperationNotSupported,
            }),
        ];
    }

    /// <summary>The type.</summary>
    public BpfMapType Type { get; }

    /// <summary>The name that bpftool and <c>libbpf_bpf_map_type_str</c> use: <c>percpu_hash</c>.</summary>
    public string Name { get; }

    /// <summary>The C name: <c>BPF_MAP_TYPE_PERCPU_HASH</c>.</summary>
    public string UpstreamName { get; }

    /// <summary>Allowed key sizes; any other is <see cref="EbpfResult.InvalidArgument"/> when the map is created.</summary>
    public SizeRange Key { get; init; } = SizeRange.NotZero;

    /// <summary>Allowed sizes of one CPU's value; any other is <see cref="EbpfResult.InvalidArgument"/> when the map is created.</summary>
    public SizeRange Value { get; init; } = SizeRange.NotZero;

    /// <summary>What <c>max_entries</c> means.</summary>
    public MapCapacity Capacity { get; init; } = MapCapacity.Hint;

    /// <summary>What creation does with the handle of an inner map.</summary>
    public InnerMapRule InnerMap { get; init; } = InnerMapRule.Forbidden;

    /// <summary>True when an extension provides the maps; the driver then checks no sizes itself.</summary>
    public bool IsCustom { get; init; }

    /// <summary>
    /// True when values have no keys. A perf event array can be created with a key size all the same; an update with a key is then an
    /// invalid argument, before the type's answer is asked for.
    /// </summary>
    public bool IsKeyless => Key.Allows(0) && !IsCustom;

    /// <summary>True when a map of this type can be created at all.</summary>
    public bool IsCreatable => Type != BpfMapType.Unspec;

    /// <summary>True when uses of a key are remembered, to find the least recently used one.</summary>
    public bool KeepsKeyHistory => Capacity == MapCapacity.Evicts;

    /// <summary>True when a value is one slot per possible CPU for user mode.</summary>
    public bool HasPerCpuValues => Type.IsPerCpu();

    /// <summary>
    /// True when the kernel keeps something for each CPU, <c>BPF_MAP_TYPE_PER_CPU</c>: the types with per-CPU values, and perf event
    /// arrays. Creation multiplies the value size by the CPUs for all of them.
    /// </summary>
    public bool IsPerCpuInKernel => HasPerCpuValues || Type == BpfMapType.PerfEventArray;

    /// <summary>
    /// What becomes of an operation before the map's data is looked at: success when the type has it, else the refusal. Checks of
    /// sizes come before this answer. (A helper's find answers <see cref="EbpfResult.InvalidArgument"/> for a program array.)
    /// </summary>
    public EbpfResult AnswerTo(MapOperation operation) => _answers[(int)operation];

    /// <summary>True when the type has the operation.</summary>
    public bool Supports(MapOperation operation) => AnswerTo(operation) == EbpfResult.Success;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
