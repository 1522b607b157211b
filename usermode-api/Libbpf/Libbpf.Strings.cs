using System.Text;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

// .NET strings as arguments of calls that take an address.
public sealed partial class Libbpf
{
    /// <summary>Copies a .NET string to the process's heap for the duration of a call.</summary>
    internal T WithString<T>(string? text, Func<ulong, T> call) =>
        text is null ? call(0) : WithBytes([.. Encoding.UTF8.GetBytes(text), 0], call);

    /// <summary>Copies bytes to the process's heap for the duration of a call.</summary>
    internal T WithBytes<T>(ReadOnlySpan<byte> bytes, Func<ulong, T> call)
    {
        if (!Gate.BeginCall(out ulong requestId))
        {
            return call(0);
        }

        try
        {
            ulong address = Copy(bytes);
            T result = call(address);
            Gate.Memory.Free(address);
            return result;
        }
        finally
        {
            Gate.EndCall(requestId);
        }
    }

    /// <summary>Allocates a heap block with some bytes; 0 if the process has ended.</summary>
    private ulong Copy(ReadOnlySpan<byte> bytes)
    {
        try
        {
            ulong address = Gate.Memory.Allocate((uint)bytes.Length);
            bytes.CopyTo(Gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "application:string"));
            return address;
        }
        catch (ProcessExitedException)
        {
            return 0;
        }
    }
}
