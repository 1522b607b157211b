using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>The types of maps that <c>map create</c> takes: those of the machine, and those that only Linux has, which its kernel refuses.</summary>
internal static class MapTypeWords
{
    /// <summary>A type that no kernel has.</summary>
    private const BpfMapType OfLinux = (BpfMapType)uint.MaxValue;

    private static readonly string[] s_ofLinux =
    [
        "stack_trace", "cgroup_array", "devmap", "sockmap", "cpumap", "sockhash", "cgroup_storage", "reuseport_sockarray",
        "percpu_cgroup_storage", "sk_storage", "devmap_hash", "struct_ops", "inode_storage", "task_storage", "bloom_filter", "user_ringbuf",
        "cgrp_storage",
    ];

    /// <summary>Finds a type by its name.</summary>
    public static bool TryParse(string name, out BpfMapType type)
    {
        if (BpfMapTypeNames.TryParse(name, out type))
        {
            return true;
        }

        bool isOfLinux = s_ofLinux.Contains(name);
        type = isOfLinux ? OfLinux : BpfMapType.Unspec;
        return isOfLinux || name == "unspec";
    }
}
