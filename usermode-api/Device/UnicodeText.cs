using System.Text;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Device;

/// <summary>The strings that the library passes to system calls: UTF-16 without a terminator, as in a <c>UNICODE_STRING</c>.</summary>
internal static class UnicodeText
{
    /// <summary>Copies a string to a new block of the process's heap, which the caller frees.</summary>
    /// <param name="memory">The process's memory.</param>
    /// <param name="text">The string.</param>
    /// <param name="site">The name of the access, for faults.</param>
    public static UserRange Allocate(IUserMemory memory, string text, string site)
    {
        uint length = (uint)Encoding.Unicode.GetByteCount(text);
        UserRange range = new(memory.Allocate(length), length);
        Encoding.Unicode.GetBytes(text, memory.Access(range.Address, length, MemoryAccess.Write, site));
        return range;
    }
}
