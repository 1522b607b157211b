using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Writes a text for an error, the same for all but the number: upstream has no names for errors.</summary>
    /// <param name="err">The error, negated or not.</param>
    /// <param name="buf">Address of room for the text.</param>
    /// <param name="size">Size of the room in bytes.</param>
    /// <returns>-ENOENT after writing the text; -EINVAL without room.</returns>
    public int libbpf_strerror(int err, ulong buf, ulong size) => Call(new StrerrorCall(err, buf, size));
}

/// <summary><c>libbpf_strerror</c>: upstream has no names for errors, and reports that by failing with ENOENT.</summary>
internal readonly struct StrerrorCall(int error, ulong buffer, ulong size) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.Require(
            buffer != 0 && size != 0, CheckTable.ApiStrerrorBuffer, "size", buffer == 0 ? 0 : (long)Math.Min(size, long.MaxValue), 1)
            || !call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiStrerrorSize, "buf", buffer, 1, size, "size"))
        {
            return call.Refused;
        }

        byte[] text = Encoding.ASCII.GetBytes($"Unknown libbpf error {Math.Abs((long)error)}");
        uint length = (uint)Math.Min((ulong)text.Length, size - 1);
        Span<byte> destination = call.Memory.Access(buffer, length + 1, MemoryAccess.Write, "library:strerror.buf");
        text.AsSpan(0, (int)length).CopyTo(destination);
        destination[(int)length] = 0;
        return EbpfResult.KeyNotFound;
    }
}
