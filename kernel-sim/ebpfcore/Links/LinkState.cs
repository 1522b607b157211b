namespace KernelSim.EbpfCore.Links;

/// <summary>The state of a link, <c>ebpf_link_state_t</c>. States follow in this order; attaching may go straight to detaching.</summary>
public enum LinkState
{
    /// <summary><c>EBPF_LINK_STATE_INITIAL</c>: no program yet.</summary>
    Initial = 0,

    /// <summary><c>EBPF_LINK_STATE_ATTACHING</c>: looking for its hook.</summary>
    Attaching = 1,

    /// <summary><c>EBPF_LINK_STATE_ATTACHED</c>: a hook has accepted it. It stays so while the hook's driver is unloaded.</summary>
    Attached = 2,

    /// <summary><c>EBPF_LINK_STATE_DETACHING</c>: waiting for the program's last invocation.</summary>
    Detaching = 3,

    /// <summary><c>EBPF_LINK_STATE_DETACHED</c>: final; only its handles and pins are left.</summary>
    Detached = 4,
}
