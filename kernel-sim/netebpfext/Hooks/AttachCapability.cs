namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>How many programs a hook accepts: <c>net_ebpf_extension_hook_attach_capability_t</c>.</summary>
public enum AttachCapability
{
    /// <summary><c>ATTACH_CAPABILITY_MULTI_ATTACH_WITH_WILDCARD</c>: several for each attach parameter, run in the order of attaching.</summary>
    MultiAttachWithWildcard = 0,

    /// <summary><c>ATTACH_CAPABILITY_SINGLE_ATTACH</c>: one, whatever its attach parameter.</summary>
    SingleAttach = 1,

    /// <summary>
    /// <c>ATTACH_CAPABILITY_SINGLE_ATTACH_PER_HOOK</c>: one for each attach parameter; a wildcard only while no program is attached.
    /// </summary>
    SingleAttachPerHook = 2,
}
