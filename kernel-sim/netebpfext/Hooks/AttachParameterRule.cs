namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>The attach data that a hook accepts.</summary>
public enum AttachParameterRule
{
    /// <summary>Anything; it is ignored: BIND.</summary>
    Ignored,

    /// <summary>
    /// None, for every event, or a 32-bit number, for the events that have it: XDP (interface index), SOCK_OPS (compartment). A program
    /// with the number 0 sees every event too, but counts as one with a parameter when others attach.
    /// </summary>
    Number,

    /// <summary>None or 0, for every event, or a 32-bit number: CGROUP_SOCK_ADDR (compartment).</summary>
    NumberOrZeroForAll,
}
