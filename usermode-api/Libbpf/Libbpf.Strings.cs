using System.Text;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

// .NET strings as arguments of calls that take an address.
public sealed partial class Libbpf
{
    /// <summary>Copies a .NET string to the process's heap for the duration of a call.</summary>
    internal T WithString<T>(string? text, Func<ulong, T> call)
    {
        if (text is null || !Gate.BeginCall(out ulong requestId))
        {
            return call(0);
        }

        try
        {
            ulong address = Copy(text);
            T result = call(address);
            Gate.Memory.Free(address);
            return result;
        }
        finally
        {
            Gate.EndCall(requestId);
        }
    }

    /// <summary>Allocates a heap block with a zero-terminated string; 0 if the process has ended.</summary>
    private ulong Copy(string text)
    {
        try
        {
            uint length = (uint)Encoding.UTF8.GetByteCount(text) + 1;
            ulong address = Gate.Memory.Allocate(length);
            Span<byte> bytes = Gate.Memory.Access(address, length, MemoryAccess.Write, "application:string");
            Encoding.UTF8.GetBytes(text, bytes);
            bytes[^1] = 0;
            return address;
        }
        catch (ProcessExitedException)
        {
            return 0;
        }
    }
}
