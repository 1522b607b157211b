namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>
/// The programs attached with one attach parameter, oldest first: <c>net_ebpf_extension_wfp_filter_context_t</c>. Immutable; attaching
/// and detaching create a new one.
/// </summary>
internal sealed class HookFilter(AttachParameter parameter, params HookClient[] clients)
{
    /// <summary>Selects the events that they are run for.</summary>
    public AttachParameter Parameter { get; } = parameter;

    /// <summary>The programs, in the order in which they run.</summary>
    public HookClient[] Clients { get; } = clients;

    /// <summary>Whether an event with this number matches.</summary>
    public bool Wants(uint number) => Parameter.Match == 0 || Parameter.Match == number;
}
