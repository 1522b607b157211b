using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>The entry of an open descriptor.</summary>
internal sealed class OpenDescriptor(NtHandle handle)
{
    private volatile MapShape? _shape;

    /// <summary>The handle that the descriptor owns.</summary>
    public NtHandle Handle { get; } = handle;

    /// <summary>The map's definition, once the library has read it; a definition never changes, so any thread may set it.</summary>
    public MapShape? Shape
    {
        get => _shape;
        set => _shape = value;
    }
}
