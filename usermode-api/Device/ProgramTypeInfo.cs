using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>What operation 17 says of a program type: its name and the helpers that its programs may call.</summary>
/// <param name="Name">The type's name, such as <c>xdp</c>.</param>
/// <param name="Helpers">The names of the helpers, by id.</param>
internal sealed record ProgramTypeInfo(string Name, FrozenDictionary<uint, string> Helpers)
{
    /// <summary>Reads the tail of a reply, which upstream calls <c>ebpf_deserialize_program_info</c>; null if it is not one.</summary>
    public static ProgramTypeInfo? TryRead(ReadOnlySpan<byte> tail)
    {
        if (!TryTake<SerializedProgramTypeDescriptor>(
                ref tail, d => d.Size, d => d.NameLength, SerializedProgramTypeDescriptor.TailOffset, out string name))
        {
            return null;
        }

        Dictionary<uint, string> helpers = [];
        if (tail.Length < SerializedHelperPrototypeArray.TailOffset)
        {
            return new ProgramTypeInfo(name, helpers.ToFrozenDictionary());
        }

        uint count = MemoryMarshal.Read<SerializedHelperPrototypeArray>(tail).HelperFunctionCount;
        tail = tail[SerializedHelperPrototypeArray.TailOffset..];
        for (uint i = 0; i < count; i++)
        {
            uint id = tail.Length < Unsafe.SizeOf<SerializedHelperPrototype>() ? 0 : MemoryMarshal.Read<SerializedHelperPrototype>(tail).HelperId;
            if (!TryTake<SerializedHelperPrototype>(
                    ref tail, p => p.Size, p => p.NameLength, SerializedHelperPrototype.TailOffset, out string helper))
            {
                return null;
            }

            helpers[id] = helper;
        }

        return new ProgramTypeInfo(name, helpers.ToFrozenDictionary());
    }

    /// <summary>Takes a structure with a name behind it off the front of the bytes.</summary>
    private static bool TryTake<T>(ref ReadOnlySpan<byte> bytes, Func<T, ulong> size, Func<T, ulong> length, int nameOffset, out string name)
        where T : unmanaged
    {
        name = "";
        if (bytes.Length < Unsafe.SizeOf<T>())
        {
            return false;
        }

        T head = MemoryMarshal.Read<T>(bytes);
        if (length(head) > (ulong)(bytes.Length - nameOffset) || size(head) != (ulong)nameOffset + length(head))
        {
            return false;
        }

        name = Encoding.UTF8.GetString(bytes.Slice(nameOffset, (int)length(head)));
        bytes = bytes[(int)size(head)..];
        return true;
    }
}
