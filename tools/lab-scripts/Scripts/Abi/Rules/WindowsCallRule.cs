namespace KernelSim.LabScripts.Abi.Rules;

/// <summary>Calls without a counterpart in Linux.</summary>
internal sealed class WindowsCallRule() : AbiRule(
    "call.windows",
    "a call that only Windows has",
    new AbiSide("-ENOSYS here", "man 2 bpf"),
    new AbiSide("works", "include/ebpf_api.h"))
{
    private static readonly HashSet<string> s_ops =
    [
        "bpf",
        "cancel_io",
        "close_handle",
        "create_file",
        "device_io_control",
        "gate_ioctl",
        "get_overlapped_result",
        "helper_map_lookup_and_delete_elem",
        "obj_get_next_path",
        "perf_event_array_map_write",
        "prog_attach_cgroup",
        "prog_detach_cgroup",
        "ring_buffer_map_map_buffer",
        "ring_buffer_map_write",
        "synchronize",
    ];

    /// <summary>Whether a script's call is one of Windows only. <c>bpf</c> is, because its structures have the layout of eBPF for Windows.</summary>
    public static bool Covers(ScriptOp op) => s_ops.Contains(op.Name);
}
