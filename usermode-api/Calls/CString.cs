using System.Text;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Calls;

/// <summary>Zero-terminated strings in the process's memory.</summary>
internal static class CString
{
    /// <summary>
    /// Reads a string up to its terminator. In the checked version the terminator must be in the string's own heap block; the others scan
    /// until they find one or fault, as <c>strlen</c> does.
    /// </summary>
    /// <param name="call">The call in progress.</param>
    /// <param name="address">Start of the string; 0 reads as an empty string.</param>
    /// <param name="site">The reading code, for a fault.</param>
    /// <param name="bytes">The string without its terminator.</param>
    /// <returns>False if there is no terminator, in the checked version.</returns>
    public static bool TryRead(ApiCall call, ulong address, string site, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (address == 0)
        {
            return true;
        }

        ulong limit = ulong.MaxValue;
        if (call.Traits.ChecksBuffers && call.Memory.TryGetHeapBlock(address, out UserRange block))
        {
            limit = block.End;
        }

        uint length = 0;
        while (address + length < limit)
        {
            if (!call.Memory.TryAccess(address + length, 1, MemoryAccess.Read, site, out Span<byte> next, out _))
            {
                if (call.Traits.ChecksBuffers)
                {
                    return false;
                }

                call.Memory.Access(address + length, 1, MemoryAccess.Read, site);
            }

            if (next[0] == 0)
            {
                bytes = call.Memory.Access(address, length, MemoryAccess.Read, site);
                return true;
            }

            length++;
        }

        return false;
    }

    /// <summary>The string as text, for messages.</summary>
    public static string ToText(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
