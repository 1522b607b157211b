using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The info of a program that operation 25 returns: <c>ebpf_program_get_info</c>.</summary>
/// <remarks>
/// The caller's info gives the address of an array in its own memory for the map ids. It is read from the request before the reply, which shares its
/// memory, is written, and never trusted: the array is probed, in the caller's process, over the bytes that will be written.
/// </remarks>
internal static unsafe class ProgramDescription
{
    private const int NameOffset = 24; // offsetof(struct bpf_prog_info, name)

    /// <summary>Writes the info; see <see cref="Objects.EbpfObject.WriteInfo"/>.</summary>
    public static EbpfResult Write(in Caller caller, EbpfProgram program, ReadOnlySpan<byte> given, Span<byte> room, out int written)
    {
        written = 0;
        if (!caller.Require(given.Length >= NameOffset, CheckTable.ProgramInfoRequest, given.Length, NameOffset))
        {
            return caller.Refused;
        }

        uint capacity = BinaryPrimitives.ReadUInt32LittleEndian(given[8..]);
        ulong address = BinaryPrimitives.ReadUInt64LittleEndian(given[16..]);
        IReadOnlyList<EbpfMap> maps = program.Maps;
        if (address != 0 && capacity > 0)
        {
            EbpfResult result = WriteMapIds(caller, maps, address, capacity);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        BpfProgInfo info = new()
        {
            Id = program.Id,
            Type = program.BpfProgType,
            NrMapIds = (uint)maps.Count,
            MapIds = address,
            TypeUuid = program.ProgramType,
            AttachTypeUuid = program.Parameters.AttachType,
            PinnedPathCount = (uint)program.PinnedPathCount,
            LinkCount = (uint)program.LinkCount,
        };

        // strncpy: a name ends at its first zero byte.
        ReadOnlySpan<byte> name = program.Parameters.Name;
        int end = name.IndexOf((byte)0);
        name[..(end < 0 ? name.Length : end)].CopyTo(info.Name);

        written = Math.Min(room.Length, sizeof(BpfProgInfo));
        new ReadOnlySpan<byte>(&info, written).CopyTo(room);
        return EbpfResult.Success;
    }

    /// <summary>Fills as much of the array as the caller has room for; more maps than that are still an error.</summary>
    private static EbpfResult WriteMapIds(in Caller caller, IReadOnlyList<EbpfMap> maps, ulong address, uint capacity)
    {
        int count = (int)Math.Min((uint)maps.Count, capacity);
        if (count > 0)
        {
            Span<byte> array = default;
            bool writable = address % sizeof(uint) == 0
                && caller.Process is { } process
                && process.Memory.TryAccess(address, (uint)count * sizeof(uint), MemoryAccess.Write, caller.Site, out array, out _);
            if (!caller.Require(writable, CheckTable.ProgramInfoMapIds, (long)address, count * sizeof(uint)))
            {
                return caller.Refused;
            }

            Span<uint> ids = MemoryMarshal.Cast<byte, uint>(array);
            for (int i = 0; i < count; i++)
            {
                ids[i] = maps[i].Id;
            }
        }

        if (!caller.Require(maps.Count <= capacity, CheckTable.ProgramInfoMapRoom, capacity, maps.Count))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }
}
