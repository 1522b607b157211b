using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>
    /// What <c>GetLastError</c> returns on the calling thread after <see cref="bpf"/> has refused a command that this build does not have. Other
    /// calls do not change it.
    /// </summary>
    public Win32Error LastError => _threads.Value!.LastError;

    /// <summary>Calls another function in the shape of Linux's <c>bpf(2)</c>: <c>bpf</c>.</summary>
    /// <param name="cmd">The command to execute.</param>
    /// <param name="attr">
    /// Address of the command's structure: a <see cref="Protocol.Messages.SysBpfMapCreateAttr"/> and so on, or a 32-bit id for the
    /// commands that open an object by its id.
    /// </param>
    /// <param name="size">
    /// Its size in bytes, as the caller knows it. A shorter structure is padded with zeros; the bytes after the part that this library knows
    /// must be zero.
    /// </param>
    /// <returns>
    /// The return value of the function that the command stands for: 0, a descriptor, or -errno. -EINVAL for an invalid command
    /// (<see cref="LastError"/> is then ERROR_CALL_NOT_IMPLEMENTED), for bytecode in a <see cref="NativeOnly"/> library
    /// (ERROR_NOT_SUPPORTED), for a structure with nonzero bytes after
    /// the known part, for a reserved field that is not 0, and for an unterminated name of 16 bytes.
    /// </returns>
    public int bpf(BpfCmdId cmd, ulong attr, uint size)
    {
        int result = Call(new BpfCall(cmd, attr, size));
        LibraryThread thread = _threads.Value!;
        if (result < 0 && thread.Refusal is { } refusal)
        {
            thread.LastError = refusal.Check == CheckTable.ApiBpfCommand ? Win32Error.CallNotImplemented
                : refusal.Check == CheckTable.ApiBpfProgLoad ? Win32Error.NotSupported
                : thread.LastError;
        }

        return result;
    }
}

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
        if (BpfCommandTable.Find(command) is not { } row)
        {
            return call.Refuse(CheckTable.ApiBpfCommand, $"command {(int)command} given");
        }

        // Upstream's build without compiler and interpreter returns this before it checks anything.
        if (command == BpfCmdId.ProgLoad && call.Library.IsNativeOnly)
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
