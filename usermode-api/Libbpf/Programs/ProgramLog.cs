using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>The buffer that a program's load writes its log to, zero-terminated.</summary>
/// <param name="Address">Address of the buffer; 0 for none.</param>
/// <param name="Size">Its size in bytes.</param>
internal readonly record struct ProgramLog(ulong Address, ulong Size)
{
    private const string Site = "library:prog_load.log_buf";

    /// <summary>Whether buffer and size go together.</summary>
    public bool Require(ApiCall call) =>
        call.Require(Address != 0 == Size > 0, CheckTable.ApiProgramLoadLog, "log_size", (long)Size, Address == 0 ? 0 : 1)
        && (Address == 0 || call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiProgramLoadBuffer, "log_buf", Address, 1, (uint)Size, "log_size"));

    /// <summary>
    /// Writes as much of the log as fits. A buffer that is too small for it changes the result, whatever that is.
    /// </summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="text">The log; null for none.</param>
    /// <param name="result">The result of the load.</param>
    /// <param name="trueSize">The bytes that the log needs, with its terminator.</param>
    public EbpfResult Write(ApiCall call, string? text, EbpfResult result, out uint trueSize)
    {
        byte[] bytes = text is null ? [] : [.. Encoding.UTF8.GetBytes(text), 0];
        trueSize = (uint)bytes.Length;
        if (Address == 0)
        {
            return result;
        }

        uint fits = (uint)Math.Min(Math.Max(bytes.Length, 1), (long)Size);
        Span<byte> buffer = call.Memory.Access(Address, fits, MemoryAccess.Write, Site);
        bytes.AsSpan(0, (int)Math.Min(fits, (uint)bytes.Length)).CopyTo(buffer);
        buffer[^1] = 0;
        return (ulong)bytes.Length <= Size ? result : EbpfResult.OutOfSpace;
    }
}
