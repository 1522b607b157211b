using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary><c>bpf</c>: the other calls in the shape of Linux's system call.</summary>
internal readonly struct BpfCall(BpfCmdId command, ulong attributes, uint size) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (BpfCommands.Find(command) is not { } row)
        {
            return call.Refuse(CheckTable.ApiBpfCommand, $"command {(int)command} given");
        }

        // Upstream's build without compiler and interpreter returns this before it checks anything.
        if (command == BpfCmdId.ProgLoad)
        {
            return call.Refuse(CheckTable.ApiBpfProgLoad, "bytecode given");
        }

        if (!ExtensibleStruct.TryOpen(call, "attr", attributes, size, row.Size, out ExtensibleStruct attr))
        {
            return call.Refused;
        }

        EbpfResult result = row.Run(call, attr.Address);
        attr.Close(call);
        return result;
    }
}
