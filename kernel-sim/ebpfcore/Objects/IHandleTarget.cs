using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Objects;

/// <summary>An object that the driver gives handles of. The file object behind each handle has it as its FsContext.</summary>
internal interface IHandleTarget
{
    /// <summary>A handle is being created: takes the references that the handle owns.</summary>
    void OnHandleCreate(KeThread current);

    /// <summary>The file object's last handle was closed: drops those references. At PASSIVE_LEVEL, outside of epochs.</summary>
    void OnHandleClose(KeThread current);
}
