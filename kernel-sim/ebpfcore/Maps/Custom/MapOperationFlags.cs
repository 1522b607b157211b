namespace KernelSim.EbpfCore.Extensions;

/// <summary>The reason for calling a map provider: <c>EBPF_MAP_OPERATION_*</c>.</summary>
[Flags]
public enum MapOperationFlags : uint
{
    /// <summary>A request of user mode, in the context of its process, at PASSIVE_LEVEL.</summary>
    None = 0,

    /// <summary>A program's helper call, at up to DISPATCH_LEVEL: <c>EBPF_MAP_OPERATION_HELPER</c>.</summary>
    Helper = 1,

    /// <summary>An update replaced this value, or failed: <c>EBPF_MAP_OPERATION_UPDATE</c>.</summary>
    Update = 2,

    /// <summary>The map is being deleted with all its elements: <c>EBPF_MAP_OPERATION_MAP_CLEANUP</c>.</summary>
    MapCleanup = 4,
}
