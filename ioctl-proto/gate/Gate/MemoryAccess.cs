namespace KernelSim.Protocol.Gate;

/// <summary>The kind of access to memory.</summary>
public enum MemoryAccess
{
    /// <summary>The access reads.</summary>
    Read,

    /// <summary>The access writes.</summary>
    Write,
}

/// <summary>The names of the kinds of access, in messages, traces and JSON.</summary>
public static class MemoryAccessNames
{
    /// <summary>"read" or "write".</summary>
    public static string NameOf(MemoryAccess access) => access == MemoryAccess.Read ? "read" : "write";
}
