namespace KernelSim.Tool.Bench.Maps;

/// <summary>The map types that are measured.</summary>
internal enum BenchMapKind
{
    /// <summary>BPF_MAP_TYPE_PERCPU_HASH.</summary>
    PerCpuHash,

    /// <summary>BPF_MAP_TYPE_HASH.</summary>
    Hash,

    /// <summary>BPF_MAP_TYPE_LRU_HASH.</summary>
    LruHash,
}
