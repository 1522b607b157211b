using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;

namespace KernelSim.UserMode;

/// <summary>The results of opening or loading a module.</summary>
internal sealed class ModuleContents
{
    /// <summary>The contents of the file.</summary>
    public NativeModuleFile? File { get; set; }

    /// <summary>Maximum number of maps that there is room for.</summary>
    public ulong MapRoom { get; init; } = ulong.MaxValue;

    /// <summary>Maximum number of programs that there is room for.</summary>
    public ulong ProgramRoom { get; init; } = ulong.MaxValue;

    /// <summary>Number of maps and programs in the loaded module; null if it was not loaded.</summary>
    public (ulong Maps, ulong Programs)? Counted { get; set; }

    /// <summary>Handle of the loaded module.</summary>
    public NtHandle Module { get; set; } = NtHandle.Invalid;

    /// <summary>Handles of its maps, in the file's order.</summary>
    public NtHandle[] Maps { get; set; } = [];

    /// <summary>Handles of its programs, in the file's order.</summary>
    public NtHandle[] Programs { get; set; } = [];
}
