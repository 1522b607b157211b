using System.Runtime.InteropServices;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>Attach data: bytes of the application, or the number of an interface or compartment.</summary>
internal readonly struct AttachData
{
    private readonly ulong _address;
    private readonly uint _length;
    private readonly byte[]? _own;

    /// <summary>Bytes in the process's memory.</summary>
    public AttachData(ulong address, uint length)
    {
        _address = address;
        _length = length;
    }

    /// <summary>A number, which upstream passes from its own stack.</summary>
    public AttachData(int number)
    {
        _own = MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in number)).ToArray();
    }

    /// <summary>Reads the data, if they fit the message.</summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="fixedPart">Size in bytes of the message before them.</param>
    /// <param name="bytes">The attach data.</param>
    public bool TryRead(ApiCall call, int fixedPart, out ReadOnlySpan<byte> bytes)
    {
        bytes = _own;
        if (_own is not null)
        {
            return true;
        }

        if (!call.RequireMessageLength(fixedPart, _length)
            || !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiAttachDataSize, "attach data", _address, _length == 0 ? 0u : 1, _length))
        {
            return false;
        }

        bytes = _length == 0 ? default : call.Memory.Access(_address, _length, MemoryAccess.Read, "library:program_attach.data");
        return true;
    }
}
