using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode.Calls.Native;

/// <summary>What opening or loading a module brings.</summary>
internal sealed class ModuleContents
{
    /// <summary>The file as it was read.</summary>
    public NativeModuleFile? File { get; set; }

    /// <summary>The most maps that there is room for.</summary>
    public ulong MapRoom { get; init; } = ulong.MaxValue;

    /// <summary>The most programs that there is room for.</summary>
    public ulong ProgramRoom { get; init; } = ulong.MaxValue;

    /// <summary>How many maps and programs the loaded module has; null when it did not come so far.</summary>
    public (ulong Maps, ulong Programs)? Counted { get; set; }

    /// <summary>The loaded module.</summary>
    public NtHandle Module { get; set; } = NtHandle.Invalid;

    /// <summary>Its maps, in the file's order.</summary>
    public NtHandle[] Maps { get; set; } = [];

    /// <summary>Its programs, in the file's order.</summary>
    public NtHandle[] Programs { get; set; } = [];
}
