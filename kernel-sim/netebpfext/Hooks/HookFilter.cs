namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// The programs attached with one attach parameter, oldest first: <c>net_ebpf_extension_wfp_filter_context_t</c>. Never changes; attaching
/// and detaching make another.
/// </summary>
internal sealed class HookFilter(AttachParameter parameter, params HookClient[] clients)
{
    /// <summary>Which events they want.</summary>
    public AttachParameter Parameter { get; } = parameter;

    /// <summary>The programs, in the order in which they run.</summary>
    public HookClient[] Clients { get; } = clients;

    /// <summary>Whether an event with a number is theirs.</summary>
    public bool Wants(uint number) => Parameter.Match == 0 || Parameter.Match == number;
}
