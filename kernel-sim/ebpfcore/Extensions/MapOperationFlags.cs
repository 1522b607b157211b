namespace KernelSim.EbpfCore.Extensions;

/// <summary>Why a map provider is called: <c>EBPF_MAP_OPERATION_*</c>.</summary>
[Flags]
public enum MapOperationFlags : uint
{
    /// <summary>User mode asks, in the context of its process, at PASSIVE_LEVEL.</summary>
    None = 0,

    /// <summary>A program asks, at up to DISPATCH_LEVEL: <c>EBPF_MAP_OPERATION_HELPER</c>.</summary>
    Helper = 1,

    /// <summary>An update put another value in the place of this one, or failed: <c>EBPF_MAP_OPERATION_UPDATE</c>.</summary>
    Update = 2,

    /// <summary>The map goes with all its elements: <c>EBPF_MAP_OPERATION_MAP_CLEANUP</c>.</summary>
    MapCleanup = 4,
}
